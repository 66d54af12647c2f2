package ru.vodomer.app.story

import android.os.SystemClock
import ru.vodomer.core.Clock
import java.time.Duration
import java.time.Instant
import java.time.OffsetDateTime

/** The time of the story: it stands until the story sets it, for the phone and for the cabinet alike. */
class StoryClock(private val cabinet: Cabinet) : Clock {
    @Volatile
    private var now: Instant = Instant.EPOCH

    /** Sets a moment of Moscow time: `2026-11-23T10:00`. */
    fun set(moscow: String) = set(OffsetDateTime.parse("$moscow:00+03:00").toInstant())

    fun set(instant: Instant) {
        now = instant
        SystemClock.setCurrentTimeMillis(instant.toEpochMilli())
        cabinet.setClock(instant)
    }

    override fun nowMs() = now.toEpochMilli()

    /** The phone was switched on a day before the story. */
    override fun monotonicMs() = Duration.between(SWITCHED_ON, now).toMillis()

    override fun bootCount() = 1L

    override fun zoneId() = "Europe/Moscow"

    private companion object {
        val SWITCHED_ON: Instant = Instant.parse("2026-11-21T09:00:00Z")
    }
}
