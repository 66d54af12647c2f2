package ru.vodomer.app.story

import org.json.JSONArray
import org.json.JSONObject
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.time.Instant

/** The cabinet's control listener: its clock, its faults, and what it has seen and stored. */
class Cabinet(private val control: URI) {
    private val http = HttpClient.newHttpClient()

    fun setClock(now: Instant) {
        post("clock", JSONObject().put("now", now.toString()))
    }

    /** Loses the next so many answers to posted readings, after the readings were stored. */
    fun loseAnswers(count: Int) {
        post("lose-answers", JSONObject().put("count", count))
    }

    fun billingRun(period: String) {
        post("billing-run", JSONObject().put("period", period))
    }

    fun requests(): JSONArray = JSONArray(get("requests"))

    /** All posts of readings that carried this key, with their statuses. */
    fun posts(key: String): List<JSONObject> =
        requests().objects().filter { entry -> entry.getJSONArray("idempotency_keys").strings().contains(key) }

    fun readings(meter: String): List<JSONObject> = JSONArray(get("readings?meter_id=$meter")).objects()

    fun readings(meter: String, period: String) = readings(meter).filter { it.getString("period") == period }

    private fun post(what: String, body: JSONObject): String =
        send(HttpRequest.newBuilder(at(what)).header("Content-Type", "application/json"), body)

    private fun get(what: String): String = answer(HttpRequest.newBuilder(at(what)).build())

    private fun send(request: HttpRequest.Builder, body: JSONObject) =
        answer(request.POST(HttpRequest.BodyPublishers.ofString(body.toString())).build())

    private fun answer(request: HttpRequest): String {
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() in SUCCESS) { "${request.uri()}: ${answer.statusCode()} ${answer.body()}" }
        return answer.body()
    }

    private fun at(what: String) = control.resolve("/control/$what")

    private companion object {
        val SUCCESS = 200..299
    }
}

fun JSONArray.objects(): List<JSONObject> = List(length(), ::getJSONObject)

fun JSONArray.strings(): List<String> = List(length(), ::getString)
