package ru.vodomer.app.notify

import android.app.NotificationChannel
import android.app.NotificationManager
import android.content.Context
import ru.vodomer.app.R

/** The three kinds of notifications, which the resident can switch off one by one. */
object Channels {
    const val DEADLINES = "deadlines"
    const val ANSWERS = "answers"
    const val SENT = "sent"

    fun create(context: Context) {
        val important = NotificationManager.IMPORTANCE_DEFAULT
        val silent = NotificationManager.IMPORTANCE_LOW
        context.getSystemService(NotificationManager::class.java).createNotificationChannels(
            listOf(
                NotificationChannel(DEADLINES, context.getString(R.string.notify_channel_deadlines), important),
                NotificationChannel(ANSWERS, context.getString(R.string.notify_channel_answers), important),
                NotificationChannel(SENT, context.getString(R.string.notify_channel_sent), silent),
            ),
        )
    }
}
