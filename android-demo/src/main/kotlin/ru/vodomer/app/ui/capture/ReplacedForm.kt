// «Счётчик меняли»: the last value of the old meter, the first of the new one.

package ru.vodomer.app.ui.capture

import android.text.InputType
import android.view.View
import android.widget.EditText
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.onTyped
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showWrong
import ru.vodomer.app.ui.words.Format
import ru.vodomer.core.ReplacedField

/** Two texts, handed on as they are typed; what is wrong with one stands below it. */
class ReplacedForm(private val screen: View, private val format: Format, private val actions: CaptureActions) {
    private val old = screen.findViewById<EditText>(R.id.replaced_final)
    private val new = screen.findViewById<EditText>(R.id.replaced_initial)

    /** Makes the fields tell of what is typed; once, when they have been inflated. */
    fun listen() {
        listen(old, ReplacedField.FINAL)
        listen(new, ReplacedField.INITIAL)
        new.setOnEditorActionListener { _, _, _ -> true.also { actions.submit() } }
    }

    private fun listen(typed: EditText, field: ReplacedField) {
        // The keyboard of digits, but not its filter: what was pasted is for the core to judge.
        typed.setRawInputType(InputType.TYPE_CLASS_NUMBER or InputType.TYPE_NUMBER_FLAG_DECIMAL)
        typed.onTyped { actions.typeReplaced(field, typed.text.toString()) }
    }

    /** Shows the form of a state that has it open. */
    fun render(state: CaptureState) {
        val form = state.typing.form
        screen.findViewById<View>(R.id.replaced).showIf(form != null)
        if (form == null) return
        old.show(form.finalTyped)
        new.show(form.initialTyped)
        complain(state.complaint)
        screen.findViewById<ActionButton>(R.id.replaced_submit).run {
            val value = state.question?.value.orEmpty()
            label = resources.getString(R.string.submit_value, format.volume(value))
            setOnClickListener { actions.submit() }
        }
    }

    private fun EditText.show(typed: String) {
        if (text.toString() != typed) setText(typed)
    }

    private fun complain(complaint: Complaint?) {
        fun at(field: ReplacedField?) = complaint?.takeIf { it.field == field }?.sentence
        screen.findViewById<View>(R.id.replaced_final_box).isActivated = at(ReplacedField.FINAL) != null
        screen.findViewById<View>(R.id.replaced_initial_box).isActivated = at(ReplacedField.INITIAL) != null
        screen.findViewById<View>(R.id.replaced_final_wrong).showWrong(at(ReplacedField.FINAL))
        screen.findViewById<View>(R.id.replaced_initial_wrong).showWrong(at(ReplacedField.INITIAL))
        screen.findViewById<View>(R.id.replaced_wrong).showWrong(at(null))
    }
}
