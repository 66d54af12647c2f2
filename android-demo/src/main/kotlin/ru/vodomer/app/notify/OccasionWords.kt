package ru.vodomer.app.notify

import android.content.Context
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.NoticeTopic
import java.time.ZoneOffset

/** That somebody comes, that a bill is to be paid, that a meter is to be verified. */
class OccasionWords(context: Context) {
    private val resources = context.resources
    private val words = Words(resources)

    /** For its dates and sums, which have no zone: the days are the utility's. */
    private val format = Format(resources, ZoneOffset.UTC)

    /** Without who comes, for the lock screen. */
    fun dayOfVisit(topic: NoticeTopic.Visit): String = when (topic.daysLeft) {
        0 -> string(R.string.notify_visit_today)
        1 -> string(R.string.notify_visit_tomorrow)
        else -> string(R.string.notify_visit_on, format.day(topic.date))
    }

    fun titleOfVisit(topic: NoticeTopic.Visit): String = if (topic.note.isBlank()) {
        dayOfVisit(topic)
    } else {
        string(R.string.notify_with, dayOfVisit(topic), topic.note)
    }

    fun detailsOfVisit(topic: NoticeTopic.Visit): List<String> = listOfNotNull(hours(topic), flat(topic.flat))

    private fun hours(topic: NoticeTopic.Visit): String? {
        val from = topic.from
        val until = topic.until
        return when {
            from != null && until != null -> string(R.string.notify_from_until, from, until)
            from != null -> string(R.string.notify_from, from)
            until != null -> string(R.string.notify_until_hour, until)
            else -> null
        }
    }

    /** Without the sum, for the lock screen. */
    fun dayOfPayment(topic: NoticeTopic.Payment): String = if (topic.daysLeft == 0) {
        string(R.string.notify_pay_today)
    } else {
        string(R.string.notify_pay_by, format.day(topic.payBy))
    }

    fun titleOfPayment(topic: NoticeTopic.Payment): String = if (topic.daysLeft == 0) {
        dayOfPayment(topic)
    } else {
        string(R.string.notify_with, dayOfPayment(topic), format.money(topic.kopecks))
    }

    fun detailsOfPayment(topic: NoticeTopic.Payment): List<String> {
        val month = string(R.string.notify_pay_month, format.month(topic.period))
        val isSumSaid = topic.daysLeft != 0
        val bill = if (isSumSaid) month else string(R.string.notify_with, month, format.money(topic.kopecks))
        return listOfNotNull(bill, flat(topic.flat))
    }

    /** Names no meter: good for the lock screen too. */
    fun titleOfVerification(topic: NoticeTopic.Verification): String = if (topic.daysLeft == 0) {
        string(R.string.notify_verify_today)
    } else {
        resources.getQuantityString(R.plurals.notify_verify, topic.daysLeft, topic.daysLeft)
    }

    fun detailsOfVerification(topic: NoticeTopic.Verification): List<String> = listOfNotNull(
        words.meter(topic.meter),
        flat(topic.meter.flat),
        string(R.string.notify_verify_after, format.day(topic.verifyBy)),
    )

    private fun flat(address: String) = format.address(address).takeIf(String::isNotBlank)

    private fun string(id: Int, vararg values: String) = resources.getString(id, *values)
}
