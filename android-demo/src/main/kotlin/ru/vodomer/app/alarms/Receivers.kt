package ru.vodomer.app.alarms

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import ru.vodomer.app.App

/** The alarm that [Reminders] set. */
class AlarmReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) = rearm(context)
}

/** A reboot and an update take the alarm away; a new time or zone makes it wrong. */
class AlarmsLostReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        if (intent.action in LOST) rearm(context)
    }

    private companion object {
        val LOST =
            setOf(
                Intent.ACTION_BOOT_COMPLETED,
                Intent.ACTION_MY_PACKAGE_REPLACED,
                Intent.ACTION_TIME_CHANGED,
                Intent.ACTION_TIMEZONE_CHANGED,
            )
    }
}

private fun BroadcastReceiver.rearm(context: Context) {
    val pending: BroadcastReceiver.PendingResult? = goAsync()
    App.of(context).rearm { pending?.finish() }
}
