// Why signing in failed.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.LoginHint
import ru.vodomer.core.VodomerException

/** Sentences for a refused or impossible login. */
class LoginWords(private val resources: Resources) {
    /** The utility refused; [hint] is what the keyboard probably did. */
    fun refused(hint: LoginHint?): String = resources.getString(
        when (hint) {
            LoginHint.RUSSIAN_LETTERS -> R.string.login_russian
            LoginHint.CAPS_LOCK -> R.string.login_caps
            LoginHint.STRAY_SPACE -> R.string.login_space
            null -> R.string.login_wrong
        },
    )

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
