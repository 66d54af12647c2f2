package ru.vodomer.app.ui

import android.os.Bundle
import android.view.KeyEvent
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.DialView
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.Doubt
import ru.vodomer.core.Preview
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException

@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class CaptureScreenTest {
    private val core get() = SampleApp.current.fake
    private val intent get() = Screens.capture(RuntimeEnvironment.getApplication(), "m1")
    private val controller by lazy { Phone().open(CaptureActivity::class.java, intent) }
    private val screen get() = controller.get()

    @Test
    fun `what was typed outlives a rotation`() {
        press("127,3")
        controller.recreate()
        assertEquals("127" to "3", dial().run { face.whole to face.fraction })
    }

    @Test
    fun `what was typed and asked outlives the death of the process`() {
        core.capture = { CaptureOutcome.Asked(Samples.question()) }
        press("12735")
        tap(R.id.submit)
        val kept = Bundle()
        controller.saveInstanceState(kept).pause().stop().destroy()
        val again = Robolectric.buildActivity(CaptureActivity::class.java, intent).setup(kept).get()
        idle()
        assertEquals("Похоже, пропущена запятая", again.findViewById<TextView>(R.id.check_title).text)
        again.keep()
        assertEquals(CaptureRequest("m1", "12735", confirmed = listOf(Doubt.HIGHER)), core.captured.last())
    }

    @Test
    fun `pad, hardware keyboard and pasting write one number`() {
        press("1")
        screen.dispatchKeyEvent(KeyEvent(KeyEvent.ACTION_DOWN, KeyEvent.KEYCODE_2))
        screen.dispatchKeyEvent(KeyEvent(KeyEvent.ACTION_UP, KeyEvent.KEYCODE_2))
        screen.findViewById<EditText>(R.id.typed).append("7,3")
        idle()
        assertEquals("Передать 127\u00A0м³", button(R.id.submit))
        press("<")
        tap(R.id.submit)
        assertEquals("127,", core.captured.last().typed)
    }

    @Test
    fun `a second comma changes nothing`() {
        core.preview = { typed ->
            if (typed.count { it == ',' } > 1) {
                Preview("", "", null, "", null, false, TypedProblem.SecondComma(typed.length), null)
            } else {
                Samples.preview(typed)
            }
        }
        press("127,,3")
        assertEquals("127,3", screen.findViewById<EditText>(R.id.typed).text.toString())
    }

    @Test
    fun `the button sends what is on the dial, and the next screen is the saved one`() {
        press("127,3")
        tap(R.id.submit)
        assertEquals(CaptureRequest("m1", "127,3"), core.captured.single())
        assertTrue(screen.isFinishing)
        val next = shadowOf(screen).nextStartedActivity
        assertEquals(SavedActivity::class.java.name, next.component?.className)
        assertEquals("i-m1", next.getStringExtra(Screens.ITEM))
    }

    @Test
    fun `as last month sends without typing`() {
        assertEquals("Как в прошлом месяце — 123", button(R.id.same))
        tap(R.id.same)
        assertTrue(core.captured.single().sameAsLast)
    }

    @Test
    fun `a reading that is there already is told of, and may be replaced`() {
        core.captureScreen = { Samples.captureScreen().copy(taken = "125") }
        assertTrue(remark().contains("125"))
        assertFalse(screen.findViewById<View>(R.id.same).isShown)
    }

    @Test
    fun `the first button of a check mends, and nothing is sent yet`() {
        core.capture = { CaptureOutcome.Asked(Samples.question()) }
        press("12735")
        tap(R.id.submit)
        tap(R.id.check_fix)
        assertEquals("127" to "35", dial().run { face.whole to face.fraction })
        assertEquals(1, core.captured.size)
    }

    @Test
    fun `back from a check leads to the number, not out of the screen`() {
        core.capture = { CaptureOutcome.Asked(Samples.question()) }
        press("12735")
        tap(R.id.submit)
        tap(R.id.bar_back)
        assertFalse(screen.isFinishing)
        assertEquals("12735", dial().face.whole)
    }

    @Test
    fun `a utility that takes litres is not said to drop them`() {
        core.captureScreen = { Samples.captureScreen().copy(fractionDropped = false) }
        assertEquals("литры", screen.findViewById<TextView>(R.id.caption_red).text)
    }

    @Test
    fun `a full phone keeps the number on the screen and says so`() {
        core.capture = { throw VodomerException.StorageFull() }
        press("127")
        tap(R.id.submit)
        assertEquals("127", dial().face.whole)
        assertTrue(remark().startsWith("Не хватает места на телефоне."))
    }

    @Test
    fun `an empty dial is told what to do, not greyed out`() {
        core.capture = { throw VodomerException.Typed(TypedProblem.Empty) }
        tap(R.id.submit)
        assertEquals("Введите чёрные цифры со счётчика", remark())
        press("1")
        assertFalse(screen.findViewById<View>(R.id.remark).isShown)
    }

    private fun press(keys: String) {
        val pad = screen.findViewById<ViewGroup>(R.id.pad)
        for (key in keys) {
            val index = if (key == '<') pad.childCount - 1 else "123456789,0".indexOf(key)
            pad.getChildAt(index).performClick()
        }
        idle()
    }

    private fun tap(id: Int) {
        screen.findViewById<View>(id).performClick()
        idle()
    }

    private fun dial() = controller.get().findViewById<DialView>(R.id.dial)

    private fun button(id: Int) = screen.findViewById<ActionButton>(id).label.toString()

    private fun remark() = screen.findViewById<TextView>(R.id.remark_text).text.toString()
}
