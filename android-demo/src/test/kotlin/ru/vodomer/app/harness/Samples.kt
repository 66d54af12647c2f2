package ru.vodomer.app.harness

import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Letter
import ru.vodomer.core.MeterName
import ru.vodomer.core.Notice
import ru.vodomer.core.PhoneScript
import ru.vodomer.core.ReminderKind
import ru.vodomer.core.Resource

/** A notice of November 2026, whose window is the 23rd to the 25th. */
fun notice(
    id: String = "2026-11/first-day",
    kind: ReminderKind = ReminderKind.FIRST_DAY,
    hoursLeft: Int = 62,
    missing: List<MeterName> = listOf(cold, hot),
    unsent: Int = 0,
    offerChannels: Boolean = false,
) = Notice(
    id = id,
    kind = kind,
    opens = "2026-11-23",
    closes = "2026-11-25",
    hoursLeft = hoursLeft,
    until = "23:59",
    zonePhrase = "по Москве",
    missing = missing,
    unsent = unsent,
    offerChannels = offerChannels,
)

val cold = MeterName("cold", Resource.COLD_WATER, "кухня")
val hot = MeterName("hot", Resource.HOT_WATER, "ванная")

val threeWays = AccountChannels(
    accountId = "a",
    flat = "ул. Примерная, 1",
    readings = 1,
    sms = Letter("2001", "", "123"),
    email = Letter("box@example.org", "Показания", "123"),
    phone = PhoneScript("+70000000000", "8 (000) 000-00-00", listOf("один, два, три"), answersNow = true),
)
