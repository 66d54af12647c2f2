package ru.vodomer.app.harness

import android.app.Activity
import android.content.Intent
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController

/**
 * The phone a test holds: size in dp (drawn at 2 px a dp), theme, language, type size.
 *
 * Picked up before a screen is opened; a screen that is open already keeps the old one.
 */
data class Phone(
    val widthDp: Int = 360,
    val heightDp: Int = 740,
    val night: Boolean = false,
    val language: String = "ru",
    val fontScale: Float = 1f,
) {
    fun pickUp() {
        val locale = if (language == "ru") "ru-rRU" else "en-rUS"
        val orientation = if (widthDp > heightDp) "land" else "port"
        val theme = if (night) "night" else "notnight"
        RuntimeEnvironment.setQualifiers("$locale-w${widthDp}dp-h${heightDp}dp-$orientation-$theme-xhdpi")
        RuntimeEnvironment.setFontScale(fontScale)
    }

    /** Picks the phone up and opens a screen on it, resumed and laid out. */
    fun <A : Activity> open(screen: Class<A>, intent: Intent? = null): ActivityController<A> {
        pickUp()
        return Robolectric.buildActivity(screen, intent).setup().also { idle() }
    }
}
