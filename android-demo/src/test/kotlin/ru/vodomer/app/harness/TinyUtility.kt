package ru.vodomer.app.harness

import org.json.JSONArray
import org.json.JSONObject
import java.io.BufferedReader
import java.io.Closeable
import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import kotlin.concurrent.thread

/**
 * The least of a utility's server: one resident, one flat, two meters. It signs in, tells of them, and is in
 * maintenance for the rest.
 *
 * Written on a socket, because the JDK's own little server insists on today's `Date`, and the core believes the
 * server's clock.
 */
class TinyUtility(private val now: Instant) : Closeable {
    private val door = ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())
    val address = "http://127.0.0.1:${door.localPort}"

    /** What the cold meter showed last month. */
    @Volatile
    var lastCold = LAST_COLD

    /** What was charged, as the contract says it. */
    val charges = JSONArray()

    /** A page of the Wi-Fi answers instead, with 200 and HTML. */
    @Volatile
    var isSomebodyElse = false

    init {
        thread(isDaemon = true, name = "tiny utility") {
            try {
                while (true) door.accept().use(::serve)
            } catch (_: IOException) {
                // Closed.
            }
        }
    }

    override fun close() = door.close()

    private fun serve(socket: Socket) {
        val reader = socket.getInputStream().bufferedReader()
        val path = reader.readLine().orEmpty().split(' ').getOrElse(1) { "/" }
        val body = reader.body()
        val (status, type, text) = if (isSomebodyElse) PAGE else answer(path, body)
        val bytes = text.toByteArray()
        val date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC))
        val head =
            "HTTP/1.1 $status \r\nContent-Type: $type\r\nContent-Length: ${bytes.size}\r\nDate: $date\r\n" +
                "Connection: close\r\n\r\n"
        socket.getOutputStream().write(head.toByteArray() + bytes)
    }

    private fun BufferedReader.body(): String {
        val headers = generateSequence(::readLine).takeWhile(String::isNotEmpty).map(String::lowercase).toList()
        val length = headers.firstOrNull { it.startsWith("content-length:") }?.substringAfter(':')?.trim()?.toInt()
        return CharArray(length ?: 0).also { if (it.isNotEmpty()) read(it) }.concatToString()
    }

    private fun answer(path: String, body: String): Triple<Int, String, String> = when (path.substringBefore('?')) {
        "/v1/auth/login" -> if (JSONObject(body).optString("password") == PASSWORD) tokens() else wrongPassword()
        "/v1/auth/refresh" -> tokens()
        "/v1/sync" -> json(everything())
        else -> Triple(UNAVAILABLE, PROBLEM, """{"code":"MAINTENANCE"}""")
    }

    private fun wrongPassword() = Triple(UNAUTHORIZED, PROBLEM, """{"code":"BAD_CREDENTIALS"}""")

    private fun tokens() = json(
        JSONObject()
            .put("access_token", "access")
            .put("access_expires_at", now.plusSeconds(A_DAY).toString())
            .put("refresh_token", "refresh"),
    )

    private fun everything(): JSONObject {
        val balance = JSONObject().put("kopecks", 0).put("period", "2026-10").put("as_of", now.toString())
        val account =
            JSONObject().put("id", "a").put("number", "1").put("address", "ул. Примерная, 1").put("balance", balance)
        return JSONObject()
            .put("cursor", "1")
            .put("accounts", JSONArray().put(account))
            .put("meters", JSONArray().put(meter("cold", "cold_water")).put(meter("hot", "hot_water")))
            .put("readings", JSONArray().put(reading("cold", lastCold)).put(reading("hot", LAST_HOT)))
            .put("charges", charges)
    }

    private fun meter(id: String, resource: String) = JSONObject()
        .put("id", id).put("account_id", "a").put("serial", "100$id").put("resource", resource).put("place", "кухня")
        .put("digits", JSONObject().put("whole", 5).put("fraction", 3)).put("version", 1)

    private fun reading(meter: String, value: String) = JSONObject()
        .put("id", "r-$meter").put("meter_id", meter).put("period", "2026-10").put("value", value)
        .put("received_at", now.minusSeconds(A_MONTH).toString()).put("source", "app").put("status", "accounted")

    private fun json(body: JSONObject) = Triple(OK, "application/json", body.toString())

    companion object {
        const val PASSWORD = "right"
        const val LAST_COLD = "119"
        const val LAST_HOT = "82"
        private const val BACKLOG = 8
        private const val OK = 200
        private const val UNAUTHORIZED = 401
        private const val UNAVAILABLE = 503
        private const val PROBLEM = "application/problem+json"
        private const val A_DAY = 86_400L
        private const val A_MONTH = 30 * A_DAY
        private val PAGE = Triple(OK, "text/html", "<html><body>Free Wi-Fi: sign in</body></html>")
    }
}
