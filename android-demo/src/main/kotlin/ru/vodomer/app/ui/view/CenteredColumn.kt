// The column that holds a screen's content.

package ru.vodomer.app.ui.view

import android.content.Context
import android.util.AttributeSet
import android.widget.LinearLayout
import ru.vodomer.app.R

/** A column that never grows wider than reading is comfortable; its parent centres it. */
class CenteredColumn @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) :
    LinearLayout(context, attrs) {
    private val widest: Int

    init {
        val given = context.obtainStyledAttributes(attrs, R.styleable.CenteredColumn)
        val usual = resources.getDimensionPixelSize(R.dimen.content_max)
        widest = given.getDimensionPixelSize(R.styleable.CenteredColumn_maxContentWidth, usual)
        given.recycle()
        orientation = VERTICAL
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val width = MeasureSpec.getSize(widthMeasureSpec).coerceAtMost(widest)
        super.onMeasure(MeasureSpec.makeMeasureSpec(width, MeasureSpec.EXACTLY), heightMeasureSpec)
    }
}
