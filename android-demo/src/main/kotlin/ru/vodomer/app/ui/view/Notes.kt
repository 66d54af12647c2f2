// The one note of a screen.

package ru.vodomer.app.ui.view

import android.content.res.ColorStateList
import android.view.View
import android.widget.TextView
import ru.vodomer.app.R

/** Calm, amber, red or green: the tint of a note and the ink on it. */
enum class NoteTone(val box: Int, val ink: Int) {
    QUIET(R.color.wait_bg, R.color.on_wait),
    LOOK_HERE(R.color.warn_bg, R.color.on_warn),
    WRONG(R.color.err_bg, R.color.on_err),
    GOOD(R.color.ok_bg, R.color.on_ok),
}

/** What a note says, and what can be done about it. */
data class Note(
    val text: CharSequence,
    val icon: Int,
    val tone: NoteTone = NoteTone.QUIET,
    val button: CharSequence? = null,
)

/** Shows [note] in the view of part_note, or nothing; its button calls [action]. */
fun View.showNote(note: Note?, action: () -> Unit = {}) {
    showIf(note != null)
    if (note == null) return
    backgroundTintList = ColorStateList.valueOf(context.role(note.tone.box))
    findViewById<IconView>(R.id.note_icon).show(note.icon, note.tone.ink)
    findViewById<TextView>(R.id.note_text).apply {
        if (text.toString() != note.text.toString()) text = note.text
        setTextColor(context.role(note.tone.ink))
    }
    findViewById<ActionButton>(R.id.note_button).apply {
        showIf(note.button != null)
        label = note.button ?: ""
        setOnClickListener { action() }
    }
}
