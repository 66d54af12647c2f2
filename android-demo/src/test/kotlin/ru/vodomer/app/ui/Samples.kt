// What a core might say; the same samples as the reference pictures show.

package ru.vodomer.app.ui

import ru.vodomer.core.Balance
import ru.vodomer.core.BalanceKind
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Cause
import ru.vodomer.core.Doubt
import ru.vodomer.core.Flat
import ru.vodomer.core.Guess
import ru.vodomer.core.Hero
import ru.vodomer.core.Home
import ru.vodomer.core.LastReading
import ru.vodomer.core.MeterCard
import ru.vodomer.core.NextMeter
import ru.vodomer.core.Preview
import ru.vodomer.core.Question
import ru.vodomer.core.Resource
import ru.vodomer.core.Saved
import ru.vodomer.core.Status
import ru.vodomer.core.Suggestion
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.SyncReport
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.Waiting

object Samples {
    /** 23 November 2025, 14:20 in Moscow. */
    const val NOW = 1_763_896_800_000L

    val next = NextMeter("m4", Resource.HOT_WATER, "ванная", null)

    fun open() = Hero.Open("2025-11-25", 2, 2, 4, "m1")

    fun lastDay() = Hero.LastDay("23:59", "по Москве", 1, 4, "m4")

    fun done() = Hero.Done(4, 4, "2025-12-23", "2025-12-25")

    fun missed(countsFor: String = "2025-12", about: String? = "4", byNorm: Boolean = false) =
        Hero.Missed("2025-11", countsFor, about, byNorm, 2, 4, "m1")

    fun before() = Hero.Before("2025-11-23", "2025-11-25", 4, 4, "m1")

    fun meter(id: String, resource: Resource, place: String, value: String?, status: Status) = MeterCard(
        meterId = id,
        resource = resource,
        place = place,
        zone = null,
        previous = "123",
        value = value,
        status = status,
        itemId = value?.let { "i-$id" },
    )

    fun mine(cold: Status = Status.NOT_SUBMITTED, hot: Status = Status.WAITING_FOR_NETWORK) = Flat(
        accountId = "a1",
        number = "1204417",
        address = "ул. Ленина, 12, кв. 34",
        meters = listOf(
            meter("m1", Resource.COLD_WATER, "кухня", "127".takeIf { cold != Status.NOT_SUBMITTED }, cold),
            meter("m2", Resource.HOT_WATER, "кухня", "86".takeIf { hot != Status.NOT_SUBMITTED }, hot),
        ),
        balance = Balance(BalanceKind.DEBT, 66_708, "2025-10"),
    )

    fun mothers(cold: Status = Status.ACCEPTED, hot: Status = Status.NOT_SUBMITTED) = Flat(
        accountId = "a2",
        number = "1204418",
        address = "ул. Дзержинского, 5, кв. 7",
        meters = listOf(
            meter("m3", Resource.COLD_WATER, "ванная", "214".takeIf { cold != Status.NOT_SUBMITTED }, cold),
            meter("m4", Resource.HOT_WATER, "ванная", "92".takeIf { hot != Status.NOT_SUBMITTED }, hot),
        ),
        balance = Balance(BalanceKind.OVERPAID, 12_000, null),
    )

    fun allAccepted() = listOf(mine(Status.ACCEPTED, Status.ACCEPTED), mothers(Status.ACCOUNTED, Status.ACCEPTED))

    fun home(
        hero: Hero = open(),
        waiting: Waiting? = Waiting(1, false),
        flats: List<Flat> = listOf(mine(), mothers()),
        needsSignIn: Boolean = false,
    ) = Home("Водоканал", "Europe/Moscow", hero, waiting, flats, needsSignIn, NOW)

    fun captureScreen() = CaptureScreen(
        meterId = "m1",
        resource = Resource.COLD_WATER,
        place = "кухня",
        zone = null,
        serial = "00417283",
        flat = "ул. Ленина, 12, кв. 34",
        wholeDigits = 5,
        fractionDigits = 3,
        fractionDropped = true,
        last = LastReading("123", "2025-10", 1),
        taken = null,
        period = "2025-11",
    )

    /** Answers for the texts that the gallery types; nothing is computed here either. */
    fun preview(typed: String): Preview = when (typed) {
        "" -> Preview("", "", null, "", null, false, TypedProblem.Empty, null)

        "00127,3" -> Preview("00127", "3", "127", "3", "4", false, null, null)

        "127,3" -> Preview("127", "3", "127", "3", "4", false, null, null)

        "127,35" -> Preview("127", "35", "127", "35", "4", false, null, null)

        "12735" -> Preview("12735", "", "12735", "", "12612", true, null, null)

        "127351" -> Preview("127351", "", null, "", null, false, TypedProblem.TooManyWholeDigits(5, 6), meant())

        "12a" -> Preview("12", "", null, "", null, false, TypedProblem.NotADigit(3, "a"), null)

        else -> {
            val whole = typed.substringBefore(',')
            val fraction = typed.substringAfter(',', "")
            Preview(whole, fraction, whole.trimStart('0').ifEmpty { "0" }, fraction, null, false, null, null)
        }
    }

    private fun meant() = Guess(Cause.COMMA_LOST, Suggestion("127", "127.351"), null)

    fun saved() = CaptureOutcome.Saved(Saved("i-m1", "127", "3", "4", "2025-11", NOW, null, next))

    fun question(guess: Guess? = Guess(Cause.COMMA_LOST, Suggestion("127", "127.35"), null)) =
        Question(Doubt.HIGHER, "12735", "123", "12612", 1, "4", null, guess)

    fun lower(guess: Guess? = null, value: String = "98") =
        Question(Doubt.LOWER, value, "123", "-25", 1, "4", null, guess)

    fun synced() = SyncReport(SyncOutcome.DONE, 1, 1, 0, 0, 0, null)
}
