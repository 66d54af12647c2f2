// Signing in.

package ru.vodomer.app.ui

import android.os.Bundle
import android.text.InputType
import android.view.View
import android.widget.CheckBox
import android.widget.EditText
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.bigType
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showNote
import ru.vodomer.app.ui.view.showWrong
import ru.vodomer.app.ui.words.LoginWords
import ru.vodomer.core.LoginField
import ru.vodomer.core.LoginRequest
import ru.vodomer.core.VodomerException

/** Account number or login, and password; a refusal keeps what was typed and names the likely cause. */
class LoginActivity : ScreenActivity() {
    private val name get() = findViewById<EditText>(R.id.login_name)
    private val password get() = findViewById<EditText>(R.id.login_password)
    private var isPasswordShown = false
    private var busy = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_login, getString(R.string.login_title))
        isPasswordShown = savedInstanceState?.getBoolean(SHOWN) == true
        findViewById<View>(R.id.login_show).showIf(!resources.bigType)
        findViewById<View>(R.id.login_show_below).showIf(resources.bigType)
        listOf(R.id.login_show, R.id.login_show_below).forEach { id ->
            findViewById<View>(id).setOnClickListener { switchPassword() }
        }
        password.setOnEditorActionListener { _, _, _ -> true.also { enter() } }
        findViewById<View>(R.id.login_enter).setOnClickListener { enter() }
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putBoolean(SHOWN, isPasswordShown)
    }

    override fun refresh() {
        val kind = if (isPasswordShown) InputType.TYPE_TEXT_VARIATION_VISIBLE_PASSWORD else HIDDEN
        val end = password.selectionEnd
        password.inputType = InputType.TYPE_CLASS_TEXT or kind
        password.typeface = name.typeface
        password.setSelection(end.coerceIn(0, password.text.length))
        val word = getString(if (isPasswordShown) R.string.login_hide else R.string.login_show)
        val spoken = getString(if (isPasswordShown) R.string.login_hide_spoken else R.string.login_show_spoken)
        listOf(R.id.login_show, R.id.login_show_below).forEach { id ->
            findViewById<ActionButton>(id).run {
                label = word
                contentDescription = spoken
            }
        }
        findViewById<ActionButton>(R.id.login_enter).label =
            getString(if (busy) R.string.login_busy else R.string.sign_in)
    }

    private fun switchPassword() {
        isPasswordShown = !isPasswordShown
        redraw()
    }

    private fun enter() {
        if (busy) return
        complain(null)
        when {
            name.text.isBlank() -> complain(getString(R.string.login_no_name), LoginField.LOGIN)
            password.text.isEmpty() -> complain(getString(R.string.login_no_password), LoginField.PASSWORD)
            else -> signIn()
        }
    }

    private fun signIn() {
        val remember = findViewById<CheckBox>(R.id.login_remember).isChecked
        val request = LoginRequest(name.text.toString(), password.text.toString(), remember)
        busy = true
        redraw()
        inBackground({ core.login(request).also { app.afterLogin() } }) { result ->
            busy = false
            redraw()
            result.onSuccess { finish() }.onFailure(::explain)
        }
    }

    private fun explain(failure: Throwable) {
        val words = LoginWords(resources)
        if (failure is VodomerException.BadCredentials) {
            val hint = failure.hint
            complain(words.refused(hint), hint?.field ?: LoginField.PASSWORD)
            suggest(hint?.suggestion)
        } else {
            findViewById<View>(R.id.note).showNote(Note(words.notTried(failure), words.icon(failure)))
        }
    }

    /** Says at its field what is wrong, or nothing. */
    private fun complain(sentence: String?, field: LoginField? = null) {
        findViewById<View>(R.id.note).showNote(null)
        suggest(null)
        findViewById<View>(R.id.login_name_box).isActivated = field == LoginField.LOGIN
        findViewById<View>(R.id.login_password_box).isActivated = field == LoginField.PASSWORD
        findViewById<View>(R.id.login_name_wrong).showWrong(sentence.takeIf { field == LoginField.LOGIN })
        findViewById<View>(R.id.login_password_wrong).showWrong(sentence.takeIf { field == LoginField.PASSWORD })
    }

    private fun suggest(login: String?) = findViewById<ActionButton>(R.id.login_meant).run {
        showIf(login != null)
        if (login == null) return@run
        label = getString(R.string.check_fix_to, login)
        setOnClickListener {
            name.setText(login)
            name.setSelection(login.length)
            complain(null)
        }
    }

    private companion object {
        const val SHOWN = "shown"
        const val HIDDEN = InputType.TYPE_TEXT_VARIATION_PASSWORD
    }
}
