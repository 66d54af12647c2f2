package ru.vodomer.app.ui

import org.json.JSONArray
import org.json.JSONObject
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Hand
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.RealApp
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.app.harness.TinyUtility
import ru.vodomer.core.LoginRequest

/** What the real library asks and finds, as the resident reads it. */
@RunWith(RobolectricTestRunner::class)
@Config(application = RealApp::class)
class RealChecksTest {
    @get:Rule
    val keys = TemporaryFolder()
    private val app get() = RuntimeEnvironment.getApplication() as RealApp
    private val utility = TinyUtility(RealApp.NOW)
    private val hand by lazy { Hand(app) { false } }
    private val profile = JSONObject(RealApp.profile(utility.address))

    @Before
    fun pickUp() {
        TestKeystore.install(keys.root)
        Phone().pickUp()
    }

    @After
    fun close() = utility.close()

    @Test
    fun `a value of the hot meter typed for the cold one`() {
        typeForCold("85", last = "1190")
        hand.read("Похоже, перепутаны холодная и горячая")
        hand.read("Число подходит счётчику «горячая вода, кухня».")
        hand.tap("Открыть: горячая, кухня")
        hand.read("Горячая вода, кухня")
        hand.press("85")
        hand.tap("Передать 85 м³")
        hand.read("85 м³ сохранено на телефоне")
    }

    @Test
    fun `two neighbouring digits that changed places`() {
        typeForCold("2135", last = "1234")
        hand.read("Цифры поменялись местами?")
        hand.tap("Исправить на 1235 м³")
        hand.tap("Передать 1235 м³")
        hand.read("1235 м³ сохранено на телефоне")
    }

    @Test
    fun `a dial that went round`() {
        typeForCold("3", last = "99998")
        hand.read("Счётчик пошёл по второму кругу?")
        hand.read("В прошлый раз было 99 998 м³, а введено 3 м³.")
        hand.tap("Да, по второму кругу")
        hand.read("3 м³ сохранено на телефоне")
    }

    @Test
    fun `a meter that was replaced`() {
        typeForCold("3", last = "119")
        hand.read("Меньше, чем в прошлый раз")
        hand.tap("Счётчик меняли")
        replaced("12a", "1", "Можно вводить только цифры и одну запятую")
        replaced("100", "1", "Старый счётчик показывал уже 119 м³.")
        replaced("121", "5", "Новый счётчик начал с 5 м³, а сейчас показывает меньше.")
        replaced("121", "1", "3 м³ сохранено на телефоне")
    }

    @Test
    fun `a use above the utility's limit`() {
        profile.put("checks", JSONObject().put("hard_limit", "50"))
        typeForCold("179", last = "119")
        hand.read("Больше, чем бывает")
        hand.read("Получается 60 м³ за месяц, а больше 50 м³ не бывает.")
        hand.tap("Нет, на счётчике 179")
        hand.read("179 м³ сохранено на телефоне")
    }

    @Test
    fun `the whole face typed without its comma`() {
        signIn(last = "119")
        hand.open(Screens.capture(app, "cold"))
        hand.type(R.id.typed, "123735")
        hand.read("На счётчике 5 чёрных цифр, а введено 6")
        hand.tap("Может быть, 123,735? Исправить")
        hand.tap("Передать 123 м³")
        hand.read("123 м³ сохранено на телефоне")
    }

    @Test
    fun `a bill with a cubic metre too many`() {
        profile.put("tariffs", JSONArray().put(tariff("cold_water", 3_840)).put(tariff("hot_water", 11_306)))
        utility.charges.put(charge(line("cold", "115" to "119", "5", 3_840, 19_200)))
        signIn(last = "119")
        hand.open(Screens.charges(app))
        hand.read("Разница 38,40 ₽")
        hand.read("Начислено 531,18 ₽. По вашим показаниям и тарифам выходит 492,78 ₽.")
        hand.read("Выходит 4 м³, а начислено 5 м³.")
    }

    @Test
    fun `a bill without a known tariff`() {
        utility.charges.put(charge(line("cold", "115" to "119", "4", 3_840, 15_360)))
        signIn(last = "119")
        hand.open(Screens.charges(app))
        hand.read("Проверить не можем")
        hand.read("Нет тарифа на холодную воду.")
    }

    /** With a line for hot water, which is as it should be. */
    private fun charge(cold: JSONObject): JSONObject {
        val hot = line("hot", "79" to "82", "3", 11_306, 33_918)
        val total = cold.getInt("amount_kopecks") + hot.getInt("amount_kopecks")
        return JSONObject()
            .put("account_id", "a").put("period", "2026-10").put("total_kopecks", total).put("due_kopecks", total)
            .put("lines", JSONArray().put(cold).put(hot))
    }

    private fun line(meter: String, values: Pair<String, String>, volume: String, tariff: Int, sum: Int) = JSONObject()
        .put("resource", "${meter}_water").put("meter_id", meter).put("basis", "meter")
        .put("from_value", values.first).put("to_value", values.second).put("volume", volume)
        .put("tariff_kopecks", tariff).put("amount_kopecks", sum)

    private fun tariff(resource: String, kopecks: Int) = JSONObject().put("resource", resource).put("kopecks", kopecks)

    private fun typeForCold(typed: String, last: String) {
        signIn(last)
        hand.open(Screens.capture(app, "cold"))
        hand.press(typed)
        hand.tap("Передать ")
    }

    private fun replaced(old: String, new: String, outcome: String) {
        hand.type(R.id.replaced_final, old)
        hand.type(R.id.replaced_initial, new)
        hand.tap("Передать 3 м³")
        hand.read(outcome)
    }

    private fun signIn(last: String) {
        utility.lastCold = last
        app.profile = profile.toString()
        app.core.login(LoginRequest("1", TinyUtility.PASSWORD))
        assertEquals(2, app.core.home().flats.single().meters.size)
    }
}
