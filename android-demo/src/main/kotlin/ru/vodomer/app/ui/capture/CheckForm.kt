// The check: what is odd about the value, and the two ways on.

package ru.vodomer.app.ui.capture

import android.view.View
import android.view.accessibility.AccessibilityEvent
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.slideUp
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.core.Doubt
import ru.vodomer.core.LastReading
import ru.vodomer.core.Question

/** Asks, never forbids: the title is the guess, the text the numbers that led to it. */
class CheckForm(private val screen: View, private val format: Format, private val actions: CaptureActions) {
    private val resources = screen.resources

    /** Shows the check of a state that has one. */
    fun render(state: CaptureState) {
        val question = state.question ?: return
        DialCard(screen, format).render(state, longLabels = true)
        // The dial is locked until the question is answered.
        screen.findViewById<View>(R.id.typed).visibility = View.GONE
        screen.findViewById<TextView>(R.id.check_title).setText(title(question.doubt))
        screen.findViewById<TextView>(R.id.check_text).run {
            text = text(question, state.meter.last)
            contentDescription = Spoken(resources).aloud(text)
        }
        button(R.id.check_fix, fix(question), actions::mend)
        button(R.id.check_keep, string(R.string.check_keep, format.number(question.value)), actions::keep)
        screen.findViewById<ActionButton>(R.id.retype).setOnClickListener { actions.retype() }
    }

    /** Moves a screen reader's attention to the check; once, when it appears. */
    fun takeFocus() {
        screen.findViewById<View>(R.id.check).slideUp()
        screen.findViewById<TextView>(R.id.check_title).run {
            requestFocus()
            sendAccessibilityEvent(AccessibilityEvent.TYPE_VIEW_FOCUSED)
        }
    }

    private fun title(doubt: Doubt) = when (doubt) {
        Doubt.COMMA_LOST -> R.string.check_comma_lost
        Doubt.LOWER -> R.string.check_lower
        Doubt.HIGHER -> R.string.check_higher
        Doubt.NOTHING_USED -> R.string.check_zero
    }

    private fun text(question: Question, last: LastReading?): String = when (question.doubt) {
        Doubt.COMMA_LOST -> listOfNotNull(high(question, last), comma(question)).joinToString(" ")

        Doubt.HIGHER -> high(question, last) + " " + string(R.string.check_text_compare)

        Doubt.LOWER ->
            string(R.string.check_text_lower, format.volume(question.previous), format.volume(question.value))

        Doubt.NOTHING_USED -> string(R.string.check_text_zero, format.volume(question.previous))
    }

    private fun high(question: Question, last: LastReading?): String {
        val use = format.volume(question.used)
        val months = last?.monthsAgo ?: 1
        val time = if (months == 1) {
            resources.getString(R.string.for_month)
        } else {
            resources.getQuantityString(R.plurals.for_months, months, months)
        }
        val usual = question.usual ?: return string(R.string.check_text_high_alone, use, time)
        return string(R.string.check_text_high, use, time, format.volume(usual))
    }

    private fun comma(question: Question): String? {
        val suggestion = question.suggestion ?: return null
        return string(R.string.check_text_comma, format.number(suggestion.face), format.number(suggestion.value))
    }

    private fun fix(question: Question): String {
        val suggestion = question.suggestion ?: return resources.getString(R.string.check_fix)
        return string(R.string.check_fix_to, format.volume(suggestion.value))
    }

    private fun button(id: Int, words: String, action: () -> Unit) = screen.findViewById<ActionButton>(id).run {
        label = words
        setOnClickListener { action() }
    }

    private fun string(id: Int, vararg values: String) = resources.getString(id, *values)
}
