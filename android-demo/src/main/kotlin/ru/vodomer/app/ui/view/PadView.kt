// The number pad.

package ru.vodomer.app.ui.view

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.view.ViewGroup
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.ImageView
import android.widget.TextView
import ru.vodomer.app.R

/**
 * Four rows of three, digits as on a phone, the comma bottom left, backspace bottom right.
 *
 * Key heights are fixed on purpose: the digits are large already, and a pad that grows pushes the dial off.
 */
class PadView @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) : ViewGroup(context, attrs) {
    /** Called with the digit or comma of a pressed key. */
    var onType: (Char) -> Unit = {}

    /** Called when backspace is pressed. */
    var onErase: () -> Unit = {}

    init {
        "123456789".forEach { addView(key(it, R.drawable.key_digit)) }
        addView(key(',', R.drawable.key_function).apply { contentDescription = context.getString(R.string.key_comma) })
        addView(key('0', R.drawable.key_digit))
        addView(eraser())
    }

    private fun key(symbol: Char, background: Int): View = TextKey(context).apply {
        text = symbol.toString()
        dress(background)
        setOnClickListener { onType(symbol) }
    }

    private fun eraser(): View = ImageKey(context).apply {
        setImageResource(R.drawable.ic_back_key)
        scaleType = ImageView.ScaleType.CENTER
        contentDescription = context.getString(R.string.key_erase)
        dress(R.drawable.key_function)
        setOnClickListener { onErase() }
    }

    private fun View.dress(background: Int) {
        setBackgroundResource(background)
        foreground = context.getDrawable(R.drawable.focus_key)
        isClickable = true
        isFocusable = true
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val width = MeasureSpec.getSize(widthMeasureSpec)
        val gap = resources.getDimensionPixelSize(R.dimen.key_gap)
        val keyHeight = resources.getDimensionPixelSize(R.dimen.key_height)
        val keyWidth = (width - paddingLeft - paddingRight - gap * (COLUMNS - 1)) / COLUMNS
        for (index in 0 until childCount) {
            getChildAt(index).measure(
                MeasureSpec.makeMeasureSpec(keyWidth, MeasureSpec.EXACTLY),
                MeasureSpec.makeMeasureSpec(keyHeight, MeasureSpec.EXACTLY),
            )
        }
        setMeasuredDimension(width, ROWS * keyHeight + (ROWS - 1) * gap + paddingTop + paddingBottom)
    }

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) {
        val gap = resources.getDimensionPixelSize(R.dimen.key_gap)
        for (index in 0 until childCount) {
            val key = getChildAt(index)
            val x = paddingLeft + index % COLUMNS * (key.measuredWidth + gap)
            val y = paddingTop + index / COLUMNS * (key.measuredHeight + gap)
            key.layout(x, y, x + key.measuredWidth, y + key.measuredHeight)
        }
    }

    private class TextKey(context: Context) : TextView(context, null, 0, R.style.Text_Key) {
        override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
    }

    private class ImageKey(context: Context) : ImageView(context) {
        override fun onInitializeAccessibilityNodeInfo(info: AccessibilityNodeInfo) {
            super.onInitializeAccessibilityNodeInfo(info)
            info.className = Button::class.java.name
        }
    }

    private companion object {
        const val COLUMNS = 3
        const val ROWS = 4
    }
}
