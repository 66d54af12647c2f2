// An icon beside text.

package ru.vodomer.app.ui.view

import android.content.Context
import android.content.res.ColorStateList
import android.util.AttributeSet
import android.widget.ImageView
import ru.vodomer.app.R

/** A square icon that grows with big type; decoration for a screen reader, for the text beside it says it all. */
class IconView @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) : ImageView(context, attrs) {
    private val side: Int

    init {
        val given = context.obtainStyledAttributes(attrs, R.styleable.IconView)
        val usual = given.getDimension(R.styleable.IconView_side, dp(SIDE))
        given.recycle()
        side = resources.icon(usual)
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
        scaleType = ScaleType.FIT_CENTER
    }

    /** Shows [drawable] in the colour role [colour]. */
    fun show(drawable: Int, colour: Int) {
        setImageResource(drawable)
        imageTintList = ColorStateList.valueOf(context.role(colour))
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        setMeasuredDimension(side + paddingLeft + paddingRight, side + paddingTop + paddingBottom)
    }

    private companion object {
        const val SIDE = 24f
    }
}
