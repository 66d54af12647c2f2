// What a screen reader hears.

package ru.vodomer.app.ui.view

import android.view.View
import android.view.ViewGroup
import android.view.accessibility.AccessibilityNodeInfo

/** Makes the view one stop that is read as [text] and called what a [Role] is called; what is inside is not read. */
inline fun <reified Role : View> View.sayAs(text: CharSequence) {
    val role = Role::class.java.name
    contentDescription = text
    hideChildren(this)
    accessibilityDelegate = object : View.AccessibilityDelegate() {
        override fun onInitializeAccessibilityNodeInfo(host: View, info: AccessibilityNodeInfo) {
            super.onInitializeAccessibilityNodeInfo(host, info)
            info.className = role
        }
    }
}

/** Leaves the children of [view] out of what is read. */
fun hideChildren(view: View) {
    if (view !is ViewGroup) return
    for (index in 0 until view.childCount) {
        view.getChildAt(index).importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
    }
}
