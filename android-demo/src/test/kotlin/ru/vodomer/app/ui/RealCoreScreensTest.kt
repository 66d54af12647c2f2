package ru.vodomer.app.ui

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
import ru.vodomer.app.harness.Pictures
import ru.vodomer.app.harness.RealApp
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.app.harness.TinyUtility
import ru.vodomer.core.Status

/** The screens one after the other on the real library: from signing in to the card of a reading. */
@RunWith(RobolectricTestRunner::class)
@Config(application = RealApp::class)
class RealCoreScreensTest {
    @get:Rule
    val keys = TemporaryFolder()
    private val app get() = RuntimeEnvironment.getApplication() as RealApp
    private val utility = TinyUtility(RealApp.NOW)
    private val hand by lazy { Hand(app) { false } }

    @Before
    fun pickUp() {
        TestKeystore.install(keys.root)
        Phone().pickUp()
        app.profile = RealApp.profile(utility.address)
    }

    @After
    fun close() = utility.close()

    @Test
    fun `from signing in to the card of a reading`() {
        hand.open(Screens.home(app))
        hand.tap("Войти")
        hand.type(R.id.login_name, "1")
        hand.type(R.id.login_password, TinyUtility.PASSWORD)
        hand.tap("Войти")
        hand.read("До 25 ноября осталось 2 дня")
        picture("home")

        hand.read("Передать показания")
        hand.tap("Холодная вода, кухня")
        hand.press("123,9")
        hand.read("Передадим 123. Литры отбрасываем, не округляем.")
        hand.read("Израсходовано 4 кубометра")
        picture("capture")
        hand.tap("Передать 123 м³")
        hand.read("123 м³ сохранено на телефоне")
        picture("saved")

        hand.tap("Дальше: горячая вода, кухня")
        hand.press("1")
        hand.tap("Передать 1 м³")
        hand.read("Не хватает цифры?")
        hand.read("В прошлый раз было 82 м³, а введено 1 м³.")
        picture("check")
        hand.tap("Ввести заново")
        hand.tap("Как в прошлом месяце — 82")
        hand.read("82 м³ сохранено на телефоне")
        hand.tap("На главную")
        hand.read("Все показания сняты")

        hand.tap("Холодная вода, кухня")
        hand.read("Сохранено на телефоне")
        picture("card")
        assertEquals(List(2) { Status.WAITING_FOR_NETWORK }, app.core.outbox().map { it.status })
    }

    private fun picture(name: String) = Pictures.window(hand.screen, "real_$name")
}
