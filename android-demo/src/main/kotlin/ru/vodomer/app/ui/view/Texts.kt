// Small things that every screen needs.

package ru.vodomer.app.ui.view

import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import ru.vodomer.app.R

/** Shows [text], or nothing at all where there is none. */
fun TextView.showText(text: CharSequence?) {
    this.text = text
    visibility = if (text.isNullOrEmpty()) View.GONE else View.VISIBLE
}

/** Shows [text] under a name beside its disc, or, when the type is so big that words would break there, below both. */
fun View.showUnder(beside: Int, below: Int, text: CharSequence) {
    findViewById<TextView>(beside).showText(text.takeUnless { resources.bigType })
    findViewById<TextView>(below).showText(text.takeIf { resources.bigType })
}

/** Shows or removes a view. */
fun View.showIf(shown: Boolean) {
    visibility = if (shown) View.VISIBLE else View.GONE
}

/** Adds a child of [layout] and hands it to [fill]. */
fun ViewGroup.add(layout: Int, fill: (View) -> Unit) {
    val child = LayoutInflater.from(context).inflate(layout, this, false)
    fill(child)
    addView(child)
}

/** Skips [draw] when [state] is what the view shows already, so that focus and scrolling stay where they are. */
fun View.drawOnce(state: Any, draw: () -> Unit) {
    if (getTag(R.id.shown_state) == state) return
    draw()
    setTag(R.id.shown_state, state)
}
