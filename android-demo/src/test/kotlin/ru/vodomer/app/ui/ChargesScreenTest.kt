package ru.vodomer.app.ui

import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.plain
import ru.vodomer.app.harness.shown
import ru.vodomer.core.Charge
import ru.vodomer.core.ChargeVerdict
import ru.vodomer.core.LineVerdict
import ru.vodomer.core.Resource
import ru.vodomer.core.Verdict
import ru.vodomer.core.Why

/** The verdict, then line by line what led to it. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class ChargesScreenTest {
    private val core get() = SampleApp.current.fake
    private val cards by lazy {
        val screen = Phone().stage(ChargesActivity::class.java)
        screen.findViewById<ViewGroup>(R.id.list).children().filter { it.findViewById<View?>(R.id.verdict) != null }
    }

    @Test
    fun `a difference is said in roubles, and each line says why`() {
        val october = cards.first()
        assertEquals("Разница 137,96 ₽", october.text(R.id.verdict_title))
        val sums = "Начислено 667,08 ₽. По вашим показаниям и тарифам выходит 529,12 ₽."
        assertEquals(sums, october.text(R.id.verdict_text))
        val (_, hot, sewage) = october.lines()
        assertEquals(
            "По счётчику 2 м³. Взяли среднее, хотя показание принято 24 октября.",
            hot.text(R.id.line_why),
        )
        assertEquals("Холодной и горячей вместе 6 м³, а стоков начислено 7 м³.", sewage.text(R.id.line_why))
    }

    @Test
    fun `a bill that is right says so, and what was given is not said to be checked`() {
        val september = cards[1]
        assertEquals("Всё верно", september.text(R.id.verdict_title))
        val (cold, benefit) = september.lines()
        assertTrue(cold.spoken().endsWith(". верно"))
        assertEquals("Льгота", benefit.text(R.id.line_name))
        assertEquals("−10,00 ₽", benefit.text(R.id.line_sum))
        assertEquals("льгота по приказу", benefit.text(R.id.line_note))
        assertTrue(benefit.spoken().endsWith("не проверено"))
        assertTrue(benefit.shown().none { it.id == R.id.line_formula })
    }

    @Test
    fun `without a tariff there is no verdict, and the reason is told`() {
        val august = cards[2]
        assertEquals("Проверить не можем", august.text(R.id.verdict_title))
        assertEquals("Нет тарифа на холодную воду с 1 июля.", august.text(R.id.verdict_text))
        assertTrue(august.lines().single().spoken().contains("не проверено"))
    }

    @Test
    fun `a line that is not on the bill, and one that gives something back, are told from the rest`() {
        val missing = ChargeSamples.toCheck(Resource.HOT_WATER, "meter", "0", 0, 0, "m2")
        val given = ChargeSamples.toCheck(Resource.COLD_WATER, "recalculation", "0", 0, 5_000)
        show(ChargeSamples.given(given), ChargeSamples.wrong(missing, 22_612, "2", Why.MissingLine))
        val (recalculation, hot) = cards.first().lines()
        assertEquals("Перерасчёт: Холодная вода", recalculation.text(R.id.line_name))
        assertEquals("+50,00 ₽", recalculation.text(R.id.line_sum))
        assertEquals("Показание принято, а строки в начислении нет.", hot.text(R.id.line_why))
        assertTrue(hot.spoken().contains("не сходится"))
    }

    @Test
    fun `mistakes without a difference in the sum are mistakes`() {
        show(ChargeSamples.right(ChargeSamples.toCheck(Resource.COLD_WATER, "meter", "4", 3_840, 15_360)))
        assertEquals("Не всё сходится", cards.first().text(R.id.verdict_title))
        assertTrue(cards.first().text(R.id.verdict_text).contains("Строки вместе дают 1,00 ₽, а в итоге 2,00 ₽."))
    }

    private fun show(vararg lines: LineVerdict) {
        core.charges = { listOf(Charge("2025-10", 0, 0, null, emptyList())) }
        core.verdict = {
            ChargeVerdict(lines.toList(), listOf(Why.TotalDiffers(100, 200)), 0, 0, 0, Verdict.Differs)
        }
    }

    private fun View.lines() = findViewById<ViewGroup>(R.id.charge_lines).children()

    private fun ViewGroup.children() = (0 until childCount).map(::getChildAt)

    private fun View.text(id: Int) = findViewById<TextView>(id).text.toString().plain()

    private fun View.spoken() = contentDescription.toString().plain()
}
