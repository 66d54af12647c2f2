// What must hold of every screen, measured on its views.

package ru.vodomer.app.ui

import android.app.Activity
import android.text.TextUtils
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ScrollView
import android.widget.TextView
import ru.vodomer.app.harness.shown

/** Finds what is too small, cut, broken or nameless; an empty list is a good screen. */
class LayoutChecks(root: View) {
    private val density = root.resources.displayMetrics.density
    private val views = root.shown()

    constructor(activity: Activity) : this(activity.window.decorView)

    /** Everything that is wrong. */
    fun all(): List<String> = smallTargets() + namelessTargets() + cutText() + brokenWords() + overflowing()

    /** Everything that can be tapped is at least 48 × 48 dp. */
    fun smallTargets(): List<String> = views
        .filter { it.isClickable && it.isEnabled }
        .filter { it.width < TARGET * density || it.height < TARGET * density }
        .map { "${it.called()} is ${(it.width / density).toInt()} × ${(it.height / density).toInt()} dp" }

    /** Everything that can be tapped says what it is. */
    fun namelessTargets(): List<String> = views
        .filter { it.isClickable && it.isImportantForAccessibility && it.name().isBlank() }
        .map { "${it.called()} has no name" }

    /** Every line of text fits its view, sideways and downwards. */
    fun cutText(): List<String> = texts().filter { view ->
        val layout = view.layout
        val room = view.width - view.compoundPaddingLeft - view.compoundPaddingRight
        val wide = (0 until layout.lineCount).any { layout.getLineMax(it) > room + 1 }
        val high = layout.height > view.height - view.compoundPaddingTop - view.compoundPaddingBottom + 1
        val ellipsis = (0 until layout.lineCount).any { layout.getEllipsisCount(it) > 0 }
        wide || high || ellipsis
    }.map { "«${it.text}» is cut" }

    /** Children stay inside the box that holds them. */
    fun overflowing(): List<String> = views.filter { view ->
        val parent = view.parent as? ViewGroup
        val slack = SLACK * density
        val isWide = parent != null && (view.left < -slack || view.right > parent.width + slack)
        val isHigh = parent != null && view.bottom > parent.height + 1
        (isWide || isHigh) && parent !is ScrollView && view !is EditText
    }.map { "${it.called()} leaves its box" }

    /** No line ends inside a word. */
    fun brokenWords(): List<String> = texts().flatMap { view ->
        val layout = view.layout
        val text = view.text
        (0 until layout.lineCount - 1).map(layout::getLineEnd)
            .filter { end -> text[end - 1].isLetterOrDigit() && text[end].isLetterOrDigit() }
            .map { "«$text» breaks at «${text.subSequence(0, it)}|»" }
    }

    private fun texts() = views.filterIsInstance<TextView>()
        .filter { it !is EditText && it.layout != null && !TextUtils.isEmpty(it.text) }

    private fun View.name(): String {
        val node = createAccessibilityNodeInfo()
        return listOfNotNull(node.text, node.contentDescription, node.hintText).joinToString(" ").ifBlank { labelled() }
    }

    /** A field is named by the label above it. */
    private fun View.labelled() = views.filter { id != View.NO_ID && it.labelFor == id }
        .joinToString(" ") { (it as TextView).text }

    private fun View.called(): String {
        val id = if (id == View.NO_ID) "" else " " + resources.getResourceEntryName(id)
        return javaClass.simpleName + id + name().let { if (it.isBlank()) "" else " «$it»" }
    }

    private companion object {
        const val TARGET = 48

        /** A chevron may stand out of its row's padding by so much. */
        const val SLACK = 4
    }
}
