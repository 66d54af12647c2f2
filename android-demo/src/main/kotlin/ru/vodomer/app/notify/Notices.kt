package ru.vodomer.app.notify

import android.app.Notification
import android.app.NotificationManager
import android.content.Context
import ru.vodomer.app.R
import ru.vodomer.core.Notice
import ru.vodomer.core.VodomerInterface

/**
 * The core's notices as notifications: one at a time, the newer in the place of the older.
 *
 * On a locked screen they name no meter, no reading, no sum, no visitor and no address.
 */
class Notices(private val context: Context, private val core: VodomerInterface) {
    private val manager = context.getSystemService(NotificationManager::class.java)
    private val words = NoticeWords(context)

    /** False when the resident has not allowed notifications. */
    fun show(notice: Notice): Boolean {
        if (!manager.areNotificationsEnabled()) return false
        val offersOthers = notice.window()?.offerChannels == true
        val ways = if (offersOthers) OtherWays.of(core.otherChannels()) else OtherWays.NONE
        manager.notify(REMINDER, notification(notice, ways))
        return true
    }

    fun takeAway() = manager.cancel(REMINDER)

    private fun notification(notice: Notice, ways: OtherWays): Notification {
        val text = words.text(notice, ways)
        val actions = NoticeActions(context, notice)
        val public = base(words.publicTitle(notice))
            .setContentText(context.getString(R.string.notify_open_the_app))
            .build()
        return base(words.title(notice))
            .setContentText(text)
            .setStyle(Notification.BigTextStyle().bigText(text))
            .setContentIntent(actions.opened())
            .setPublicVersion(public)
            .apply { actions.buttons(ways).forEach(::addAction) }
            .build()
    }

    private fun base(title: String) = Notification.Builder(context, Channels.DEADLINES)
        .setSmallIcon(R.drawable.ic_drop)
        .setColor(context.getColor(R.color.primary))
        .setContentTitle(title)
        .setCategory(Notification.CATEGORY_REMINDER)
        .setVisibility(Notification.VISIBILITY_PRIVATE)
        .setAutoCancel(true)

    private companion object {
        const val REMINDER = 1
    }
}
