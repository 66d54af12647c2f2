// The check: what is odd about the value, and the ways on.

package ru.vodomer.app.ui.capture

import android.view.View
import android.view.accessibility.AccessibilityEvent
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.slideUp
import ru.vodomer.app.ui.words.CheckWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.core.Cause
import ru.vodomer.core.Doubt
import ru.vodomer.core.Question

/** Asks, never forbids: the title is the guess, the text the numbers that led to it. */
class CheckForm(private val screen: View, private val format: Format, private val actions: CaptureActions) {
    private val resources = screen.resources

    /** Shows the check of a state that has one, or the form for a replaced meter over it. */
    fun render(state: CaptureState) {
        val question = state.question ?: return
        DialCard(screen, format).render(state, longLabels = true)
        // The dial is locked until the question is answered.
        screen.findViewById<View>(R.id.typed).visibility = View.GONE
        screen.findViewById<View>(R.id.check).showIf(state.typing.form == null)
        screen.findViewById<View>(R.id.retype).showIf(state.typing.form == null)
        ReplacedForm(screen, format, actions).render(state)
        renderQuestion(question, CheckWords(resources, format, state.meter, state.other), state)
    }

    private fun renderQuestion(question: Question, words: CheckWords, state: CaptureState) {
        screen.findViewById<TextView>(R.id.check_title).text = words.title(question)
        screen.findViewById<TextView>(R.id.check_text).run {
            text = words.text(question)
            contentDescription = Spoken(resources).aloud(text)
        }
        button(R.id.check_fix, words.fix(question), fix(question, state))
        button(R.id.check_keep, words.keep(question), actions::keep)
        screen.findViewById<View>(R.id.check_replaced).run {
            showIf(question.doubt == Doubt.LOWER)
            setOnClickListener { actions.askReplaced() }
        }
        screen.findViewById<View>(R.id.retype).setOnClickListener { actions.retype() }
    }

    private fun fix(question: Question, state: CaptureState): () -> Unit {
        val guess = question.guess
        val other = state.other
        return when {
            guess?.cause == Cause.ROLLED_OVER -> actions::sayRolledOver
            guess?.suggestion == null && other != null -> ({ actions.openOther(other.meterId) })
            else -> actions::mend
        }
    }

    /** Moves a screen reader's attention to what has just appeared; once. */
    fun takeFocus(isForm: Boolean) {
        screen.findViewById<View>(if (isForm) R.id.replaced else R.id.check).slideUp()
        screen.findViewById<TextView>(if (isForm) R.id.replaced_title else R.id.check_title).run {
            requestFocus()
            sendAccessibilityEvent(AccessibilityEvent.TYPE_VIEW_FOCUSED)
        }
    }

    private fun button(id: Int, words: String, action: () -> Unit) = screen.findViewById<ActionButton>(id).run {
        label = words
        setOnClickListener { action() }
    }
}
