// The core's records in the form that Android keeps.

package ru.vodomer.app.ui.capture

import android.os.Bundle
import ru.vodomer.core.Cause
import ru.vodomer.core.Doubt
import ru.vodomer.core.Guess
import ru.vodomer.core.Happened
import ru.vodomer.core.Question
import ru.vodomer.core.Suggestion

private const val FINAL = "final"
private const val INITIAL = "initial"
private const val DOUBT = "doubt"
private const val VALUE = "value"
private const val PREVIOUS = "previous"
private const val USED = "used"
private const val MONTHS = "months"
private const val USUAL = "usual"
private const val LIMIT = "limit"
private const val CAUSE = "cause"
private const val MEANT = "meant"
private const val FACE = "face"
private const val OTHER = "other"

/** A dial that went round has no values of its own: an empty bundle. */
internal fun bundle(happened: Happened) = Bundle().apply {
    if (happened is Happened.Replaced) {
        putString(FINAL, happened.finalTyped)
        putString(INITIAL, happened.initialTyped)
    }
}

internal fun happened(from: Bundle): Happened {
    val final = from.getString(FINAL) ?: return Happened.RolledOver
    return Happened.Replaced(final, from.getString(INITIAL).orEmpty())
}

internal fun bundle(question: Question) = Bundle().apply {
    putString(DOUBT, question.doubt.name)
    putString(VALUE, question.value)
    putString(PREVIOUS, question.previous)
    putString(USED, question.used)
    putInt(MONTHS, question.months)
    putString(USUAL, question.usual)
    putString(LIMIT, question.limit)
    question.guess?.let { guess ->
        putString(CAUSE, guess.cause.name)
        putString(MEANT, guess.suggestion?.value)
        putString(FACE, guess.suggestion?.face)
        putString(OTHER, guess.otherMeter)
    }
}

internal fun question(from: Bundle) = Question(
    doubt = Doubt.valueOf(from.getString(DOUBT).orEmpty()),
    value = from.getString(VALUE).orEmpty(),
    previous = from.getString(PREVIOUS).orEmpty(),
    used = from.getString(USED).orEmpty(),
    months = from.getInt(MONTHS),
    usual = from.getString(USUAL),
    limit = from.getString(LIMIT),
    guess = from.getString(CAUSE)?.let { cause ->
        val meant = from.getString(MEANT)?.let { Suggestion(it, from.getString(FACE).orEmpty()) }
        Guess(Cause.valueOf(cause), meant, from.getString(OTHER))
    },
)
