package ru.vodomer.app.notify

import android.content.Context
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.NoticeTopic
import ru.vodomer.core.ReminderKind
import java.time.ZoneOffset

/** That readings are to be submitted: until when, what is missing, what has not left. */
class WindowWords(context: Context) {
    private val resources = context.resources

    /** For its dates alone, which have no zone: they are the utility's days. */
    private val format = Format(resources, ZoneOffset.UTC)

    /** Has no reading, no meter and no address in it. */
    fun title(topic: NoticeTopic.Window): String = when {
        topic.missing.isEmpty() -> plural(R.plurals.notify_not_sent_title, topic.unsent)
        else -> when (topic.kind) {
            ReminderKind.FIRST_DAY -> resources.getString(R.string.notify_first_day)
            ReminderKind.SECOND_DAY -> metersLeft(topic)
            ReminderKind.LAST_DAY -> resources.getString(R.string.notify_last_day)
            ReminderKind.LAST_HOURS -> plural(R.plurals.notify_hours_left, topic.hoursLeft)
        }
    }

    fun details(topic: NoticeTopic.Window, ways: OtherWays): List<String> =
        deadline(topic) + listOfNotNull(missing(topic), unsent(topic), otherWays(ways))

    private fun deadline(topic: NoticeTopic.Window): List<String> = when (topic.kind) {
        ReminderKind.FIRST_DAY -> listOf(format.days(topic.opens, topic.closes), metersLeft(topic))
        ReminderKind.SECOND_DAY -> listOf(resources.getString(R.string.notify_until, format.day(topic.closes)))
        ReminderKind.LAST_DAY -> emptyList()
        ReminderKind.LAST_HOURS ->
            listOf(resources.getString(R.string.hero_closes_at, topic.until, topic.zonePhrase).trim())
    }

    private fun metersLeft(topic: NoticeTopic.Window) = plural(R.plurals.notify_meters_left, topic.missing.size)

    /** Near the end they are named; before, their number says enough. */
    private fun missing(topic: NoticeTopic.Window): String? {
        val isNear = topic.kind == ReminderKind.LAST_DAY || topic.kind == ReminderKind.LAST_HOURS
        if (!isNear || topic.missing.isEmpty()) return null
        val names = topic.missing.joinToString("; ", transform = Words(resources)::inSentence)
        return resources.getString(R.string.notify_missing, names)
    }

    private fun unsent(topic: NoticeTopic.Window): String? {
        val titleSaysIt = topic.missing.isEmpty()
        return if (titleSaysIt || topic.unsent == 0) null else plural(R.plurals.notify_not_sent, topic.unsent)
    }

    private fun otherWays(ways: OtherWays): String? {
        if (ways.channels.isEmpty()) return null
        val names = ways.names().joinToString(", ", transform = resources::getString)
        return resources.getString(R.string.notify_other_ways, names)
    }

    private fun plural(words: Int, count: Int) = resources.getQuantityString(words, count, count)
}
