// The form of the capture screen: dial, facts, slot, pad, button.

package ru.vodomer.app.ui.capture

import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.bringIntoSight
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.Suggestion

/** What the resident can do on the capture screen. */
interface CaptureActions {
    /** Send what is typed. */
    fun submit()

    /** Send last month's value again. */
    fun submitSame()

    /** Switch the flashlight. */
    fun switchTorch()

    /** Put the suggested text in, or go back to the typed one. */
    fun mend()

    /** Put in what was probably meant by too many digits. */
    fun mendTyped(guess: Suggestion)

    /** The dial did begin again at zero. */
    fun sayRolledOver()

    /** Take the reading of the meter that the value probably belongs to. */
    fun openOther(meterId: String)

    /** The meter was replaced: ask for its two values. */
    fun askReplaced()

    /** What one of them says now. */
    fun typeReplaced(field: ReplacedField, text: String)

    /** The dial does show this. */
    fun keep()

    /** Start with an empty dial. */
    fun retype()
}

/** Everything but the check; [compact] where the bar and the facts take a line each. */
class CaptureForm(
    private val screen: View,
    private val format: Format,
    private val actions: CaptureActions,
    private val compact: Boolean,
) {
    private val resources = screen.resources
    private val words = Words(resources)

    /** Shows the state. */
    fun render(state: CaptureState) {
        DialCard(screen, format).render(state, longLabels = !compact)
        renderTorch(state.torch)
        renderSlot(state)
        val kept = state.preview.kept
        screen.findViewById<ActionButton>(R.id.submit).apply {
            label = if (kept == null) {
                resources.getString(R.string.submit_one)
            } else {
                resources.getString(R.string.submit_value, format.volume(kept))
            }
            setOnClickListener { actions.submit() }
        }
    }

    private fun renderTorch(lit: Boolean?) = screen.findViewById<ActionButton>(R.id.torch).run {
        showIf(lit != null)
        label = resources.getString(if (lit == true) R.string.torch_off else R.string.torch_on)
        setOnClickListener { actions.switchTorch() }
    }

    private fun renderSlot(state: CaptureState) {
        val last = state.meter.last
        val wrong = state.complaint?.sentence ?: state.preview.problem?.takeIf { it.isWrong() }?.let(words::problem)
        val kept = state.preview.kept
        val taken = state.meter.taken
        when {
            wrong != null -> remark(wrong, R.drawable.ic_warn, R.color.err, R.color.err)

            kept != null && state.preview.dropped.isNotEmpty() -> remark(
                resources.getString(R.string.will_send_whole, format.number(kept)),
                R.drawable.ic_info,
                R.color.primary,
                R.color.on,
            )

            taken != null && state.typed.isEmpty() -> remark(
                resources.getString(R.string.taken_already, format.volume(taken)),
                R.drawable.ic_info,
                R.color.primary,
                R.color.on,
            )

            else -> remark(null)
        }
        renderGuess(state.preview.guess?.suggestion)
        screen.findViewById<ActionButton>(R.id.same).apply {
            showIf(last != null && taken == null && state.typed.isEmpty() && wrong == null)
            val words = if (last?.monthsAgo == 1) R.string.same_as_last else R.string.same_as_before
            label = resources.getString(words, last?.value?.let(format::number).orEmpty())
            setOnClickListener { actions.submitSame() }
        }
    }

    private fun renderGuess(guess: Suggestion?) = screen.findViewById<ActionButton>(R.id.meant).run {
        showIf(guess != null)
        if (guess == null) return@run
        label = resources.getString(R.string.typed_meant, format.number(guess.face))
        setOnClickListener { actions.mendTyped(guess) }
    }

    private fun remark(sentence: String?, icon: Int = 0, tint: Int = 0, ink: Int = 0) {
        screen.findViewById<View>(R.id.remark).showIf(sentence != null)
        if (sentence == null) return
        screen.findViewById<IconView>(R.id.remark_icon).show(icon, tint)
        screen.findViewById<TextView>(R.id.remark_text).apply {
            if (text.toString() != sentence) text = sentence
            setTextColor(context.role(ink))
        }
        if (tint == R.color.err) screen.findViewById<View>(R.id.remark).bringIntoSight()
    }
}
