// The little that moves.

package ru.vodomer.app.ui.view

import android.animation.ValueAnimator
import android.graphics.Rect
import android.view.View

private const val SLIDE_MS = 200L
private const val SLIDE_FROM = 16f

/** Lets the view rise into its place; not where the resident has switched animations off. */
fun View.slideUp() {
    if (!ValueAnimator.areAnimatorsEnabled()) return
    translationY = dp(SLIDE_FROM)
    animate().translationY(0f).setDuration(SLIDE_MS).start()
}

/** Scrolls until the whole view is seen, once it has been laid out. */
fun View.bringIntoSight() {
    post { requestRectangleOnScreen(Rect(0, 0, width, height), true) }
}
