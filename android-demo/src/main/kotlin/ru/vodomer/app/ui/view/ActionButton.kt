// The app's button.

package ru.vodomer.app.ui.view

import android.content.Context
import android.util.AttributeSet
import android.view.Gravity
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.Spoken

/**
 * An icon (or none) and a label in the middle of a rounded box.
 *
 * The platform's Button brings capitals, insets, a shadow and an icon stuck to its edge; hence an own one, which
 * tells a screen reader that it is a button.
 */
class ActionButton @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) :
    LinearLayout(context, attrs) {
    /** How loud a button is. */
    enum class Rank(val background: Int, val text: Int) {
        FILLED(R.drawable.button_filled, R.color.on_primary),
        TONAL(R.drawable.button_tonal, R.color.on_tonal),
        OUTLINED(R.drawable.button_outlined, R.color.primary),
        TEXT(R.drawable.button_text, R.color.primary),
        DANGER(R.drawable.button_danger, R.color.err),
        HERO(R.drawable.button_hero, R.color.on_hero_button),
    }

    private val iconView = IconView(context)
    private val labelView = TextView(context, null, 0, R.style.Text_Button)
    private var rank = Rank.FILLED

    /** The words on the button. */
    var label: CharSequence
        get() = labelView.text
        set(value) {
            labelView.text = value
            contentDescription = Spoken(resources).aloud(value)
        }

    init {
        orientation = HORIZONTAL
        gravity = Gravity.CENTER
        minimumHeight = resources.getDimensionPixelSize(R.dimen.button_min)
        isClickable = true
        isFocusable = true
        foreground = context.getDrawable(R.drawable.focus_button)
        addView(iconView, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT))
        addView(labelView, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT))
        labelView.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
        val given = context.obtainStyledAttributes(attrs, R.styleable.ActionButton)
        setRank(Rank.entries[given.getInt(R.styleable.ActionButton_rank, 0)])
        setIcon(given.getResourceId(R.styleable.ActionButton_icon, 0))
        label = given.getText(R.styleable.ActionButton_label) ?: ""
        given.recycle()
    }

    /** Changes how loud the button is. */
    fun setRank(rank: Rank) {
        this.rank = rank
        setBackgroundResource(rank.background)
        labelView.setTextColor(context.role(rank.text))
        iconView.imageTintList = labelView.textColors
        val side = if (rank == Rank.TEXT) dp(SIDE_OF_TEXT) else dp(SIDE)
        setPadding(side, dp(ABOVE), side, dp(ABOVE))
    }

    /** Shows the icon [drawable], or none for 0. */
    fun setIcon(drawable: Int) {
        iconView.visibility = if (drawable == 0) GONE else VISIBLE
        if (drawable != 0) iconView.setImageResource(drawable)
        iconView.imageTintList = labelView.textColors
        (labelView.layoutParams as LayoutParams).marginStart = if (drawable == 0) 0 else dp(ICON_GAP)
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name

    override fun onInitializeAccessibilityNodeInfo(info: AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(info)
        info.text = contentDescription
    }

    private companion object {
        const val SIDE = 16
        const val SIDE_OF_TEXT = 8
        const val ABOVE = 10
        const val ICON_GAP = 10
    }
}
