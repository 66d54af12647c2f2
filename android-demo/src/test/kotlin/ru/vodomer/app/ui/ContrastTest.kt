package ru.vodomer.app.ui

import android.graphics.Color
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.ui.words.StatusLook
import ru.vodomer.app.ui.words.WaterLook
import kotlin.math.pow

/** Contrast by WCAG 2, computed from the colour resources of both themes. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class ContrastTest {
    private val texts = listOf(
        R.color.on to listOf(R.color.bg, R.color.card, R.color.sunken, R.color.key, R.color.key_fn),
        R.color.on_var to listOf(R.color.bg, R.color.card, R.color.sunken),
        R.color.primary to listOf(R.color.bg, R.color.card, R.color.warn_bg),
        R.color.on_primary to listOf(R.color.primary),
        R.color.on_tonal to listOf(R.color.tonal),
        R.color.on_hero to listOf(R.color.hero),
        R.color.on_hero_var to listOf(R.color.hero),
        R.color.on_hero_button to listOf(R.color.hero_button),
        R.color.on_ok to listOf(R.color.ok_bg),
        R.color.on_warn to listOf(R.color.warn_bg),
        R.color.on_err to listOf(R.color.err_bg),
        R.color.on_wait to listOf(R.color.wait_bg),
        R.color.warn to listOf(R.color.card),
        R.color.err to listOf(R.color.bg, R.color.card),
        R.color.dial_text to listOf(R.color.dial),
        R.color.dial_dim to listOf(R.color.dial),
        R.color.dial_red_text to listOf(R.color.dial_red, R.color.bg),
    ) + StatusLook.entries.map { it.text to listOf(it.box) }

    private val graphics = listOf(
        R.color.outline to listOf(R.color.bg, R.color.card),
        R.color.focus to listOf(R.color.bg, R.color.dial, R.color.dial_red),
        R.color.ok to listOf(R.color.card),
        R.color.hero_button to listOf(R.color.hero),
    ) + WaterLook.entries.map { it.ink to listOf(it.disc) }

    @Test
    fun `text stands out by four and a half to one in both themes`() = assertEquals("", faint(texts, 4.5))

    @Test
    fun `borders, icons and the focus ring stand out by three to one in both themes`() =
        assertEquals("", faint(graphics, 3.0))

    @Test
    fun `a faint pair is found`() = assertTrue(faint(listOf(R.color.hairline to listOf(R.color.bg)), 4.5).isNotEmpty())

    private fun faint(pairs: List<Pair<Int, List<Int>>>, least: Double): String = listOf(false, true).flatMap { night ->
        Phone(night = night).pickUp()
        val resources = RuntimeEnvironment.getApplication().resources
        fun name(id: Int) = resources.getResourceEntryName(id)
        pairs.flatMap { (ink, papers) ->
            papers
                .map { it to contrast(resources.getColor(ink, null), resources.getColor(it, null)) }
                .filter { (_, ratio) -> ratio < least }
                .map { (paper, ratio) -> "night $night: ${name(ink)} on ${name(paper)} $ratio" }
        }
    }.joinToString("\n")

    private fun contrast(one: Int, other: Int): Double {
        val (darker, lighter) = listOf(luminance(one), luminance(other)).sorted()
        return (lighter + OFFSET) / (darker + OFFSET)
    }

    private fun luminance(colour: Int): Double =
        RED * linear(Color.red(colour)) + GREEN * linear(Color.green(colour)) + BLUE * linear(Color.blue(colour))

    private fun linear(channel: Int): Double {
        val share = channel / FULL
        return if (share <= KNEE) share / SLOPE else ((share + SHIFT) / (1 + SHIFT)).pow(GAMMA)
    }

    private companion object {
        const val OFFSET = 0.05
        const val RED = 0.2126
        const val GREEN = 0.7152
        const val BLUE = 0.0722
        const val FULL = 255.0
        const val KNEE = 0.04045
        const val SLOPE = 12.92
        const val SHIFT = 0.055
        const val GAMMA = 2.4
    }
}
