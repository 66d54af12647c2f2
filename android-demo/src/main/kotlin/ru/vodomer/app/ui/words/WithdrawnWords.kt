// Taking a reading back.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Channel
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Status
import ru.vodomer.core.VodomerException
import ru.vodomer.core.WithdrawalEntry
import ru.vodomer.core.Withdrawn

/** What is going to happen, and what has. */
class WithdrawnWords(private val resources: Resources, private val format: Format) {
    /** What the resident is told before anything is taken back. */
    fun question(entry: OutboxEntry): String {
        val told = when (entry.channel) {
            Channel.SMS -> R.string.withdraw_not_the_sms
            Channel.EMAIL -> R.string.withdraw_not_the_email
            Channel.PHONE -> R.string.withdraw_not_the_call
            null -> null
        }
        return listOfNotNull(R.string.withdraw_text, told).joinToString("\n\n", transform = resources::getString)
    }

    /** What came of it. */
    fun outcome(withdrawn: Withdrawn): String = resources.getString(
        when (withdrawn) {
            Withdrawn.AT_ONCE -> R.string.withdrawn_at_once
            Withdrawn.QUEUED -> R.string.withdrawn_queued
            Withdrawn.TOO_LATE -> R.string.withdrawn_too_late
        },
    )

    /** How far a withdrawal has come that is not over. */
    fun progress(withdrawal: WithdrawalEntry): String = resources.getString(
        when (withdrawal.status) {
            Status.REJECTED -> R.string.withdrawal_refused
            Status.SAVED, Status.WAITING_FOR_NETWORK -> R.string.withdrawal_waits
            else -> R.string.withdrawal_asked
        },
    )

    /** Why the utility has refused it, and what stays; null while it has not. */
    fun why(withdrawal: WithdrawalEntry): String? = when {
        withdrawal.status != Status.REJECTED -> null
        withdrawal.reason == "PERIOD_CLOSED" -> resources.getString(R.string.withdrawal_why_closed)
        withdrawal.reason == "ALREADY_ACCOUNTED" -> resources.getString(R.string.withdrawal_why_accounted)
        else -> resources.getString(R.string.withdrawal_why_other)
    }

    /** Nothing came of it. */
    fun failure(failure: VodomerException): String = when (failure) {
        is VodomerException.NotFound -> resources.getString(R.string.withdrawn_already)
        else -> FailureWords(resources, format).notDone(failure)
    }
}
