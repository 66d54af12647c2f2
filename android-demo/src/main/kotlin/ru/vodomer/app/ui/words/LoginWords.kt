// Why signing in failed.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.LoginCause
import ru.vodomer.core.LoginField
import ru.vodomer.core.LoginHint
import ru.vodomer.core.VodomerException

/** Sentences for a refused or impossible login. */
class LoginWords(private val resources: Resources) {
    /** The utility refused; [hint] is what the keyboard probably did. */
    fun refused(hint: LoginHint?): String = string(
        when (hint?.field) {
            null -> R.string.login_wrong
            LoginField.LOGIN -> causeInLogin(hint.cause)
            LoginField.PASSWORD -> causeInPassword(hint.cause)
        },
    )

    private fun causeInLogin(cause: LoginCause) = when (cause) {
        LoginCause.RUSSIAN_LETTERS -> R.string.login_russian_name
        LoginCause.MIXED_ALPHABETS -> R.string.login_mixed_name
        LoginCause.LOOK_ALIKE_DIGITS -> R.string.login_look_alike
        LoginCause.STRAY_SPACE -> R.string.login_space_name
        LoginCause.SEPARATORS -> R.string.login_separators
        LoginCause.CAPS_LOCK -> R.string.login_caps
        LoginCause.LATIN_LETTERS -> R.string.login_latin_name
    }

    private fun causeInPassword(cause: LoginCause) = when (cause) {
        LoginCause.RUSSIAN_LETTERS -> R.string.login_russian
        LoginCause.MIXED_ALPHABETS -> R.string.login_mixed
        LoginCause.LOOK_ALIKE_DIGITS -> R.string.login_look_alike
        LoginCause.STRAY_SPACE -> R.string.login_space
        LoginCause.SEPARATORS -> R.string.login_separators
        LoginCause.CAPS_LOCK -> R.string.login_caps
        LoginCause.LATIN_LETTERS -> R.string.login_latin
    }

    /** The utility could not be asked. */
    fun notTried(failure: Throwable): String = when (failure) {
        is VodomerException.Offline -> string(R.string.login_offline)
        is VodomerException.ServerNotFound -> resources.getString(R.string.login_no_server, failure.host)
        is VodomerException.NotTheUtility -> string(R.string.login_portal)
        is VodomerException.ServerBusy, is VodomerException.Busy -> string(R.string.login_server_busy)
        is VodomerException.TooManyTries -> tooManyTries(failure.waitSeconds.toInt())
        is VodomerException.StorageFull -> string(R.string.login_no_space)
        else -> string(R.string.error_internal)
    }

    /** An icon for [notTried]. */
    fun icon(failure: Throwable): Int = when (failure) {
        is VodomerException.Offline, is VodomerException.ServerNotFound -> R.drawable.ic_cloud_off
        is VodomerException.NotTheUtility -> R.drawable.ic_wifi
        is VodomerException.TooManyTries, is VodomerException.ServerBusy -> R.drawable.ic_clock
        else -> R.drawable.ic_warn
    }

    private fun tooManyTries(seconds: Int) =
        resources.getQuantityString(R.plurals.login_too_many_tries, seconds, seconds)

    private fun string(id: Int) = resources.getString(id)
}
