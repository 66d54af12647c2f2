package ru.vodomer.app.ui

import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import java.time.ZoneId

@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class FormatTest {
    private val resources get() = RuntimeEnvironment.getApplication().resources
    private val format get() = Format(resources, ZoneId.of("Europe/Moscow"))
    private val spoken get() = Spoken(resources)

    @Test
    fun `digits are parted from five on, and the comma is a comma`() {
        assertEquals("1086", russian { number("1086") })
        assertEquals("12\u00A0735", russian { number("12735") })
        assertEquals("−25", russian { number("-25") })
        assertEquals("127,35\u00A0м³", russian { volume("127.35") })
        assertEquals("12,735.5", english { number("12735.5") })
    }

    @Test
    fun `kopecks are written as roubles`() {
        assertEquals("667,08\u00A0₽", russian { money(66_708) })
        assertEquals("0,05\u00A0₽", russian { money(5) })
        assertEquals("−120,00\u00A0₽", russian { money(-12_000) })
        assertEquals("12\u00A0345,67\u00A0₽", russian { money(1_234_567) })
    }

    @Test
    fun `dates are the utility's and in words`() {
        assertEquals("25\u00A0ноября", russian { day("2025-11-25") })
        assertEquals("с\u00A023 по 25\u00A0декабря", russian { days("2025-12-23", "2025-12-25") })
        assertEquals("с\u00A025\u00A0ноября по 5\u00A0декабря", russian { days("2025-11-25", "2025-12-05") })
        assertEquals("октябрь", russian { month("2025-10") })
        assertEquals("декабре", russian { inMonth("2025-12") })
        assertEquals("23\u00A0ноября, 14:20:00", russian { dayAndSeconds(Samples.NOW) })
        assertEquals("сегодня в\u00A014:20", russian { moment(Samples.NOW, Samples.NOW) })
        assertEquals("25\u00A0November", english { day("2025-11-25") })
    }

    @Test
    fun `a flat's number keeps to its abbreviation`() =
        assertEquals("ул. Ленина, 12, кв.\u00A034", russian { address("ул. Ленина, 12, кв. 34") })

    @Test
    fun `counts are spoken as Russians decline them`() {
        Phone().pickUp()
        assertEquals("1 кубометр", spoken.volume("1"))
        assertEquals("22 кубометра", spoken.volume("22"))
        assertEquals("11 кубометров", spoken.volume("11"))
        assertEquals("127,35 кубометра", spoken.volume("127.35"))
        assertEquals("127 целых, 5 сотых", spoken.digits("00127", "05"))
        assertEquals("21 целая, 1 десятая", spoken.digits("21", "1"))
        assertEquals("667 рублей 8 копеек", spoken.aloud("667,08\u00A0₽"))
        assertEquals("Получается 12612 кубометров за месяц", spoken.aloud("Получается 12\u00A0612\u00A0м³ за месяц"))
    }

    private fun russian(value: Format.() -> String): String {
        Phone().pickUp()
        return format.value()
    }

    private fun english(value: Format.() -> String): String {
        Phone(language = "en").pickUp()
        return format.value()
    }
}
