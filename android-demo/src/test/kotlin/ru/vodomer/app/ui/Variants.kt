// One of every variant that the core can say, with the words for it.

package ru.vodomer.app.ui

import android.content.Context
import ru.vodomer.app.notify.NoticeWords
import ru.vodomer.app.notify.OtherWays
import ru.vodomer.app.ui.words.CheckWords
import ru.vodomer.app.ui.words.ClaimWords
import ru.vodomer.app.ui.words.ClockWords
import ru.vodomer.app.ui.words.FailureWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.LetterWords
import ru.vodomer.app.ui.words.LoginWords
import ru.vodomer.app.ui.words.RecoveredWords
import ru.vodomer.app.ui.words.WhyWords
import ru.vodomer.app.ui.words.WithdrawnWords
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.Basis
import ru.vodomer.core.Cause
import ru.vodomer.core.Channel
import ru.vodomer.core.ClaimProblem
import ru.vodomer.core.Doubt
import ru.vodomer.core.Guess
import ru.vodomer.core.LetterProblem
import ru.vodomer.core.LoginCause
import ru.vodomer.core.LoginField
import ru.vodomer.core.LoginHint
import ru.vodomer.core.MeterName
import ru.vodomer.core.Notice
import ru.vodomer.core.NoticeTopic
import ru.vodomer.core.Question
import ru.vodomer.core.Recovered
import ru.vodomer.core.RegistersProblem
import ru.vodomer.core.ReminderKind
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.Resource
import ru.vodomer.core.Status
import ru.vodomer.core.Suggestion
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.Unknown
import ru.vodomer.core.VodomerException
import ru.vodomer.core.Why
import ru.vodomer.core.WithdrawalEntry
import ru.vodomer.core.Withdrawn
import java.time.ZoneId

/** A variant under its name, and what is said of it. */
class Said(val name: String, val words: String)

/**
 * What the utility and the resident have written themselves (places, notes, addresses) is digits here, so that all
 * letters are the app's own.
 */
class Variants(private val context: Context) {
    private val resources = context.resources
    private val format = Format(resources, ZoneId.of("Europe/Moscow"))
    private val cold = Samples.captureScreen().copy(place = "1")
    private val hot = cold.copy(meterId = "m4", resource = Resource.HOT_WATER, place = "2")

    fun all(): Map<String, List<Said>> = mapOf(
        "TypedProblem" to typed.map { Said(named(it), Words(resources).problem(it)) },
        "ClaimProblem" to claims.map { Said(named(it), ClaimWords(resources, format).sentence(it)) },
        "Doubt" to Doubt.entries.map { Said(it.name, asked(question(it, null))) },
        "Cause" to Cause.entries.flatMap(::causes),
        "Why" to whys.map { Said(named(it), WhyWords(resources, format).sentence(it)) },
        "Unknown" to unknowns.map { Said(named(it), WhyWords(resources, format).notKnown(it)) },
        "LoginCause" to LoginField.entries.flatMap { field -> LoginCause.entries.map { login(field, it) } },
        "LetterProblem" to letters.map { Said(named(it), LetterWords(resources).sentence(it)) },
        "VodomerException, a reading" to failures.map { Said(named(it), FailureWords(resources, format).notKept(it)) },
        "VodomerException, else" to failures.map { Said(named(it), FailureWords(resources, format).notDone(it)) },
        "Withdrawn" to withdrawals(),
        "Recovered" to RECOVERED.map { Said("$it", RecoveredWords(resources).sentence(Recovered(Samples.NOW, it))) },
        "The phone's clock" to WRONG_BY.map { Said("${it / A_MINUTE} min", clock(it)) },
        "NoticeTopic" to topics.map(::told),
    )

    val typed = listOf(
        TypedProblem.Empty,
        TypedProblem.NotADigit(3, "a"),
        TypedProblem.SecondComma(4),
        TypedProblem.StraySpace(2),
        TypedProblem.Negative,
        TypedProblem.NoWholeDigits,
        TypedProblem.TooManyWholeDigits(5, 6),
        TypedProblem.TooManyFractionDigits(3, 4),
    )

    val claims = listOf(
        ClaimProblem.NothingToRollOver,
        ClaimProblem.PreviousNotOnDial("123456"),
        ClaimProblem.FinalBelowPrevious("123"),
        ClaimProblem.ValueBelowInitial("5"),
    )

    val letters = listOf(
        LetterProblem.NoText,
        LetterProblem.TextTooLong(4_000),
        LetterProblem.NoNameOrContact,
        LetterProblem.NoAccount,
    )

    val failures = listOf(
        VodomerException.Typed(TypedProblem.Negative),
        VodomerException.ReplacedTyped(ReplacedField.FINAL, TypedProblem.Negative),
        VodomerException.Claim(ClaimProblem.NothingToRollOver),
        VodomerException.Zones(RegistersProblem.Missing("T1")),
        VodomerException.BadCredentials(null),
        VodomerException.TooManyTries(60),
        VodomerException.Offline(),
        VodomerException.ServerNotFound("1.2"),
        VodomerException.NotTheUtility(),
        VodomerException.ServerBusy(),
        VodomerException.Busy(),
        VodomerException.NotFound("meter"),
        VodomerException.Letter(LetterProblem.NoText),
        VodomerException.VisitTime(),
        VodomerException.StorageNotOurs(),
        VodomerException.StorageDamaged(),
        VodomerException.StorageNewer(),
        VodomerException.StorageFull(),
        VodomerException.StorageNotWritable(),
        VodomerException.ProfileInvalid(emptyList()),
        VodomerException.Internal("a defect"),
    )

    private fun withdrawals(): List<Said> {
        val words = WithdrawnWords(resources, format)
        val entry = SentSamples.proof().entry
        return listOf(Said("asked", words.question(entry))) +
            Channel.entries.map { Said("asked, $it", words.question(entry.copy(channel = it))) } +
            Withdrawn.entries.map { Said(it.name, words.outcome(it)) } +
            WITHDRAWALS.map { withdrawal ->
                val said = words.run { listOfNotNull(progress(withdrawal), why(withdrawal)) }
                Said("${withdrawal.status} ${withdrawal.reason}", said.joinToString(" "))
            } +
            Said("NotFound", words.failure(VodomerException.NotFound("item")))
    }

    private fun clock(wrongBy: Long): String {
        val proof = SentSamples.underWrongClock(wrongBy)
        return ClockWords(resources, format).run { listOf(showed(proof), wrongBy(proof)) }.joinToString(" / ")
    }

    val unknowns = listOf(
        Unknown.Tariff(Resource.COLD_WATER, null),
        Unknown.Tariff(Resource.SEWAGE, "2026-07-01"),
        Unknown.Norm(Resource.HOT_WATER),
        Unknown.Residents,
    )

    val whys = listOf(
        Why.FromValueDiffers("119", "121"),
        Why.ToValueDiffers("127", "130"),
        Why.VolumeDiffers("4", "5"),
        Why.TariffDiffers(3_840, 4_000),
        Why.ArithmeticDiffers(15_360, 16_000),
        Why.ChargedByAverageThoughReadingWasTaken("2", null),
        Why.ChargedByAverageThoughReadingWasTaken("2", Samples.NOW),
        Why.BasisDiffers(Basis.METER, 0),
        Why.BasisDiffers(Basis.AVERAGE, 1),
        Why.BasisDiffers(Basis.NORM, 3),
        Why.SewageNotTheSum("6", "7"),
        Why.MissingLine,
        Why.ChargedTwice,
        Why.TotalDiffers(60_000, 66_708),
        Why.NotKnown(Unknown.Residents),
        Why.UnknownBasis("made-up"),
        Why.UnknownMeter,
        Why.NoReading,
        Why.NoEarlierValue,
        Why.TooFewReadings,
        Why.NoWater,
    )

    private val meter = MeterName("m", Resource.HOT_WATER, "2", "T1", "12-34")

    val topics: List<NoticeTopic> = ReminderKind.entries.map { window(it, listOf(meter), 1) } + listOf(
        window(ReminderKind.LAST_HOURS, emptyList(), 2),
        NoticeTopic.Visit("v", "12-34", "2026-11-24", "09:00", "12:00", "007", 0),
        NoticeTopic.Visit("v", "12-34", "2026-11-24", null, "12:00", "", 1),
        NoticeTopic.Visit("v", "12-34", "2026-11-24", "09:00", null, "", 2),
        NoticeTopic.Payment("a", "12-34", "2026-11", "2026-12-15", 66_708, 3),
        NoticeTopic.Payment("a", "12-34", "2026-11", "2026-12-15", 66_708, 0),
        NoticeTopic.Verification(meter, "2026-12-23", 30),
        NoticeTopic.Verification(meter, "2026-12-23", 0),
    )

    private fun window(kind: ReminderKind, missing: List<MeterName>, unsent: Int) =
        NoticeTopic.Window(kind, "2026-11-23", "2026-11-25", 3, "23:59", "", missing, unsent, false)

    private fun question(doubt: Doubt, guess: Guess?) = Question(doubt, "12735", "123", "12612", 2, "4", "100", guess)

    /** With a suggestion and without one: other words, and another button. */
    private fun causes(cause: Cause): List<Said> {
        val other = "m4".takeIf { cause == Cause.METERS_SWAPPED }
        val meant = Suggestion("127", "127.35")
        return listOf(
            Said(cause.name, asked(question(Doubt.HIGHER, Guess(cause, null, other)))),
            Said("${cause.name}, meant", asked(question(Doubt.HIGHER, Guess(cause, meant, other)))),
        )
    }

    private fun asked(question: Question): String {
        val other = hot.takeIf { question.guess?.otherMeter != null }
        val words = CheckWords(resources, format, cold, other)
        return words.run { listOf(title(question), text(question), fix(question), keep(question)) }.joinToString(" / ")
    }

    private fun login(field: LoginField, cause: LoginCause) =
        Said("$field, $cause", LoginWords(resources).refused(LoginHint(field, cause, null)))

    private fun told(topic: NoticeTopic): Said {
        val notice = Notice("n", listOf(topic))
        val words = NoticeWords(context)
        val private = words.title(notice) + " / " + words.text(notice, OtherWays.NONE)
        return Said(named(topic), private + " / " + words.publicTitle(notice))
    }

    private fun named(variant: Any): String = variant.javaClass.simpleName

    private companion object {
        const val A_MINUTE = 60_000L

        /** Each plural of Russian, and none. */
        val RECOVERED = listOf(0, 1, 2, 5)

        /** Hours and minutes behind, days ahead, years behind. */
        val WRONG_BY = listOf(-119 * A_MINUTE, 2_880 * A_MINUTE, -5_260_321 * A_MINUTE)
    }
}

private val WITHDRAWALS = listOf(
    WithdrawalEntry(Status.SAVED, null, null),
    WithdrawalEntry(Status.SENT, null, null),
    WithdrawalEntry(Status.REJECTED, "PERIOD_CLOSED", null),
    WithdrawalEntry(Status.REJECTED, "ALREADY_ACCOUNTED", null),
    WithdrawalEntry(Status.REJECTED, "NOT_WITHDRAWABLE", null),
)
