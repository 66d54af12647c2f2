package ru.vodomer.app.ui

import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.Hand
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.RealApp
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.app.harness.TinyUtility
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.Channel
import ru.vodomer.core.LoginRequest
import java.time.Duration

/** The card of a reading on the real library: its clocks, what went another way, and taking it back. */
@RunWith(RobolectricTestRunner::class)
@Config(application = RealApp::class)
class RealCardTest {
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
    fun `a phone that is years behind notes the utility's time, and its card says so`() {
        app.wrong = Duration.ofDays(-3_653)
        signIn()
        app.later = Duration.ofMinutes(90)
        openCard()
        hand.read("23 ноября, 11:30:00")
        hand.read("По часам телефона")
        hand.read("22 ноября 2016, 11:30:00")
        hand.read("Часы телефона отставали на 3653 дня. Время поставлено по часам водоканала.")
    }

    @Test
    fun `a clock set back between signing in and the reading changes nothing but the phone's own time`() {
        signIn()
        app.later = Duration.ofMinutes(90)
        app.wrong = Duration.ofHours(-5)
        openCard()
        hand.read("23 ноября, 11:30:00")
        hand.read("Часы телефона отставали на 5 часов.")
    }

    @Test
    fun `a reading that waits is taken back, and its meter is to be read again`() {
        signIn()
        openCard()
        hand.tap("Забрать показание")
        hand.read("Забрать показание 123 м³?")
        hand.tap("Оставить как есть")
        assertEquals(1, app.core.outbox().size)
        hand.tap("Забрать показание")
        hand.tap("Забрать показание")
        hand.read("Показание забрали, приложение его не отправит. Можно снять новое.")
        hand.read("Больше не действует")
        assertTrue(app.core.outbox().isEmpty())
        hand.open(Screens.home(app))
        hand.read("Осталось снять 2 счётчика из 2")
    }

    @Test
    fun `what was handed over is on the card word for word`() {
        app.profile = RealApp.profile(utility.address, email = "readings@example.invalid")
        signIn()
        val item = take()
        val text = checkNotNull(app.core.otherChannels().single().email).body
        app.core.handOver("a", Channel.EMAIL)
        hand.open(Screens.proof(app, item))
        hand.read("Вы отправили письмо")
        hand.read(text)
        hand.tap("Забрать показание")
        hand.read("Отправленное письмо так не забрать.")
    }

    private fun signIn() {
        app.core.login(LoginRequest("1", TinyUtility.PASSWORD))
    }

    private fun take() = (app.core.capture(CaptureRequest("cold", "123")) as CaptureOutcome.Saved).saved.itemId

    private fun openCard() = hand.open(Screens.proof(app, take()))
}
