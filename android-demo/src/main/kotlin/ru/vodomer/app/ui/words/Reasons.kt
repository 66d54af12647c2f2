// Why a reading is where it is, and what to do about it.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Channel
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Status

/** Sentences for the reasons and codes that the core passes on: what happened, what of the reading, what to do. */
class Reasons(private val resources: Resources, private val format: Format) {
    /** The meaning of an entry's status in one sentence; null where the timeline says it all. */
    fun meaning(entry: OutboxEntry): String? = when (entry.status) {
        Status.NOT_SUBMITTED, Status.ACCEPTED, Status.ACCOUNTED -> null
        Status.SAVED, Status.WAITING_FOR_NETWORK -> waiting(entry)
        Status.SENT -> string(R.string.means_sent)
        Status.NEEDS_ANSWER, Status.REJECTED -> verdict(entry.reason)
        Status.SENT_ELSEWHERE -> elsewhere(entry)
    }

    /** What the utility said of a reading. */
    fun verdict(code: String?): String = string(
        when (code) {
            "NEEDS_CONFIRMATION" -> R.string.why_higher
            "VALUE_LESS_THAN_PREVIOUS" -> R.string.why_lower
            "EXCEEDS_HARD_LIMIT" -> R.string.why_limit
            "ROLLOVER_NOT_POSSIBLE" -> R.string.why_rollover
            "REPLACEMENT_DOES_NOT_FIT" -> R.string.why_replacement
            "TOO_MANY_DIGITS", "FRACTION_NOT_ALLOWED" -> R.string.why_digits
            "DATE_IN_FUTURE" -> R.string.why_date
            "PERIOD_CLOSED" -> R.string.why_closed
            "ALREADY_ACCOUNTED" -> R.string.why_accounted
            "DUPLICATE_IN_PERIOD" -> R.string.why_duplicate
            "METER_ARCHIVED", "NOT_SERVED_BY_PROVIDER", "SUSPENDED_NO_READINGS" -> R.string.why_meter
            "METER_VERIFICATION_OVERDUE" -> R.string.why_verification
            else -> R.string.why_other
        },
    )

    private fun waiting(entry: OutboxEntry): String {
        val held = entry.heldUntil
        val next = entry.nextAttempt
        return when {
            held != null -> resources.getString(R.string.why_window, format.dayAt(held))
            entry.reason == "not_the_utility" -> string(R.string.why_portal)
            entry.reason == "server" && next != null -> resources.getString(R.string.why_server_at, format.dayAt(next))
            entry.reason == "server" -> string(R.string.why_server)
            entry.reason == "sign_in" -> string(R.string.why_sign_in)
            entry.status == Status.WAITING_FOR_NETWORK -> string(R.string.why_offline)
            else -> string(R.string.means_saved)
        }
    }

    private fun elsewhere(entry: OutboxEntry): String {
        val way = when (entry.channel) {
            Channel.SMS -> R.string.means_sms
            Channel.EMAIL -> R.string.means_email
            Channel.PHONE -> R.string.means_phone
            null -> R.string.means_elsewhere
        }
        return resources.getString(way, entry.channelAt?.let(format::dayAt).orEmpty())
    }

    private fun string(id: Int) = resources.getString(id)
}
