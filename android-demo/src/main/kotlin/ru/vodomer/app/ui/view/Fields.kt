// Fields of a form.

package ru.vodomer.app.ui.view

import android.text.Editable
import android.text.TextWatcher
import android.view.View
import android.widget.EditText
import android.widget.TextView
import ru.vodomer.app.R

/** Calls [action] after each change of the text. */
fun EditText.onTyped(action: () -> Unit) = addTextChangedListener(object : TextWatcher {
    override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit

    override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit

    override fun afterTextChanged(text: Editable?) = action()
})

/** Shows what is wrong in the view of part_wrong, or nothing; a new complaint is scrolled to. */
fun View.showWrong(sentence: String?) {
    val line = findViewById<TextView>(R.id.wrong_text)
    val isNew = sentence != null && line.text.toString() != sentence
    showIf(sentence != null)
    line.text = sentence
    if (isNew) bringIntoSight()
}
