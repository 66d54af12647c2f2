package ru.vodomer.app

import android.widget.TextView
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
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
import ru.vodomer.app.ui.Screens
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.LoginRequest
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException
import kotlin.reflect.KClass

/** What cannot be right is said in the resident's words, and everything stays as it was. On the real library. */
@RunWith(RobolectricTestRunner::class)
@Config(application = RealApp::class)
class BadInputTest {
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
    fun `an empty field`() = typedWrong("", TypedProblem.Empty::class, "Введите чёрные цифры со счётчика")

    @Test
    fun `a letter`() = typedWrong("12a", TypedProblem.NotADigit::class, ONLY_DIGITS)

    @Test
    fun `two points`() = typedWrong("1.2.3", TypedProblem.SecondComma::class, ONLY_DIGITS)

    @Test
    fun `a minus`() = typedWrong("-5", TypedProblem.Negative::class, "Показание не бывает меньше нуля. Уберите минус")

    @Test
    fun `an exponent`() = typedWrong("1e3", TypedProblem.NotADigit::class, ONLY_DIGITS)

    @Test
    fun `six whole digits on a dial of five`() =
        typedWrong("123456", TypedProblem.TooManyWholeDigits::class, "На счётчике 5 чёрных цифр, а введено 6")

    @Test
    fun `a wrong password`() = notSignedIn<VodomerException.BadCredentials>(
        "Логин или пароль не подошли. Сверьте их с письмом водоканала.",
        password = "wrong",
    )

    @Test
    fun `an unknown server`() {
        app.profile = RealApp.profile("https://vodokanal.invalid")
        notSignedIn<VodomerException.ServerNotFound>("Сервер водоканала не найден: vodokanal.invalid")
    }

    @Test
    fun `a server that answers HTML to a login`() {
        utility.isSomebodyElse = true
        notSignedIn<VodomerException.NotTheUtility>("Ответил не водоканал.")
    }

    @Test
    fun `a server that answers HTML to a reading`() {
        signIn()
        val saved = app.core.capture(CaptureRequest("cold", "123")) as CaptureOutcome.Saved
        val before = app.core.proof(saved.saved.itemId)
        utility.isSomebodyElse = true
        hand.open(Screens.queue(app))
        hand.tap("Отправить сейчас")
        hand.read("Wi-Fi просит войти на свою страницу. Показания сохранены.")
        assertEquals(SyncOutcome.NOT_THE_UTILITY, app.core.sync(1_000).outcome)
        val after = app.core.proof(saved.saved.itemId)
        assertEquals(before.idempotencyKey to "123", after.idempotencyKey to after.entry.value)
        assertEquals("nothing was received", null, after.receivedAt)
    }

    @Test
    fun `a file that is no database`() {
        app.folder.mkdirs()
        app.folder.resolve("vodomer.db").writeText("Это не база данных. ".repeat(500))
        val before = app.files()
        assertThrows(VodomerException.StorageNotOurs::class.java) { app.core }
        hand.open(Screens.home(app))
        hand.read("Файл приложения повреждён")
        hand.read("Мы его не тронем: отложим под другим именем")
        // The lock beside it holds nothing.
        assertEquals(before, app.files() - "vodomer.lock")

        hand.tap("Начать заново")
        assertTrue("every byte of it is still there", app.files().values.contains(before.values.single()))
        assertTrue("a new one is begun", app.core.home().flats.isEmpty())
    }

    @Test
    fun `a profile with an impossible window`() {
        app.profile = RealApp.profile(utility.address, opens = 25, closes = 23)
        val refused = assertThrows(VodomerException.ProfileInvalid::class.java) { app.core }
        assertEquals(listOf("window.closes"), refused.problems.map { it.field })
        hand.open(Screens.home(app))
        hand.read("Настройки водоканала неверны")
        hand.read(refused.problems.single().reason)
        assertTrue("no file is made for a utility that cannot be", app.files().isEmpty())
    }

    private fun typedWrong(typed: String, problem: KClass<out TypedProblem>, sentence: String) {
        signIn()
        hand.open(Screens.capture(app, "cold"))
        val home = app.core.home()
        val files = app.files()
        assertEquals(problem, app.core.preview("cold", typed).problem?.let { it::class })
        val refused =
            assertThrows(VodomerException.Typed::class.java) { app.core.capture(CaptureRequest("cold", typed)) }
        assertEquals(problem, refused.problem::class)

        hand.type(R.id.typed, typed)
        hand.tap("Передать показание")
        hand.read(sentence)
        assertEquals(home, app.core.home())
        assertTrue(app.core.outbox().isEmpty())
        assertEquals(files, app.files())
    }

    private inline fun <reified E : VodomerException> notSignedIn(sentence: String, password: String = "right") {
        val home = app.core.home()
        val files = app.files()
        assertThrows(E::class.java) { app.core.login(LoginRequest("1", password)) }

        hand.open(Screens.login(app))
        hand.type(R.id.login_name, "1")
        hand.type(R.id.login_password, password)
        hand.tap("Войти")
        hand.read(sentence)
        hand.read("Вход")
        assertEquals(password, hand.screen.findViewById<TextView>(R.id.login_password).text.toString())
        assertEquals(home, app.core.home())
        assertEquals(files, app.files())
        assertTrue("nothing is put into the Keystore", keys.root.list().orEmpty().isEmpty())
    }

    private fun signIn() {
        app.core.login(LoginRequest("1", TinyUtility.PASSWORD))
        assertEquals(2, app.core.home().flats.single().meters.size)
    }

    private companion object {
        const val ONLY_DIGITS = "Можно вводить только цифры и одну запятую"
    }
}
