package ru.vodomer.app.ui

import android.content.Intent
import android.view.View
import android.widget.LinearLayout
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
import ru.vodomer.app.harness.plain
import ru.vodomer.app.harness.shown
import ru.vodomer.core.Channel
import ru.vodomer.core.Proof
import ru.vodomer.core.Status

/** What the card of a reading proves. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class ProofScreenTest {
    private val app get() = SampleApp.current

    @Test
    fun `a phone whose clock was right is not spoken of`() {
        val off = listOf(0L, A_MINUTE, -A_MINUTE)
        for (by in off) assertFalse("$by", says(SentSamples.underWrongClock(by), "По часам телефона"))
    }

    @Test
    fun `a clock that was wrong is shown with what it was wrong by, and whose time was noted`() {
        val behind = open(SentSamples.underWrongClock(-119 * A_MINUTE))
        assertEquals(
            listOf(
                "По часам телефона",
                "23 ноября 2025, 07:15:02",
                "Часы телефона отставали на 1 час 59 минут. Время поставлено по часам водоканала.",
            ),
            behind.facts(),
        )
        val ahead = open(SentSamples.underWrongClock(366 * 1_440 * A_MINUTE + 1))
        assertEquals("24 ноября 2026, 09:14:02", ahead.facts()[1])
        assertTrue(ahead.facts()[2].startsWith("Часы телефона спешили на 366 дней."))
        assertTrue("noted at", ahead.words().contains("23 ноября, 09:14:02"))
    }

    @Test
    fun `what went another way is there word for word, with its time, also when the reading has arrived since`() {
        val text = "Счёт 1204417: ХВС 127, ГВС 86"
        for (status in listOf(Status.SENT_ELSEWHERE, Status.ACCEPTED)) {
            val card = open(SentSamples.handedOver(Channel.SMS, text, status))
            assertEquals(listOf("Вы отправили СМС", "23 ноября, 09:19:02", text), card.facts())
        }
        val said = open(SentSamples.handedOver(Channel.PHONE, "Лицевой счёт: 1 2 0\nВода: 1 2 7"))
        assertEquals("Вы передали по телефону", said.facts().first())
        assertEquals("Лицевой счёт: 1 2 0\nВода: 1 2 7", said.facts().last())
    }

    @Test
    fun `the utility is said to confirm the code only where there is a receipt`() {
        val confirmed = "Водоканал подтвердит этот код вместе с номером квитанции."
        assertTrue(says(SentSamples.proof(Status.ACCEPTED), confirmed))
        assertFalse(says(SentSamples.proof(Status.WAITING_FOR_NETWORK), confirmed))
        assertTrue(says(SentSamples.proof(Status.WAITING_FOR_NETWORK), "Вместе с ней изменится и код проверки."))
    }

    @Test
    fun `what is shared says all of it too`() {
        val proof = SentSamples.handedOver(Channel.EMAIL, "Лицевой счёт 1204417\nВода: 127").copy(phoneAt = 0)
        val card = open(proof)
        card.findViewById<View>(R.id.first_button).performClick()
        val chooser = shadowOf(card).nextStartedActivity

        @Suppress("DEPRECATION")
        val sent = chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT)?.getStringExtra(Intent.EXTRA_TEXT)
        val lines = sent.orEmpty().plain().lines()
        assertTrue("$lines", lines.contains("По часам телефона: 1 января 1970, 03:00:00"))
        assertTrue("$lines", lines.any { it.startsWith("Часы телефона отставали на ") })
        assertTrue("$lines", lines.contains("Вы отправили письмо: 23 ноября, 09:19:02"))
        assertTrue("$lines", lines.containsAll(listOf("Лицевой счёт 1204417", "Вода: 127")))
    }

    private fun open(proof: Proof): ProofActivity {
        app.fake.proof = { proof }
        return Phone().stage(ProofActivity::class.java, Screens.proof(app, "i-3"))
    }

    private fun says(proof: Proof, sentence: String) = open(proof).words().contains(sentence)

    private fun ProofActivity.facts(): List<String> {
        val list = findViewById<LinearLayout>(R.id.list)
        val cards = (0 until list.childCount).map(list::getChildAt)
        val card = cards.first { it.findViewById<View?>(R.id.fact_name) != null }
        return card.shown().filterIsInstance<TextView>().map { it.text.toString().plain() }
    }

    private fun ProofActivity.words(): String = window.decorView.shown()
        .filterIsInstance<TextView>()
        .joinToString("\n") { it.text.toString().plain() }

    private companion object {
        const val A_MINUTE = 60_000L
    }
}
