package ru.vodomer.app.ui

import android.app.Activity
import android.view.ViewGroup
import android.widget.FrameLayout
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle

@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class ScreenChecksTest {
    private val phones = mapOf(
        "360" to Phone(),
        "320" to Phone(widthDp = 320, heightDp = 640),
        "320 ×1.3" to Phone(widthDp = 320, heightDp = 640, fontScale = 1.3f),
        "360 ×2" to Phone(fontScale = 2f),
        "320 ×2" to Phone(widthDp = 320, heightDp = 640, fontScale = 2f),
        "320 ×2 English" to Phone(widthDp = 320, heightDp = 640, fontScale = 2f, language = "en"),
        "600" to Phone(widthDp = 600, heightDp = 960),
        "lying" to Phone(widthDp = 740, heightDp = 360),
    )

    /** One walk for all checks: opening a screen costs more than measuring it. */
    @Test
    fun `on every screen what can be tapped is large and named, and no text is cut or broken`() {
        val found = phones.flatMap { (name, phone) ->
            Screenplay.scenes.flatMap { scene -> everything(scene.on(phone)).map { "$name, ${scene.name}: $it" } }
        }
        assertEquals("", found.joinToString("\n"))
    }

    @Test
    fun `the checks see what they are for`() {
        val activity = Screenplay.scenes.first().on(Phone(widthDp = 320))
        val place = activity.findViewById<ViewGroup>(R.id.flats)
        val bad = TextView(activity).apply {
            text = "Достопримечательность"
            textSize = 40f
            isClickable = true
        }
        place.removeAllViews()
        place.addView(bad, FrameLayout.LayoutParams(90, 60))
        idle()
        val checks = LayoutChecks(activity)
        assertEquals(1, checks.smallTargets().size)
        assertEquals(1, checks.cutText().size)
        assertNotEquals(0, checks.brokenWords().size)
        bad.text = ""
        idle()
        assertEquals(1, LayoutChecks(activity).namelessTargets().size)
        bad.translationX = 0f
        bad.layout(0, 0, place.width * 2, 60)
        assertEquals(1, LayoutChecks(activity).overflowing().size)
    }

    private fun everything(activity: Activity) = LayoutChecks(activity).all()
}
