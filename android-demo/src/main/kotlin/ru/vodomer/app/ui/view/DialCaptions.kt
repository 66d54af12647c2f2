// The words under the dial.

package ru.vodomer.app.ui.view

import android.content.Context
import android.util.AttributeSet
import android.view.ViewGroup

/**
 * Three captions, of which two or one are seen: what the black and the red drums are, side by side; or, when those
 * two do not fit on a line, one sentence on the red ones. All keep to the right, below the red drums.
 */
class DialCaptions @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) :
    ViewGroup(context, attrs) {
    /** The dial has red drums to speak of. */
    var hasRed = true
        set(value) {
            field = value
            requestLayout()
        }

    /** Little room: one sentence only. */
    var shortOnly = false
        set(value) {
            field = value
            requestLayout()
        }

    private val whole get() = getChildAt(0)
    private val red get() = getChildAt(1)
    private val short get() = getChildAt(2)

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val room = MeasureSpec.getSize(widthMeasureSpec)
        val any = MeasureSpec.makeMeasureSpec(0, MeasureSpec.UNSPECIFIED)
        whole.measure(any, any)
        red.measure(any, any)
        val bothFit = !shortOnly && whole.measuredWidth + dp(GAP) + red.measuredWidth <= room
        whole.visibility = if (bothFit || !hasRed) VISIBLE else INVISIBLE
        red.visibility = if (bothFit && hasRed) VISIBLE else INVISIBLE
        short.visibility = if (bothFit || !hasRed) INVISIBLE else VISIBLE
        short.measure(MeasureSpec.makeMeasureSpec(room, MeasureSpec.AT_MOST), any)
        val shown = listOf(whole, red, short).filter { it.visibility == VISIBLE }
        setMeasuredDimension(room, shown.maxOf { it.measuredHeight })
    }

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) {
        val width = r - l
        red.layout(width - red.measuredWidth, 0, width, red.measuredHeight)
        val end = if (hasRed) red.left - dp(GAP) else width
        whole.layout(end - whole.measuredWidth, 0, end, whole.measuredHeight)
        short.layout(width - short.measuredWidth, 0, width, short.measuredHeight)
    }

    private companion object {
        const val GAP = 22
    }
}
