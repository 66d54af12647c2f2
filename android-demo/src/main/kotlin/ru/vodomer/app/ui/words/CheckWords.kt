// What is asked about a value.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Cause
import ru.vodomer.core.Doubt
import ru.vodomer.core.Guess
import ru.vodomer.core.Question
import ru.vodomer.core.Suggestion

/**
 * Words of a check: the title is the guess, or else the doubt; the text is the numbers that led to it, and what to do.
 *
 * [meter] is the one that was typed for, [other] the one that the value probably belongs to.
 */
class CheckWords(
    private val resources: Resources,
    private val format: Format,
    private val meter: CaptureScreen,
    private val other: CaptureScreen?,
) {
    private val words = Words(resources)

    /** The guess as a question. */
    fun title(question: Question): String = string(question.guess?.cause?.let(::title) ?: title(question.doubt))

    private fun title(doubt: Doubt) = when (doubt) {
        Doubt.NOTHING_USED -> R.string.check_zero
        Doubt.LOWER -> R.string.check_lower
        Doubt.HIGHER -> R.string.check_higher
        Doubt.ABOVE_LIMIT -> R.string.check_limit
    }

    private fun title(cause: Cause) = when (cause) {
        Cause.COMMA_LOST -> R.string.check_comma_lost

        // Two cold meters, or two tariff zones of one, cannot be told apart by "hot" and "cold".
        Cause.METERS_SWAPPED ->
            if (other == null || other.resource == meter.resource) R.string.check_another else R.string.check_swapped

        Cause.DIGITS_SWAPPED -> R.string.check_digits_swapped

        Cause.EXTRA_DIGIT -> R.string.check_extra_digit

        Cause.MISSING_DIGIT -> R.string.check_missing_digit

        Cause.ROLLED_OVER -> R.string.check_rolled_over
    }

    /** The numbers, then the guess. */
    fun text(question: Question): String = listOfNotNull(numbers(question), explanation(question)).joinToString(" ")

    private fun numbers(question: Question): String = when (question.doubt) {
        Doubt.NOTHING_USED -> string(R.string.check_text_zero, format.volume(question.previous))

        Doubt.LOWER ->
            string(R.string.check_text_last, format.volume(question.previous), format.volume(question.value))

        Doubt.HIGHER -> high(question, question.usual, R.string.check_text_high)

        Doubt.ABOVE_LIMIT -> high(question, question.limit, R.string.check_text_limit)
    }

    private fun high(question: Question, compared: String?, sentence: Int): String {
        val use = format.volume(question.used)
        val time = if (question.months == 1) {
            string(R.string.for_month)
        } else {
            resources.getQuantityString(R.plurals.for_months, question.months, question.months)
        }
        if (compared == null) return string(R.string.check_text_high_alone, use, time)
        return string(sentence, use, time, format.volume(compared))
    }

    private fun explanation(question: Question): String? = when (val guess = question.guess) {
        null -> explanation(question.doubt)
        else -> explanation(guess)
    }

    private fun explanation(doubt: Doubt): String? = when (doubt) {
        Doubt.NOTHING_USED -> null
        Doubt.LOWER -> string(R.string.check_text_back)
        Doubt.HIGHER, Doubt.ABOVE_LIMIT -> string(R.string.check_text_compare)
    }

    private fun explanation(guess: Guess): String = when (guess.cause) {
        Cause.METERS_SWAPPED -> another(guess.suggestion)

        Cause.ROLLED_OVER -> string(R.string.check_text_rolled_over)

        Cause.COMMA_LOST, Cause.DIGITS_SWAPPED, Cause.EXTRA_DIGIT, Cause.MISSING_DIGIT ->
            guess.suggestion?.let(::meant) ?: string(R.string.check_text_compare)
    }

    private fun meant(suggestion: Suggestion): String = if (suggestion.face == suggestion.value) {
        string(R.string.check_text_meant, format.number(suggestion.face))
    } else {
        string(R.string.check_text_comma, format.number(suggestion.face), format.number(suggestion.value))
    }

    /** With a suggestion the other meter has a value, which would fit here; without one it has none yet. */
    private fun another(theirs: Suggestion?): String {
        if (other == null) return string(R.string.check_text_compare)
        val name = words.meter(other.resource, other.place, other.zone).replaceFirstChar(Char::lowercase)
        return theirs?.let { string(R.string.check_text_swapped, name, format.number(it.value)) }
            ?: string(R.string.check_text_another, name)
    }

    /** What the first button does. */
    fun fix(question: Question): String {
        val guess = question.guess
        val suggestion = guess?.suggestion
        return when {
            guess?.cause == Cause.ROLLED_OVER -> string(R.string.check_did_roll_over)

            suggestion != null -> string(R.string.check_fix_to, format.volume(suggestion.value))

            other != null -> {
                val name = words.shortMeter(other.resource, other.place, other.zone)
                string(R.string.check_open_other, name.replaceFirstChar(Char::lowercase))
            }

            else -> string(R.string.check_fix)
        }
    }

    /** What the second button does: the dial does show this. */
    fun keep(question: Question): String = string(R.string.check_keep, format.number(question.value))

    private fun string(id: Int, vararg values: String) = resources.getString(id, *values)
}
