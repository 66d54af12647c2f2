// The row that becomes a column when its words do not fit.

package ru.vodomer.app.ui.view

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.view.ViewGroup
import ru.vodomer.app.R

/**
 * Lays its children out side by side while each fits on its line, else below one another.
 *
 * - equal: columns of one width; stacked at full width
 * - ends: the first child at the left edge, the last at the right one; stacked at the left
 * - wrap: as many on a line as fit
 *
 * A child "fits" when it needs no second line, so nothing is broken that could stand whole.
 */
class AdaptiveRow @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) :
    ViewGroup(context, attrs) {
    private enum class Arrange { EQUAL, ENDS, WRAP }

    private val arrange: Arrange
    private val gap: Int
    private val places = HashMap<View, IntArray>()

    init {
        val given = context.obtainStyledAttributes(attrs, R.styleable.AdaptiveRow)
        arrange = Arrange.entries[given.getInt(R.styleable.AdaptiveRow_arrange, 0)]
        gap = given.getDimensionPixelSize(R.styleable.AdaptiveRow_gap, dp(DEFAULT_GAP))
        given.recycle()
    }

    private val shown get() = (0 until childCount).map(::getChildAt).filter { it.visibility != GONE }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val room = MeasureSpec.getSize(widthMeasureSpec) - paddingLeft - paddingRight
        val children = shown
        val wanted = children.associateWith(::wish)
        val height = when (arrange) {
            Arrange.EQUAL -> equal(children, wanted, room)
            Arrange.ENDS -> ends(children, wanted, room)
            Arrange.WRAP -> wrap(children, wanted, room)
        }
        val whole = height + paddingTop + paddingBottom
        val width = MeasureSpec.getSize(widthMeasureSpec)
        setMeasuredDimension(width, whole.coerceAtLeast(suggestedMinimumHeight))
    }

    /** Width of a child that nothing presses. */
    private fun wish(child: View): Int {
        child.measure(unbounded, unbounded)
        return child.measuredWidth
    }

    private fun equal(children: List<View>, wanted: Map<View, Int>, room: Int): Int {
        val column = (room - gap * (children.size - 1)) / children.size.coerceAtLeast(1)
        return if (children.any { wanted.getValue(it) > column }) {
            stack(children, room, fill = true)
        } else {
            columns(children, column)
        }
    }

    private fun columns(children: List<View>, width: Int): Int {
        val height = children.maxOfOrNull { fit(it, width, fill = true) } ?: 0
        children.forEachIndexed { index, child ->
            child.measure(exactly(width), exactly(height))
            place(child, index * (width + gap), 0)
        }
        return height
    }

    private fun ends(children: List<View>, wanted: Map<View, Int>, room: Int): Int {
        val needed = children.sumOf { wanted.getValue(it) } + gap * (children.size - 1)
        if (needed > room) return stack(children, room, fill = false)
        val height = children.maxOfOrNull { fit(it, wanted.getValue(it), fill = false) } ?: 0
        children.forEachIndexed { index, child ->
            val left = if (index == 0) 0 else room - child.measuredWidth
            place(child, left, (height - child.measuredHeight) / 2)
        }
        return height
    }

    private fun wrap(children: List<View>, wanted: Map<View, Int>, room: Int): Int {
        var top = 0
        var rest = children
        while (rest.isNotEmpty()) {
            var used = 0
            val line = rest.takeWhile { child ->
                val fits = used == 0 || used + gap + wanted.getValue(child) <= room
                if (fits) used += (if (used == 0) 0 else gap) + wanted.getValue(child)
                fits
            }
            val height = line.maxOf { fit(it, room, fill = false) }
            var left = 0
            for (child in line) {
                place(child, left, top + (height - child.measuredHeight) / 2)
                left += child.measuredWidth + gap
            }
            rest = rest.drop(line.size)
            top += height + if (rest.isEmpty()) 0 else gap
        }
        return top
    }

    private fun stack(children: List<View>, room: Int, fill: Boolean): Int {
        var top = 0
        for ((index, child) in children.withIndex()) {
            if (index > 0) top += gap
            val height = fit(child, room, fill)
            place(child, 0, top)
            top += height
        }
        return top
    }

    private fun fit(child: View, room: Int, fill: Boolean): Int {
        child.measure(if (fill) exactly(room) else MeasureSpec.makeMeasureSpec(room, MeasureSpec.AT_MOST), unbounded)
        return child.measuredHeight
    }

    private fun place(child: View, left: Int, top: Int) {
        places[child] = intArrayOf(left, top)
    }

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) {
        for (child in shown) {
            val (left, top) = places[child] ?: continue
            val x = paddingLeft + left
            val y = paddingTop + top
            child.layout(x, y, x + child.measuredWidth, y + child.measuredHeight)
        }
    }

    override fun onViewRemoved(child: View) {
        places.remove(child)
    }

    override fun generateLayoutParams(attrs: AttributeSet) = MarginLayoutParams(context, attrs)

    private companion object {
        const val DEFAULT_GAP = 8
        val unbounded = MeasureSpec.makeMeasureSpec(0, MeasureSpec.UNSPECIFIED)

        fun exactly(size: Int) = MeasureSpec.makeMeasureSpec(size, MeasureSpec.EXACTLY)
    }
}
