// Leave to remind.

package ru.vodomer.app.ui.home

import android.Manifest
import android.app.Activity
import android.app.NotificationManager
import android.content.Context
import android.os.Build
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.Note

/**
 * Asks once for notifications, with the reason, and says once that they are off.
 *
 * Before Android 13 there is nothing to ask for: they are on until the resident switches them off.
 */
class ReminderNote(private val activity: Activity) {
    private val memory = activity.getSharedPreferences("reminders", Context.MODE_PRIVATE)
    private val allowed get() =
        activity.getSystemService(NotificationManager::class.java).areNotificationsEnabled()
    private val canAsk get() = Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !memory.getBoolean(ASKED, false)

    private var isTelling = false

    /** What home has to say about reminders, if anything. */
    fun note(): Note? {
        val silent = allowed || memory.getBoolean(TOLD, false)
        isTelling = !silent && !canAsk
        return when {
            silent -> null

            isTelling -> Note(activity.getString(R.string.reminders_off), R.drawable.ic_bell)

            else -> Note(
                activity.getString(R.string.reminders_why),
                R.drawable.ic_bell,
                button = activity.getString(R.string.reminders_on),
            )
        }
    }

    /** Asks the system to ask the resident. */
    fun ask() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
            memory.edit().putBoolean(ASKED, true).apply()
            activity.requestPermissions(arrayOf(Manifest.permission.POST_NOTIFICATIONS), REQUEST)
        }
    }

    /** The screen was seen: that reminders are off need not be said again. */
    fun seen() {
        if (isTelling) memory.edit().putBoolean(TOLD, true).apply()
    }

    private companion object {
        const val ASKED = "asked"
        const val TOLD = "told"
        const val REQUEST = 1
    }
}
