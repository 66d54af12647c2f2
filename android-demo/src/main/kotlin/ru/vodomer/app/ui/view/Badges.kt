// Status badges and discs.

package ru.vodomer.app.ui.view

import android.content.res.ColorStateList
import android.widget.ImageView
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.StatusLook
import ru.vodomer.app.ui.words.WaterLook

// Does not grow with the type: the word beside it says the same, and must fit its line.
private const val BADGE_ICON = 20

/** Makes the text a badge: icon and word on a tinted box. */
fun TextView.showBadge(icon: Int, word: Int, box: Int, ink: Int) {
    setText(word)
    setTextColor(context.role(ink))
    setBackgroundResource(R.drawable.box_badge)
    backgroundTintList = ColorStateList.valueOf(context.role(box))
    val side = dp(BADGE_ICON)
    val drawable = context.getDrawable(icon)?.mutate()?.apply {
        setBounds(0, 0, side, side)
        setTint(context.role(ink))
    }
    setCompoundDrawablesRelative(drawable, null, null, null)
}

/** Makes the text the badge of a status. */
fun TextView.showStatus(look: StatusLook) = showBadge(look.icon, look.word, look.box, look.text)

/** The disc of a kind of water. */
fun ImageView.showWater(look: WaterLook) {
    setImageResource(look.icon)
    imageTintList = ColorStateList.valueOf(context.role(look.ink))
    backgroundTintList = ColorStateList.valueOf(context.role(look.disc))
}
