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
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.plain
import ru.vodomer.app.harness.shown
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.Recovered
import ru.vodomer.core.VodomerException

/** A phone that cannot keep anything: nothing claims to be saved that is not, and nothing typed is lost. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class StorageFailuresTest {
    private val app get() = SampleApp.current
    private val core get() = app.fake
    private val failures = mapOf(
        VodomerException.StorageFull() to "Не хватает места на телефоне. ",
        VodomerException.StorageNotWritable() to "В память телефона нельзя записать. ",
        VodomerException.StorageDamaged() to "Файл приложения повреждён. ",
        VodomerException.StorageNotOurs() to "Файл приложения повреждён. ",
        VodomerException.StorageNewer() to "Файл записан новой версией. ",
        VodomerException.Busy() to "Приложение ещё занято. ",
        VodomerException.NotFound("meter") to "Этого больше нет в приложении. ",
        VodomerException.Internal("a defect") to "Не получилось. ",
    )

    @Test
    fun `whatever keeps a reading from being kept is said, and the number stays in its field`() {
        for ((failure, sentence) in failures) {
            core.capture = { throw failure }
            val screen = typed("127,3")
            tap(screen, R.id.submit)
            assertNotSaved(screen, sentence)
        }
    }

    @Test
    fun `a file that cannot even be read any more takes nothing off the screen`() {
        val screen = typed("127,3")
        val fails = { throw VodomerException.StorageDamaged() }
        core.capture = { fails() }
        core.captureScreen = fails
        core.preview = { fails() }
        core.home = fails
        tap(screen, R.id.submit)
        assertNotSaved(screen, "Файл приложения повреждён. ")
        screen.findViewById<ViewGroup>(R.id.pad).getChildAt(0).performClick()
        idle()
        assertEquals("127,31", screen.findViewById<EditText>(R.id.typed).text.toString())
        assertFalse(screen.isFinishing)
    }

    @Test
    fun `an answer to a check that cannot be kept leads back to the number`() {
        core.capture = { CaptureOutcome.Asked(Samples.question()) }
        val screen = typed("12735")
        tap(screen, R.id.submit)
        core.capture = { throw VodomerException.StorageNotWritable() }
        tap(screen, R.id.check_keep)
        assertNotSaved(screen, "В память телефона нельзя записать. ", typed = "12735")
    }

    @Test
    fun `a recovery is told on home before everything else, until it is understood`() {
        core.home = { Samples.home(needsSignIn = true) }
        core.recovered = { Recovered(Samples.NOW, 2) }
        val home = Phone().stage(HomeActivity::class.java)
        assertEquals(
            "Память телефона дала сбой. Мы вернули 2 показания, они ждут отправки. " +
                "Прошлые показания появятся, когда будет связь.",
            home.note(),
        )
        tap(home, R.id.note_button)
        assertNull(core.recovered())
        assertTrue(home.note().startsWith("Нужно войти заново."))
    }

    @Test
    fun `a recovery that cannot be noted as told is told again`() {
        core.recovered = { Recovered(Samples.NOW, 0) }
        core.recoveryTold = { throw VodomerException.StorageFull() }
        val home = Phone().stage(HomeActivity::class.java)
        tap(home, R.id.note_button)
        assertTrue(home.note().contains("Показаний, которые ждали отправки, не нашлось."))
    }

    private fun typed(text: String): CaptureActivity {
        core.home = { Samples.home() }
        val screen = Phone().stage(CaptureActivity::class.java, Screens.capture(app, "m1"))
        screen.findViewById<EditText>(R.id.typed).append(text)
        idle()
        return screen
    }

    private fun tap(screen: ScreenActivity, id: Int) {
        screen.findViewById<View>(id).performClick()
        idle()
    }

    private fun assertNotSaved(screen: CaptureActivity, sentence: String, typed: String = "127,3") {
        assertEquals(typed, screen.findViewById<EditText>(R.id.typed).text.toString())
        val remark = screen.findViewById<TextView>(R.id.remark_text).text.toString().plain()
        assertTrue(remark, remark.startsWith(sentence + "Показание не сохранено, число осталось на экране."))
        assertFalse(screen.isFinishing)
        assertNull("no other screen comes over it", shadowOf(screen).nextStartedActivity)
        val said = screen.window.decorView.shown().filterIsInstance<TextView>().map { it.text }
        assertTrue("$said", said.none { it.contains("сохранено на") })
    }

    private fun HomeActivity.note() = findViewById<TextView>(R.id.note_text).text.toString().plain()
}
