package ru.vodomer.app.notify

import android.app.Notification
import android.app.PendingIntent
import android.app.TaskStackBuilder
import android.content.Context
import android.content.Intent
import android.graphics.drawable.Icon
import ru.vodomer.app.R
import ru.vodomer.app.ui.Screens
import ru.vodomer.core.Channel
import ru.vodomer.core.Notice
import ru.vodomer.core.NoticeTopic

/** Where a tap on a notice leads. "Back" leads from there to the first screen. */
class NoticeActions(private val context: Context, private val notice: Notice) {
    private val window = notice.window()

    /** The first meter still missing; with none missing, the readings that wait; the first screen for all else. */
    fun opened(): PendingIntent = pending(window?.let { capture(it) ?: Screens.queue(context) }, OPEN)

    /** At most three, as many as Android shows. The other ways lead to their ready texts. */
    fun buttons(ways: OtherWays): List<Notification.Action> {
        val submit = window?.let(::capture)?.let { button(R.string.notify_action_submit, it, SUBMIT) }
        val others = ways.channels.map { button(label(it), Screens.channels(context, it), it.name) }
        return (listOfNotNull(submit) + others).take(SHOWN_BY_ANDROID)
    }

    private fun label(channel: Channel) = when (channel) {
        Channel.SMS -> R.string.by_sms
        Channel.EMAIL -> R.string.by_email
        Channel.PHONE -> R.string.by_phone
    }

    private fun capture(window: NoticeTopic.Window): Intent? =
        window.missing.firstOrNull()?.let { Screens.capture(context, it.meterId) }

    private fun button(label: Int, intent: Intent, purpose: String) = Notification.Action
        .Builder(null as Icon?, context.getString(label), pending(intent, purpose))
        .build()

    /** Android tells two pending intents apart by their request code, not by their extras. */
    private fun pending(intent: Intent?, purpose: String): PendingIntent = TaskStackBuilder
        .create(context)
        .addNextIntent(Screens.home(context))
        .apply { intent?.let(::addNextIntent) }
        .getPendingIntent(
            "${notice.id}/$purpose".hashCode(),
            PendingIntent.FLAG_IMMUTABLE or PendingIntent.FLAG_UPDATE_CURRENT,
        )

    private companion object {
        const val OPEN = "open"
        const val SUBMIT = "submit"
        const val SHOWN_BY_ANDROID = 3
    }
}

/** The topic that something can be done about at once, if the notice has one. */
fun Notice.window(): NoticeTopic.Window? = topics.filterIsInstance<NoticeTopic.Window>().firstOrNull()
