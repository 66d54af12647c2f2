// What a core might say of what was sent and charged.

package ru.vodomer.app.ui

import ru.vodomer.app.ui.Samples.NOW
import ru.vodomer.app.ui.Samples.meter
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Channel
import ru.vodomer.core.Letter
import ru.vodomer.core.MeterCard
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.PhoneScript
import ru.vodomer.core.Proof
import ru.vodomer.core.Resource
import ru.vodomer.core.Status
import ru.vodomer.core.Timing

object SentSamples {
    private const val MINE = "ул. Ленина, 12, кв. 34"
    private const val MOTHERS = "ул. Дзержинского, 5, кв. 7"
    private const val MINUTE = 60_000L

    fun outbox() = listOf(
        entry(meter("1", Resource.HOT_WATER, "ванная", "1086", Status.NEEDS_ANSWER), MOTHERS, NOW - 200 * MINUTE),
        entry(meter("2", Resource.HOT_WATER, "кухня", "86", Status.WAITING_FOR_NETWORK), MINE, NOW - 8 * MINUTE),
        entry(meter("3", Resource.COLD_WATER, "ванная", "214", Status.ACCEPTED), MOTHERS, NOW - 305 * MINUTE),
        entry(meter("4", Resource.COLD_WATER, "кухня", "127", Status.SENT), MINE, NOW - 2 * MINUTE),
    )

    private fun entry(meter: MeterCard, flat: String, at: Long) = OutboxEntry(
        itemId = meter.itemId.orEmpty(),
        meterId = meter.meterId,
        resource = meter.resource,
        place = meter.place,
        zone = meter.zone,
        flat = flat,
        value = meter.value.orEmpty(),
        status = meter.status,
        takenAt = at,
        period = "2025-11",
        reason = when (meter.status) {
            Status.NEEDS_ANSWER -> "NEEDS_CONFIRMATION"
            Status.REJECTED -> "VALUE_LESS_THAN_PREVIOUS"
            Status.WAITING_FOR_NETWORK -> "offline"
            else -> null
        },
        params = null,
        nextAttempt = null,
        heldUntil = null,
        channel = null,
        channelAt = null,
        withdrawal = null,
    )

    fun proof(status: Status = Status.ACCEPTED, timing: Timing = Timing.IN_TIME): Proof {
        val savedAt = 1_763_878_442_000L
        val left = status >= Status.SENT && status != Status.SENT_ELSEWHERE
        val reached = { wanted: Status, at: Long -> at.takeIf { status >= wanted && status <= Status.ACCOUNTED } }
        return Proof(
            entry = entry(meter("3", Resource.COLD_WATER, "ванная", "214", status), MOTHERS, savedAt),
            entered = "00214,3",
            phoneAt = savedAt,
            skewMs = 0,
            monotonicMs = 86_400_000,
            handedOverText = null,
            account = "1204418",
            serial = "00417285",
            idempotencyKey = "0195f3c2-7b1e-7c4a-9d0e-2f6a1b3c4d5e",
            sentAt = 1_763_878_540_000L.takeIf { left },
            receivedAt = reached(Status.SENT, 1_763_878_540_000L),
            acceptedAt = reached(Status.ACCEPTED, 1_763_878_541_000L),
            accountedAt = reached(Status.ACCOUNTED, 1_764_579_600_000L),
            receipt = "004417".takeIf { status == Status.ACCEPTED || status == Status.ACCOUNTED },
            timing = timing,
            effectivePeriod = "2025-11",
            code = "1A2B 3C4D 5E6F 7081",
        )
    }

    /** The same on a phone whose clock was wrong by this (ms; behind is less than 0). */
    fun underWrongClock(by: Long): Proof = proof().run { copy(phoneAt = entry.takenAt + by, skewMs = -by) }

    /** The same, handed over besides. */
    fun handedOver(channel: Channel, text: String, status: Status = Status.SENT_ELSEWHERE): Proof = proof(status).run {
        val entry = entry.copy(channel = channel, channelAt = entry.takenAt + 5 * MINUTE)
        copy(entry = entry, handedOverText = text)
    }

    fun channels() = listOf(
        AccountChannels(
            accountId = "a1",
            flat = "ул. Ленина, 12, кв. 34",
            readings = 2,
            sms = Letter("+7 000 000-00-00", "", "Счёт 1204417: ХВС 127, ГВС 86"),
            email = Letter(
                "readings@example.invalid",
                "Показания за ноябрь, лицевой счёт 1204417",
                "Лицевой счёт 1204417\nХолодная вода, кухня: 127 м³\nГорячая вода, кухня: 86 м³",
            ),
            phone = PhoneScript(
                "+74712227633",
                "8 (4712) 22-76-33",
                listOf("Лицевой счёт: 1 2 0 4 4 1 7", "Холодная вода, кухня: 1 2 7", "Горячая вода, кухня: 8 6"),
                false,
            ),
        ),
    )
}
