// The cards of the queue.

package ru.vodomer.app.ui.reading

import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.sayAs
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showStatus
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.view.showUnder
import ru.vodomer.app.ui.view.showWater
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Reasons
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.app.ui.words.Words
import ru.vodomer.app.ui.words.look
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Status

/** A card a reading, in the order that the core gives; a tap opens the reading's card. */
class QueueCards(
    private val list: LinearLayout,
    private val format: Format,
    private val nowMs: Long,
    private val open: (OutboxEntry) -> Unit,
) {
    private val resources = list.resources
    private val words = Words(resources)
    private val reasons = Reasons(resources, format)
    private val spoken = Spoken(resources)

    /** Shows the queue. */
    fun render(entries: List<OutboxEntry>) {
        list.removeAllViews()
        entries.forEach { entry -> list.add(R.layout.item_entry) { fill(it, entry) } }
    }

    private fun fill(card: View, entry: OutboxEntry) {
        val name = words.meter(entry.resource, entry.place, entry.zone)
        val status = look(entry.status)
        val asks = entry.status == Status.NEEDS_ANSWER || entry.status == Status.REJECTED
        card.findViewById<ImageView>(R.id.entry_disc).showWater(look(entry.resource))
        card.findViewById<TextView>(R.id.entry_name).text = name
        card.showUnder(R.id.entry_when, R.id.entry_when_below, under(entry, asks))
        card.findViewById<TextView>(R.id.entry_value).text = format.volume(entry.value)
        card.findViewById<TextView>(R.id.entry_badge).showStatus(status)
        card.findViewById<TextView>(R.id.entry_text).showText(reasons.verdict(entry.reason).takeIf { asks })
        val spokenStatus = resources.getString(status.spoken)
        val text =
            resources.getString(R.string.entry_spoken, name, entry.flat, spoken.volume(entry.value), spokenStatus)
        card.sayAs<Button>(if (asks) "$text. ${reasons.verdict(entry.reason)}" else text)
        card.setOnClickListener { open(entry) }
        renderButton(card, entry, asks)
    }

    /** The flat where the resident must think of it; the time where only that matters. */
    private fun under(entry: OutboxEntry, asks: Boolean): String {
        val moment = format.moment(entry.takenAt, nowMs)
        return when {
            asks -> format.address(entry.flat)

            entry.status == Status.SAVED || entry.status == Status.WAITING_FOR_NETWORK ->
                resources.getString(R.string.queue_saved_when, moment)

            else -> moment.replaceFirstChar(Char::titlecase)
        }
    }

    private fun renderButton(card: View, entry: OutboxEntry, asks: Boolean) =
        card.findViewById<ActionButton>(R.id.entry_button).run {
            showIf(asks)
            if (!asks) return@run
            // The card is read as one stop; the button inside it is a second one.
            importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_YES
            (parent as ViewGroup).importantForAccessibility = View.IMPORTANT_FOR_ACCESSIBILITY_YES
            label = resources.getString(if (entry.status == Status.REJECTED) R.string.correct else R.string.answer)
            setOnClickListener { open(entry) }
        }
}
