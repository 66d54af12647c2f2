package ru.vodomer.app.ui

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.shown
import ru.vodomer.core.Status

/** What a screen reader finds. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class SpokenScreensTest {
    @Test
    fun `a meter's row is one stop with everything in it`() {
        val row = rows().first()
        val node = row.createAccessibilityNodeInfo()
        assertEquals(
            "Холодная вода, кухня, ул. Ленина, 12, кв. 34. не передано. В прошлый раз 123 кубометра",
            node.contentDescription.toString(),
        )
        assertEquals(Button::class.java.name, node.className)
        assertTrue((row as ViewGroup).children().none { it.isImportantForAccessibility })
    }

    @Test
    fun `a value is spoken in words`() {
        assertEquals(
            "Горячая вода, кухня, ул. Ленина, 12, кв. 34. 86 кубометров, ждёт связи",
            rows()[1].contentDescription.toString(),
        )
    }

    @Test
    fun `the dial says what stands on it and what will be sent`() {
        val dial = scene("capture").findViewById<View>(R.id.dial)
        assertEquals(
            "Показание. 127 целых, 3 десятых. Передадим 127 кубометров. В прошлый раз 123 кубометра",
            dial.contentDescription.toString().replace('\u00A0', ' '),
        )
    }

    @Test
    fun `the difference is announced politely`() {
        val used = scene("capture").findViewById<View>(R.id.fact_used_value)
        assertEquals(View.ACCESSIBILITY_LIVE_REGION_POLITE, used.accessibilityLiveRegion)
        assertEquals("Израсходовано 4 кубометра", used.contentDescription)
    }

    @Test
    fun `keys have names`() {
        val pad = scene("capture").findViewById<ViewGroup>(R.id.pad).children()
        assertEquals("Запятая", pad[9].contentDescription)
        assertEquals("Стереть последнюю цифру", pad[11].contentDescription)
        assertEquals("7", (pad[6] as TextView).text)
    }

    @Test
    fun `every screen has a pane title and a heading`() {
        for (scene in Screenplay.scenes) {
            val activity = scene.on(Phone())
            val screen = activity.findViewById<View>(R.id.screen)
            assertTrue(scene.name, !screen.accessibilityPaneTitle.isNullOrBlank())
            assertTrue(scene.name, screen.shown().any { it.isAccessibilityHeading })
        }
    }

    @Test
    fun `a step of the timeline is read with its state`() {
        val steps = scene("proof").findViewById<LinearLayout>(R.id.steps).children()
        assertEquals("Сохранено на телефоне. выполнено. 23 ноября, 09:14:02", steps[0].spoken())
        assertTrue(steps[3].spoken().startsWith("Учтено в начислении. впереди"))
    }

    @Test
    fun `the check code is read letter by letter`() {
        val code = scene("proof").findViewById<View>(R.id.dispute_code)
        assertEquals("1 A 2 B 3 C 4 D 5 E 6 F 7 0 8 1", code.contentDescription)
    }

    @Test
    fun `a button says units in words`() {
        val check = scene("capture_check")
        assertEquals("Исправить на 127 кубометров", check.findViewById<View>(R.id.check_fix).contentDescription)
    }

    private fun rows(): List<View> {
        SampleApp.current.fake.home = { Samples.home(flats = listOf(Samples.mine(hot = Status.WAITING_FOR_NETWORK))) }
        return Phone().stage(HomeActivity::class.java).findViewById<ViewGroup>(R.id.flat_meters).children()
    }

    private fun scene(name: String) = Screenplay.scenes.first { it.name == name }.on(Phone())

    private fun ViewGroup.children() = (0 until childCount).map(::getChildAt)

    private fun View.spoken() = contentDescription.toString().replace('\u00A0', ' ')
}
