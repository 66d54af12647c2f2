// A question before something is lost.

package ru.vodomer.app.ui.view

import android.app.Dialog
import android.content.Context
import android.os.Bundle
import android.view.ViewGroup.LayoutParams
import android.widget.TextView
import ru.vodomer.app.R

/** What would be lost and what not, with a verb for either answer. */
data class Ask(val title: CharSequence, val text: CharSequence, val yes: CharSequence, val no: CharSequence)

/** Asks over the screen. Back, and a tap beside it, mean [no]. */
class AskDialog(context: Context, private val ask: Ask, private val yes: () -> Unit, private val no: () -> Unit) :
    Dialog(context, R.style.Theme_Vodomer_Dialog) {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(R.layout.dialog_ask)
        val widest = context.resources.getDimensionPixelSize(R.dimen.content_max)
        window?.setLayout(minOf(widest, context.resources.displayMetrics.widthPixels), LayoutParams.WRAP_CONTENT)
        setTitle(ask.title)
        findViewById<TextView>(R.id.ask_title).text = ask.title
        findViewById<TextView>(R.id.ask_text).text = ask.text
        button(R.id.ask_yes, ask.yes, yes)
        button(R.id.ask_no, ask.no, no)
        setOnCancelListener { no() }
    }

    private fun button(id: Int, words: CharSequence, action: () -> Unit) = findViewById<ActionButton>(id).run {
        label = words
        setOnClickListener {
            dismiss()
            action()
        }
    }
}
