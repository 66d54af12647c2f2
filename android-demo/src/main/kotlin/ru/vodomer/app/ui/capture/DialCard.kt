// The dial and the two facts below it.

package ru.vodomer.app.ui.capture

import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.Cursor
import ru.vodomer.app.ui.view.DialCaptions
import ru.vodomer.app.ui.view.DialFace
import ru.vodomer.app.ui.view.DialView
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.core.Cause
import ru.vodomer.core.Doubt
import ru.vodomer.core.TypedProblem

/** Draws what was typed as the meter would show it, with last month's value and the difference. */
class DialCard(private val screen: View, private val format: Format) {
    private val resources = screen.resources
    private val spoken = Spoken(resources)
    private val dial = screen.findViewById<DialView>(R.id.dial)
    private val used = screen.findViewById<TextView>(R.id.fact_used_value)

    /** Shows the state; [longLabels] where there is room for whole sentences. */
    fun render(state: CaptureState, longLabels: Boolean) {
        val asked = state.question != null
        dial.face = face(state)
        dial.contentDescription = describe(state)
        renderCaptions(state, longLabels)
        renderLast(state, longLabels)
        // While a number is being typed it is lower than the last one for a while; that is no news.
        val use = if (asked) usedByQuestion(state) else state.preview.used?.takeUnless { it.startsWith('-') }
        val text = use?.let(format::volume) ?: resources.getString(R.string.fact_none)
        if (used.text.toString() != text) used.text = text
        used.contentDescription = use?.let { resources.getString(R.string.used_spoken, spoken.volume(it)) }
            ?: resources.getString(R.string.used_unknown)
        used.setTextColor(used.context.role(if (isAlarming(state)) R.color.err else R.color.on))
    }

    /** What a dial that went round would have used by plain subtraction is nobody's use. */
    private fun usedByQuestion(state: CaptureState) =
        state.question?.takeUnless { it.guess?.cause == Cause.ROLLED_OVER }?.used

    private fun renderCaptions(state: CaptureState, longLabels: Boolean) {
        val dropped = state.meter.fractionDropped
        screen.findViewById<TextView>(R.id.caption_red)
            .setText(if (dropped) R.string.caption_red else R.string.caption_red_sent)
        screen.findViewById<TextView>(R.id.caption_short)
            .setText(if (dropped) R.string.caption_short else R.string.caption_short_sent)
        screen.findViewById<DialCaptions>(R.id.captions).apply {
            hasRed = state.meter.fractionDigits > 0
            shortOnly = !longLabels
        }
    }

    private fun renderLast(state: CaptureState, longLabels: Boolean) {
        val last = state.meter.last
        screen.findViewById<View>(R.id.fact_last).showIf(last != null)
        screen.findViewById<View>(R.id.fact_used).showIf(last != null)
        if (last == null) return
        screen.findViewById<TextView>(R.id.fact_last_value).apply {
            text = format.volume(last.value)
            contentDescription = spoken.volume(last.value)
        }
        if (!longLabels) return
        screen.findViewById<TextView>(R.id.fact_last_label).text =
            if (last.monthsAgo == 1) {
                resources.getString(R.string.fact_month_ago)
            } else {
                resources.getQuantityString(R.plurals.months_ago, last.monthsAgo, last.monthsAgo)
            }
    }

    private fun face(state: CaptureState) = DialFace(
        wholeDrums = state.meter.wholeDigits,
        redDrums = state.meter.fractionDigits,
        whole = wholeDigits(state),
        fraction = fractionDigits(state),
        cursor = when {
            state.question != null -> Cursor.NONE
            !state.typed.all(::isNoComma) -> Cursor.FRACTION
            else -> Cursor.WHOLE
        },
        doubtful = isAlarming(state) || state.preview.problem.isWrong(),
    )

    /** A check that something is wrong; no use at all is odd, but no mistake. */
    private fun isAlarming(state: CaptureState) = state.question.let { it != null && it.doubt != Doubt.NOTHING_USED }

    // Of a text that is no reading the core gives no digits; those typed are shown all the same.
    private fun wholeDigits(state: CaptureState) =
        state.preview.whole.ifEmpty { state.typed.takeWhile(::isNoComma).filter(Char::isDigit) }

    private fun fractionDigits(state: CaptureState) =
        state.preview.fraction.ifEmpty { state.typed.dropWhile(::isNoComma).filter(Char::isDigit) }

    private fun isNoComma(character: Char) = character != ',' && character != '.'

    private fun describe(state: CaptureState): String {
        val preview = state.preview
        val parts = mutableListOf(resources.getString(R.string.dial_spoken))
        val whole = wholeDigits(state)
        parts += if (whole.isEmpty()) {
            resources.getString(R.string.dial_spoken_empty)
        } else {
            spoken.digits(whole, fractionDigits(state))
        }
        preview.kept?.let { parts += resources.getString(R.string.dial_spoken_kept, spoken.volume(it)) }
        state.meter.last?.let { parts += resources.getString(R.string.dial_spoken_last, spoken.volume(it.value)) }
        return parts.joinToString(". ")
    }
}

/** The typed text cannot become a reading by typing on. */
fun TypedProblem?.isWrong(): Boolean = when (this) {
    null, is TypedProblem.Empty, is TypedProblem.NoWholeDigits -> false

    is TypedProblem.NotADigit, is TypedProblem.SecondComma, is TypedProblem.StraySpace, is TypedProblem.Negative,
    is TypedProblem.TooManyWholeDigits, is TypedProblem.TooManyFractionDigits,
    -> true
}
