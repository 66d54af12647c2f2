// The text under the dial.

package ru.vodomer.app.ui.capture

import android.os.Build
import android.view.HapticFeedbackConstants
import android.view.KeyEvent
import android.view.inputmethod.EditorInfo
import android.widget.EditText
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.PadView
import ru.vodomer.app.ui.view.onTyped

/**
 * A real text field without a face: the pad, a hardware keyboard and pasting all edit one text, and [onText] hears
 * of each change. The soft keyboard stays down.
 */
class DialField(private val field: EditText, private val onText: (String) -> Unit) {
    private var silent = false

    init {
        field.showSoftInputOnFocus = false
        field.onTyped { if (!silent) onText(field.text.toString()) }
        field.requestFocus()
    }

    /** Puts [text] in without telling anyone. */
    fun set(text: String) {
        silent = true
        field.setText(text)
        field.setSelection(field.text.length)
        silent = false
    }

    /** Lets the keys of [pad] edit the text. [refused] tells whether a key would spoil it. */
    fun listenTo(pad: PadView, refused: (String) -> Boolean) {
        pad.onType = { key ->
            if (refused(field.text.toString() + key)) {
                pad.performHapticFeedback(rejection)
                pad.announce(R.string.comma_already)
            } else {
                pad.performHapticFeedback(HapticFeedbackConstants.KEYBOARD_TAP)
                field.append(key.toString())
            }
        }
        pad.onErase = {
            pad.performHapticFeedback(HapticFeedbackConstants.KEYBOARD_TAP)
            field.text.run { if (isNotEmpty()) delete(length - 1, length) }
        }
    }

    /** Enter on a hardware keyboard does what the button does. */
    fun onEnter(action: () -> Unit) {
        field.setOnEditorActionListener { _: TextView, id: Int, key: KeyEvent? ->
            val enter = key?.keyCode == KeyEvent.KEYCODE_ENTER && key.action == KeyEvent.ACTION_DOWN
            if (enter || id == EditorInfo.IME_ACTION_DONE) action()
            true
        }
    }

    private fun PadView.announce(sentence: Int) {
        @Suppress("DEPRECATION")
        announceForAccessibility(context.getString(sentence))
    }

    private companion object {
        val rejection: Int =
            if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
                HapticFeedbackConstants.REJECT
            } else {
                HapticFeedbackConstants.LONG_PRESS
            }
    }
}
