package ru.vodomer.app.notify

import android.content.Context
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.MeterName
import ru.vodomer.core.Notice
import ru.vodomer.core.ReminderKind
import java.time.ZoneOffset

/** A notice in the resident's words. */
class NoticeWords(context: Context) {
    private val resources = context.resources

    /** For its dates alone, which have no zone: they are the utility's days. */
    private val format = Format(resources, ZoneOffset.UTC)

    /** Has no reading, no meter and no address in it, so that it may stand on the lock screen. */
    fun title(notice: Notice): String = when {
        notice.missing.isEmpty() -> plural(R.plurals.notify_not_sent_title, notice.unsent)
        else -> when (notice.kind) {
            ReminderKind.FIRST_DAY -> resources.getString(R.string.notify_first_day)
            ReminderKind.SECOND_DAY -> metersLeft(notice)
            ReminderKind.LAST_DAY -> resources.getString(R.string.notify_last_day)
            ReminderKind.LAST_HOURS -> plural(R.plurals.notify_hours_left, notice.hoursLeft)
        }
    }

    fun text(notice: Notice, ways: OtherWays): String =
        (deadline(notice) + listOfNotNull(missing(notice), unsent(notice), otherWays(ways)))
            .joinToString(". ") { it.replaceFirstChar(Char::titlecase) }

    private fun deadline(notice: Notice): List<String> = when (notice.kind) {
        ReminderKind.FIRST_DAY -> listOf(format.days(notice.opens, notice.closes), metersLeft(notice))
        ReminderKind.SECOND_DAY -> listOf(resources.getString(R.string.notify_until, format.day(notice.closes)))
        ReminderKind.LAST_DAY -> emptyList()
        ReminderKind.LAST_HOURS -> listOf(resources.getString(R.string.hero_closes_at, notice.until, notice.zonePhrase))
    }

    private fun metersLeft(notice: Notice) = plural(R.plurals.notify_meters_left, notice.missing.size)

    /** Near the end they are named; before, their number says enough. */
    private fun missing(notice: Notice): String? {
        val isNear = notice.kind == ReminderKind.LAST_DAY || notice.kind == ReminderKind.LAST_HOURS
        if (!isNear || notice.missing.isEmpty()) return null
        return resources.getString(R.string.notify_missing, notice.missing.joinToString("; ", transform = ::name))
    }

    private fun name(meter: MeterName) =
        Words(resources).meter(meter.resource, meter.place).replaceFirstChar(Char::lowercase)

    private fun unsent(notice: Notice): String? {
        val titleSaysIt = notice.missing.isEmpty()
        return if (titleSaysIt || notice.unsent == 0) null else plural(R.plurals.notify_not_sent, notice.unsent)
    }

    private fun otherWays(ways: OtherWays): String? {
        if (ways.channels.isEmpty()) return null
        val names = ways.names().joinToString(", ", transform = resources::getString)
        return resources.getString(R.string.notify_other_ways, names)
    }

    private fun plural(words: Int, count: Int) = resources.getQuantityString(words, count, count)
}
