package ru.vodomer.app.harness

import org.json.JSONObject
import ru.vodomer.app.App
import ru.vodomer.core.Clock
import java.io.File
import java.math.BigInteger
import java.security.MessageDigest
import java.time.Duration
import java.time.Instant
import java.util.concurrent.Executor

/** The app on the real library, with a clock that moves only when told to and its background work done on the spot. */
class RealApp : App() {
    /** To be changed before the core is first used. */
    var profile = profile(baseUrl = "http://127.0.0.1:1")

    /** How long the phone has been on: both of its clocks have moved by so much. */
    var later: Duration = Duration.ZERO

    /** What the resident has set the wall clock wrong by; the other clock cannot be set. */
    var wrong: Duration = Duration.ZERO

    override val profileJson get() = profile
    override val background = Executor(Runnable::run)
    override val clock =
        object : Clock {
            override fun nowMs() = NOW.plus(later).plus(wrong).toEpochMilli()

            override fun monotonicMs() = later.toMillis()

            override fun bootCount() = 1L

            override fun zoneId() = "Europe/Moscow"
        }

    /** Where the core keeps its files. */
    val folder get() = File(noBackupFilesDir, "vodomer")

    /** The files with a hash of what is in them; without SQLite's shared memory, which readers write to. */
    fun files(): Map<String, String> = folder
        .listFiles { file -> !file.name.endsWith("-shm") }
        .orEmpty()
        .associate { it.name to hash(it.readBytes()) }

    private fun hash(bytes: ByteArray) = BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes)).toString()

    companion object {
        val NOW: Instant = Instant.parse("2026-11-23T07:00:00Z")

        fun profile(baseUrl: String, opens: Int = 23, closes: Int = 25, email: String? = null): String {
            val window =
                JSONObject().put("opens", JSONObject().put("day", opens)).put("closes", JSONObject().put("day", closes))
            return JSONObject()
                .put("name", "Учебный водоканал")
                .put("zone", "Europe/Moscow")
                .put("zone_phrase", "по Москве")
                .put("portal", JSONObject().put("base_url", baseUrl))
                .put("window", window)
                .put("contacts", JSONObject().put("readings_email", email))
                .toString()
        }
    }
}
