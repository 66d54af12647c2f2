package ru.vodomer.app.ui

import android.content.Intent
import android.view.View
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.shown
import ru.vodomer.core.Channel

/** The ways besides the network: message, letter, call. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class WaysScreensTest {
    private val core get() = SampleApp.current.fake
    private val screen by lazy { Phone().stage(ChannelsActivity::class.java) }
    private val ways = SentSamples.channels().single()

    @Test
    fun `the messenger gets number and text, and nothing is marked by itself`() {
        open(Channel.SMS)
        val message = started()
        assertEquals("smsto", message.data?.scheme)
        assertEquals(ways.sms?.to, message.data?.schemeSpecificPart)
        assertEquals(ways.sms?.body, message.getStringExtra("sms_body"))
        assertTrue(core.handedOver.isEmpty())
    }

    @Test
    fun `the letter gets addressee, subject and text`() {
        open(Channel.EMAIL)
        val letter = started()
        assertEquals(Intent.ACTION_SENDTO, letter.action)
        assertTrue(letter.dataString.orEmpty().startsWith("mailto:"))
        assertEquals(ways.email?.subject, letter.getStringExtra(Intent.EXTRA_SUBJECT))
        assertEquals(ways.email?.body, letter.getStringExtra(Intent.EXTRA_TEXT))
    }

    @Test
    fun `the dialler gets the number, and does not call by itself`() {
        open(Channel.PHONE)
        assertEquals(Intent.ACTION_DIAL, started().action)
    }

    @Test
    fun `having come back, the resident is asked, and yes marks the readings`() {
        open(Channel.SMS)
        assertTrue(says("Отправили СМС?"))
        tap(R.id.sent_mark)
        assertEquals(listOf(Channel.SMS), core.handedOver)
        assertFalse(says("Отправили СМС?"))
        assertTrue(says("водоканал посчитает один раз"))
    }

    @Test
    fun `not yet marks nothing`() {
        open(Channel.PHONE)
        assertTrue(says("Передали по телефону?"))
        tap(R.id.sent_not_yet)
        assertTrue(core.handedOver.isEmpty())
        assertFalse(says("Передали по телефону?"))
    }

    @Test
    fun `without a program for it the resident is told`() {
        shadowOf(SampleApp.current).checkActivities(true)
        open(Channel.SMS)
        assertTrue(says("На телефоне нет программы для этого"))
    }

    private fun open(channel: Channel) {
        val card = screen.findViewById<View>(R.id.list).findViewWithTag<View>(channel)
        card.findViewById<View>(R.id.channel_open).performClick()
        idle()
    }

    private fun tap(id: Int) {
        screen.findViewById<View>(R.id.list).shown().first { it.id == id }.performClick()
        idle()
    }

    private fun started() = shadowOf(screen).nextStartedActivity

    private fun says(sentence: String) = screen.window.decorView.shown()
        .filterIsInstance<TextView>()
        .any { it.text.toString().replace('\u00A0', ' ').contains(sentence) }
}
