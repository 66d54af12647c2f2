package ru.vodomer.app.ui

import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.plain
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.DialView
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.Doubt
import ru.vodomer.core.Happened
import ru.vodomer.core.Question
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException

/** What is asked, and where each answer leads. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class CheckScreenTest {
    private val core get() = SampleApp.current.fake
    private val intent get() = Screens.capture(RuntimeEnvironment.getApplication(), "m1")
    private val controller by lazy { Phone().open(CaptureActivity::class.java, intent) }
    private val screen get() = controller.get()

    @Test
    fun `two swapped meters are called by name, and mending takes the other's value`() {
        core.otherScreen = { CheckScenes.hotBath }
        ask(CheckScenes.swapped)
        assertEquals("Похоже, перепутаны холодная и горячая", text(R.id.check_title))
        assertTrue(text(R.id.check_text).contains("У счётчика «горячая вода, ванная» записано 127"))
        tap(R.id.check_fix)
        assertEquals("127", screen.findViewById<DialView>(R.id.dial).face.whole)
        assertEquals("nothing is sent yet", 1, core.captured.size)
    }

    @Test
    fun `two meters of one kind are not called hot and cold`() {
        core.otherScreen = { CheckScenes.hotBath.copy(resource = Samples.captureScreen().resource, zone = "T2") }
        ask(CheckScenes.swapped)
        assertEquals("Похоже, это показание другого счётчика", text(R.id.check_title))
        assertTrue(text(R.id.check_text).contains("«холодная вода, ванная, T2»"))
    }

    @Test
    fun `a value of a meter without one leads to that meter`() {
        core.otherScreen = { CheckScenes.hotBath }
        ask(CheckScenes.another)
        assertEquals("Открыть: горячая, ванная", label(R.id.check_fix))
        tap(R.id.check_fix)
        assertEquals("m4", shadowOf(screen).nextStartedActivity.getStringExtra(Screens.METER))
        assertTrue(screen.isFinishing)
    }

    @Test
    fun `a meter that is gone since is not spoken of`() {
        core.otherScreen = { throw VodomerException.NotFound("meter") }
        ask(CheckScenes.another)
        assertEquals("Похоже, это показание другого счётчика", text(R.id.check_title))
        tap(R.id.check_fix)
        assertEquals("86", screen.findViewById<DialView>(R.id.dial).face.whole)
        assertNull(shadowOf(screen).nextStartedActivity)
    }

    @Test
    fun `a dial that went round is said to have done so, and what is asked then keeps it in mind`() {
        ask(CheckScenes.rolledOver)
        assertEquals("Счётчик пошёл по второму кругу?", text(R.id.check_title))
        assertEquals("no use is known before that is answered", "—", text(R.id.fact_used_value))
        core.capture = { CaptureOutcome.Asked(Samples.question(guess = null)) }
        tap(R.id.check_fix)
        assertEquals(CaptureRequest("m1", "3", happened = Happened.RolledOver), core.captured.last())
        tap(R.id.check_keep)
        val kept = CaptureRequest("m1", "3", happened = Happened.RolledOver, confirmed = listOf(Doubt.HIGHER))
        assertEquals(kept, core.captured.last())
    }

    @Test
    fun `only a lower value asks whether the meter was replaced`() {
        ask(Samples.question())
        assertFalse(screen.findViewById<View>(R.id.check_replaced).isShown)
    }

    @Test
    fun `a replaced meter's two values go as they were typed, and outlive a rotation`() {
        openForm()
        type(R.id.replaced_final, "0125,5")
        type(R.id.replaced_initial, " 1")
        controller.recreate()
        idle()
        assertEquals("0125,5", field(R.id.replaced_final))
        assertEquals(" 1", field(R.id.replaced_initial))
        assertEquals("Передать 3 м³", label(R.id.replaced_submit).plain())
        tap(R.id.replaced_submit)
        val request = CaptureRequest("m1", "3", happened = Happened.Replaced("0125,5", " 1"))
        assertEquals(request, core.captured.last())
    }

    @Test
    fun `what is wrong with one of the two stands below it`() {
        openForm()
        core.capture = { throw VodomerException.ReplacedTyped(ReplacedField.INITIAL, TypedProblem.Empty) }
        type(R.id.replaced_final, "125")
        tap(R.id.replaced_submit)
        assertEquals("Введите чёрные цифры со счётчика", wrong(R.id.replaced_initial_wrong))
        assertFalse(screen.findViewById<View>(R.id.replaced_final_wrong).isShown)
        assertTrue(screen.findViewById<View>(R.id.replaced_initial_box).isActivated)
        assertEquals("125", field(R.id.replaced_final))
        type(R.id.replaced_initial, "1")
        assertFalse(screen.findViewById<View>(R.id.replaced_initial_wrong).isShown)
    }

    @Test
    fun `a full phone is told of below the form, which stays`() {
        openForm()
        core.capture = { throw VodomerException.StorageFull() }
        type(R.id.replaced_final, "125")
        tap(R.id.replaced_submit)
        assertTrue(wrong(R.id.replaced_wrong).startsWith("Не хватает места на телефоне."))
        assertEquals("125", field(R.id.replaced_final))
    }

    @Test
    fun `a use that is high under the claim leads back to the claim's two values`() {
        openForm()
        type(R.id.replaced_final, "1250")
        core.capture = { CaptureOutcome.Asked(Samples.question(guess = null)) }
        tap(R.id.replaced_submit)
        assertEquals("Расход больше обычного", text(R.id.check_title))
        tap(R.id.check_fix)
        assertEquals("1250", field(R.id.replaced_final))
    }

    @Test
    fun `back leads from the form to the check, and from there to the number`() {
        openForm()
        tap(R.id.bar_back)
        assertTrue(screen.findViewById<View>(R.id.check).isShown)
        tap(R.id.bar_back)
        assertFalse(screen.isFinishing)
        assertTrue(screen.findViewById<View>(R.id.pad).isShown)
    }

    @Test
    fun `too many digits are mended by one tap, and looked at before they are sent`() {
        screen.findViewById<EditText>(R.id.typed).append("127351")
        idle()
        assertEquals("На счётчике 5 чёрных цифр, а введено 6", text(R.id.remark_text))
        assertEquals("Может быть, 127,351? Исправить", label(R.id.meant))
        tap(R.id.meant)
        assertEquals("127,351", screen.findViewById<EditText>(R.id.typed).text.toString())
        assertFalse(screen.findViewById<View>(R.id.meant).isShown)
        assertTrue(core.captured.isEmpty())
    }

    @Test
    fun `several months are named, and so is the limit`() {
        ask(Question(Doubt.ABOVE_LIMIT, "723", "123", "600", 3, "4", "300", null))
        assertEquals("Больше, чем бывает", text(R.id.check_title))
        val said = "Получается 600 м³ за 3 месяца, а больше 300 м³ не бывает. Сверьте цифры со счётчиком."
        assertEquals(said, text(R.id.check_text))
    }

    private fun ask(question: Question) {
        core.capture = { CaptureOutcome.Asked(question) }
        screen.findViewById<EditText>(R.id.typed).append(question.value)
        tap(R.id.submit)
    }

    private fun openForm() {
        ask(Samples.lower(value = "3"))
        tap(R.id.check_replaced)
        assertFalse(screen.findViewById<ViewGroup>(R.id.check).isShown)
        assertTrue(screen.findViewById<View>(R.id.replaced).isShown)
    }

    private fun tap(id: Int) {
        screen.findViewById<View>(id).performClick()
        idle()
    }

    private fun type(id: Int, typed: String) {
        screen.findViewById<EditText>(id).setText(typed)
        idle()
    }

    private fun text(id: Int) = screen.findViewById<TextView>(id).text.toString().plain()

    private fun field(id: Int) = screen.findViewById<EditText>(id).text.toString()

    private fun label(id: Int) = screen.findViewById<ActionButton>(id).label.toString()

    private fun wrong(id: Int) = screen.findViewById<View>(id).findViewById<TextView>(R.id.wrong_text).text.toString()
}
