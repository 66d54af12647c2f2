package ru.vodomer.app.harness

import android.view.View
import android.view.ViewGroup
import android.widget.TextView

/** Every view under this one that is shown, itself included, in drawing order. */
fun View.shown(): List<View> = when {
    !isShown || alpha == 0f -> emptyList()
    this is ViewGroup -> listOf(this) + (0 until childCount).flatMap { getChildAt(it).shown() }
    else -> listOf(this)
}

/** What a view says: its text, or what a screen reader is told instead. */
fun View.words(): List<String> = listOfNotNull((this as? TextView)?.text, contentDescription, saidState())
    .map { it.toString().plain() }
    .filter(String::isNotBlank)

/** With ordinary spaces and hyphens for the unbreakable ones, as people would write it in a test. */
fun String.plain(): String = replace('\u00A0', ' ').replace('\u202F', ' ').replace('\u2011', '-')

private fun View.saidState(): CharSequence? = createAccessibilityNodeInfo()?.stateDescription
