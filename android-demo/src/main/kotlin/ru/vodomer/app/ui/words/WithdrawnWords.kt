// Taking a reading back.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Channel
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.VodomerException
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

    /** Nothing came of it. */
    fun failure(failure: VodomerException): String = when (failure) {
        is VodomerException.NotFound -> resources.getString(R.string.withdrawn_already)
        else -> FailureWords(resources, format).notDone(failure)
    }
}
