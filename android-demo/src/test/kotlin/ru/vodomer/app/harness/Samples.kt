package ru.vodomer.app.harness

import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Letter
import ru.vodomer.core.MeterName
import ru.vodomer.core.Notice
import ru.vodomer.core.NoticeTopic
import ru.vodomer.core.PhoneScript
import ru.vodomer.core.ReminderKind
import ru.vodomer.core.Resource

/** A notice of the window of November 2026 alone. */
fun notice(
    id: String = "2026-11/first-day",
    kind: ReminderKind = ReminderKind.FIRST_DAY,
    hoursLeft: Int = 62,
    missing: List<MeterName> = listOf(cold, hot),
    unsent: Int = 0,
    offerChannels: Boolean = false,
) = Notice(id, listOf(windowTopic(kind, hoursLeft, missing, unsent, offerChannels)))

/** The window of November 2026, the 23rd to the 25th. */
fun windowTopic(
    kind: ReminderKind = ReminderKind.FIRST_DAY,
    hoursLeft: Int = 62,
    missing: List<MeterName> = listOf(cold, hot),
    unsent: Int = 0,
    offerChannels: Boolean = false,
) = NoticeTopic.Window(
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

val cold = MeterName("cold", Resource.COLD_WATER, "кухня", null, "ул. Примерная, 1")
val hot = MeterName("hot", Resource.HOT_WATER, "ванная", null, "ул. Примерная, 1")

fun visit(daysLeft: Int = 1, from: String? = "09:00", until: String? = "12:00", note: String = "контролёр") =
    NoticeTopic.Visit("v", "ул. Примерная, 1", "2026-11-24", from, until, note, daysLeft)

fun payment(daysLeft: Int = 3) = NoticeTopic.Payment("a", "ул. Примерная, 1", "2026-11", "2026-12-15", 66_708, daysLeft)

fun verification(daysLeft: Int = 30) = NoticeTopic.Verification(hot, "2026-12-23", daysLeft)

val threeWays = AccountChannels(
    accountId = "a",
    flat = "ул. Примерная, 1",
    readings = 1,
    sms = Letter("2001", "", "123"),
    email = Letter("box@example.org", "Показания", "123"),
    phone = PhoneScript("+70000000000", "8 (000) 000-00-00", listOf("один, два, три"), answersNow = true),
)
