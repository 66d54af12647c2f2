package ru.vodomer.app.ui

import android.app.Dialog
import android.view.View
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowDialog
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.Pictures
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.plain
import ru.vodomer.app.harness.shown
import ru.vodomer.app.ui.reading.ProofFacts
import ru.vodomer.app.ui.words.Format
import ru.vodomer.core.Channel
import ru.vodomer.core.Status
import ru.vodomer.core.VodomerException
import ru.vodomer.core.WithdrawalEntry
import ru.vodomer.core.Withdrawn
import java.time.ZoneId

/** Taking a reading back. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class WithdrawTest {
    private val app get() = SampleApp.current
    private val core get() = app.fake
    private val dialog: Dialog? get() = ShadowDialog.getLatestDialog()?.takeIf { it.isShowing }

    @Test
    fun `the button takes nothing back, it asks`() {
        val card = asking()
        assertEquals(emptyList<String>(), core.withdrawn)
        assertEquals("Забрать показание 214 м³?", dialog?.text(R.id.ask_title))
        assertTrue(dialog?.text(R.id.ask_text).orEmpty().startsWith("Если оно ещё не отправлено, его не отправим."))
        tap(R.id.ask_no)
        assertNull(dialog)
        assertEquals(emptyList<String>(), core.withdrawn)
        assertFalse(card.get().findViewById<View>(R.id.note).isShown)
    }

    @Test
    fun `Back leaves the reading as it is, and the button asks again`() {
        val card = asking()
        dialog?.cancel()
        idle()
        assertEquals(emptyList<String>(), core.withdrawn)
        card.get().findViewById<View>(R.id.proof_withdraw).performClick()
        assertTrue(dialog != null)
    }

    @Test
    fun `a question that is open stays open when the phone is turned, and is asked once`() {
        val card = asking()
        card.recreate()
        idle()
        assertEquals(1, ShadowDialog.getShownDialogs().count { it.isShowing })
        tap(R.id.ask_yes)
        assertEquals(listOf("i-3"), core.withdrawn)
        card.recreate()
        idle()
        assertNull(dialog)
    }

    @Test
    fun `each outcome has its words, which a turn of the phone does not wipe away`() {
        val said = mapOf(
            Withdrawn.AT_ONCE to "Показание забрали, приложение его не отправит. Можно снять новое.",
            Withdrawn.QUEUED to "Попросим водоканал убрать показание. Пока он не ответил, оно у него остаётся.",
            Withdrawn.TOO_LATE to "Показание уже вошло в начисление. Здесь его не забрать. Позвоните водоканалу.",
        )
        for ((outcome, sentence) in said) {
            core.withdraw = { outcome }
            val card = asking()
            app.captures = 0
            tap(R.id.ask_yes)
            assertEquals("$outcome is followed by a pass", 1, app.captures)
            assertEquals(sentence, card.get().note())
            card.recreate()
            idle()
            assertEquals(sentence, card.get().note())
        }
    }

    @Test
    fun `a withdrawal that was refused is shown with its reason on the card of the reading`() {
        val format = Format(app.resources, ZoneId.of("Europe/Moscow"))
        val refused = WithdrawalEntry(Status.REJECTED, "PERIOD_CLOSED", null)
        val proof = SentSamples.proof().run { copy(entry = entry.copy(withdrawal = refused)) }
        val facts = ProofFacts(app.resources, format).of(proof)
        val fact = facts.single { it.name == R.string.proof_withdrawal }
        assertEquals("Водоканал не отдал", fact.value)
        assertEquals("Месяц закрыт, показание остаётся в силе.", fact.text?.plain())
    }

    @Test
    fun `a reading that was taken back or corrected elsewhere meanwhile is said to be`() {
        core.withdraw = { throw VodomerException.NotFound("item") }
        val card = asking()
        tap(R.id.ask_yes)
        assertEquals("Это показание уже забрано или исправлено. Больше делать ничего не нужно.", card.get().note())
        assertFalse(card.get().isFinishing)
    }

    @Test
    fun `a full phone takes nothing back and says so, nor does it answer a question or mark a message`() {
        val fails = { throw VodomerException.StorageFull() }
        core.withdraw = { fails() }
        val card = asking()
        app.captures = 0
        tap(R.id.ask_yes)
        val full = "Не хватает места на телефоне. Ничего не изменилось. Освободите место."
        assertEquals(full, card.get().note())
        assertEquals(0, app.captures)
        core.confirm = fails
        card.get().confirm("i-3")
        assertEquals(full, card.get().note())
        core.handOver = fails
        val ways = Phone().stage(ChannelsActivity::class.java)
        ways.sms("a1", checkNotNull(SentSamples.channels().single().sms))
        ways.sent()
        assertEquals(full, ways.findViewById<TextView>(R.id.note_text).text.toString().plain())
        assertEquals(0, app.captures)
    }

    @Test
    fun `what went another way is not taken back with it, and the resident is told`() {
        val told = mapOf(
            Channel.SMS to "Отправленную СМС так не забрать.",
            Channel.EMAIL to "Отправленное письмо так не забрать.",
            Channel.PHONE to "Сказанное по телефону так не забрать.",
        )
        for ((channel, sentence) in told) {
            core.proof = { SentSamples.handedOver(channel, "127") }
            asking()
            assertTrue(dialog?.text(R.id.ask_text).orEmpty().contains(sentence))
            tap(R.id.ask_no)
        }
    }

    @Test
    fun `where nothing can be taken back, nothing is offered, and what was goes no further`() {
        for (status in Status.entries) {
            core.proof = { SentSamples.proof(status) }
            val card = open().get()
            val offered = card.findViewById<View?>(R.id.proof_withdraw) != null
            assertEquals("$status", status != Status.ACCOUNTED && status != Status.NOT_SUBMITTED, offered)
            val steps = card.findViewById<View>(R.id.steps).shown().filterIsInstance<TextView>().map { it.text }
            assertEquals("$status", status == Status.NOT_SUBMITTED, "Больше не действует" in steps)
            if (status == Status.NOT_SUBMITTED) assertFalse("Учтено в начислении" in steps)
        }
    }

    @Test
    fun `the question fits every phone, and its buttons are large`() {
        val phones = mapOf(
            "light" to Phone(),
            "dark" to Phone(night = true),
            "320_x2_dark" to Phone(widthDp = 320, heightDp = 640, fontScale = 2f, night = true),
            "320_x2_en" to Phone(widthDp = 320, heightDp = 640, fontScale = 2f, language = "en"),
            "tablet" to Phone(widthDp = 900, heightDp = 1200),
        )
        core.proof = { SentSamples.handedOver(Channel.SMS, "127") }
        for ((name, phone) in phones) {
            asking(phone)
            val window = checkNotNull(dialog?.window)
            Pictures.window(window, "dialog_withdraw_$name")
            assertEquals(name, emptyList<String>(), LayoutChecks(window.decorView).all())
            tap(R.id.ask_no)
        }
    }

    private fun open(phone: Phone = Phone()): ActivityController<ProofActivity> =
        phone.open(ProofActivity::class.java, Screens.proof(app, "i-3"))

    private fun asking(phone: Phone = Phone()) = open(phone).also {
        it.get().findViewById<View>(R.id.proof_withdraw).performClick()
        idle()
    }

    private fun tap(id: Int) {
        checkNotNull(dialog).findViewById<View>(id).performClick()
        idle()
    }

    private fun ProofActivity.note() = findViewById<TextView>(R.id.note_text).text.toString().plain()

    private fun Dialog.text(id: Int) = findViewById<TextView>(id).text.toString().plain()
}
