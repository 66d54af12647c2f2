package ru.vodomer.app.alarms

import android.app.AlarmManager
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import ru.vodomer.app.notify.Notices
import ru.vodomer.core.VodomerInterface

/** Carries out the core's plan: what to show now, what to take away, when to look again. */
class Reminders(private val context: Context, private val core: VodomerInterface, private val notices: Notices) {
    fun arm() {
        val plan = core.plan()
        if (plan.takeAway) notices.takeAway()
        // One that the resident could not see stays due, and is shown once notifications are allowed.
        plan.notice?.takeIf(notices::show)?.let { core.reminderShown(it.id) }
        wakeAt(plan.nextWake)
    }

    private fun wakeAt(instant: Long) {
        val alarms = context.getSystemService(AlarmManager::class.java)
        // Inexact: exact alarms are refused by default since Android 14, and the plan allows for the delay.
        alarms.setAndAllowWhileIdle(AlarmManager.RTC_WAKEUP, instant, wake())
    }

    private fun wake() = PendingIntent.getBroadcast(
        context,
        0,
        Intent(context, AlarmReceiver::class.java),
        PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
    )
}
