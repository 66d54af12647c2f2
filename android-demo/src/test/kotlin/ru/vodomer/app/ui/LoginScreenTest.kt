package ru.vodomer.app.ui

import android.text.method.PasswordTransformationMethod
import android.view.View
import android.widget.EditText
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.plain
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.core.LoginCause
import ru.vodomer.core.LoginField
import ru.vodomer.core.LoginHint
import ru.vodomer.core.LoginRequest
import ru.vodomer.core.VodomerException

@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class LoginScreenTest {
    private val core get() = SampleApp.current.fake
    private val controller by lazy { Phone().open(LoginActivity::class.java) }
    private val screen get() = controller.get()

    @Test
    fun `a refusal keeps the password and names the likely cause`() {
        val capsLock = LoginHint(LoginField.PASSWORD, LoginCause.CAPS_LOCK, null)
        core.login = { throw VodomerException.BadCredentials(capsLock) }
        enter("1204417", "PASSWORD")
        assertEquals("Включены заглавные буквы (Caps\u00A0Lock).", wrong(R.id.login_password_wrong))
        assertEquals("PASSWORD", password().text.toString())
        assertTrue(screen.findViewById<View>(R.id.login_password_box).isActivated)
    }

    @Test
    fun `a login that was meant otherwise is mended at its field by one tap`() {
        core.login = {
            throw VodomerException.BadCredentials(LoginHint(LoginField.LOGIN, LoginCause.SEPARATORS, "1204417"))
        }
        enter("120-44-17", "password")
        assertEquals(
            "В лицевом счёте лишние знаки. Введите одни цифры.",
            wrong(R.id.login_name_wrong).plain(),
        )
        assertFalse(screen.findViewById<View>(R.id.login_password_wrong).isShown)
        assertTrue(screen.findViewById<View>(R.id.login_name_box).isActivated)
        assertEquals("Исправить на 1204417", screen.findViewById<ActionButton>(R.id.login_meant).label.toString())
        tap(R.id.login_meant)
        assertEquals("1204417", screen.findViewById<EditText>(R.id.login_name).text.toString())
        assertEquals("password", password().text.toString())
        assertFalse(screen.findViewById<View>(R.id.login_name_wrong).isShown)
        assertFalse(screen.findViewById<View>(R.id.login_meant).isShown)
    }

    @Test
    fun `being offline is a note, not a mistake of the resident`() {
        core.login = { throw VodomerException.Offline() }
        enter("1204417", "password")
        assertTrue(text(R.id.note_text).startsWith("Нет связи."))
        assertFalse(screen.findViewById<View>(R.id.login_password_wrong).isShown)
        assertFalse(screen.findViewById<View>(R.id.login_password_box).isActivated)
    }

    @Test
    fun `empty fields are told apart and the utility is not asked`() {
        core.login = { error("the utility must not be asked") }
        enter("", "password")
        assertEquals("Введите лицевой счёт или логин", wrong(R.id.login_name_wrong))
        assertFalse(screen.findViewById<View>(R.id.login_password_wrong).isShown)
        enter("1204417", "")
        assertEquals("Введите пароль из письма водоканала", wrong(R.id.login_password_wrong))
        assertFalse(screen.findViewById<View>(R.id.login_name_wrong).isShown)
    }

    @Test
    fun `a login that fits leads back to where it was asked for`() {
        var asked: LoginRequest? = null
        core.login = { request -> Samples.synced().also { asked = request } }
        enter("1204417", "password")
        assertEquals(LoginRequest("1204417", "password", remember = true), asked)
        assertTrue(screen.isFinishing)
    }

    @Test
    fun `the password is hidden until the word beside it is tapped, also after a rotation`() {
        assertTrue(password().transformationMethod is PasswordTransformationMethod)
        password().setText("secret")
        tap(R.id.login_show)
        assertFalse(password().transformationMethod is PasswordTransformationMethod)
        controller.recreate()
        assertEquals("secret", password().text.toString())
        assertFalse(password().transformationMethod is PasswordTransformationMethod)
    }

    private fun enter(name: String, word: String) {
        screen.findViewById<EditText>(R.id.login_name).setText(name)
        password().setText(word)
        tap(R.id.login_enter)
    }

    private fun tap(id: Int) {
        screen.findViewById<View>(id).performClick()
        idle()
    }

    private fun password() = screen.findViewById<EditText>(R.id.login_password)

    private fun wrong(id: Int) = screen.findViewById<View>(id).findViewById<TextView>(R.id.wrong_text).text.toString()

    private fun text(id: Int) = screen.findViewById<TextView>(id).text.toString()
}
