// The cards of a reading: itself, its timeline, what it is good for.

package ru.vodomer.app.ui.reading

import android.view.View
import android.view.ViewGroup
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.add
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
import ru.vodomer.core.Proof
import ru.vodomer.core.Status
import ru.vodomer.core.Timing

/** What the resident can do with a reading. */
interface ProofActions {
    /** Take the reading of the meter anew. */
    fun correct(meterId: String)

    /** The meter does show this. */
    fun confirm(itemId: String)

    /** Take it back. */
    fun withdraw()
}

/** Fills the list of the screen. */
class ProofCards(private val list: LinearLayout, private val format: Format, private val actions: ProofActions) {
    private val resources = list.resources

    /** Shows [proof]. */
    fun render(proof: Proof) {
        list.removeAllViews()
        list.add(R.layout.item_proof) { head(it, proof) }
        list.add(R.layout.item_steps) { Timeline(it as LinearLayout, format).render(proof) }
        val facts = ProofFacts(resources, format).of(proof)
        if (facts.isNotEmpty()) list.add(R.layout.item_facts) { card -> facts.forEach { fact(card as ViewGroup, it) } }
        list.add(R.layout.item_dispute) { dispute(it, proof) }
        if (proof.entry.status !in NOTHING_TO_TAKE_BACK) {
            list.add(R.layout.item_withdraw) { it.setOnClickListener { actions.withdraw() } }
        }
    }

    private fun fact(card: ViewGroup, fact: Fact) = card.add(R.layout.item_fact) { row ->
        row.findViewById<TextView>(R.id.fact_name).setText(fact.name)
        row.findViewById<TextView>(R.id.fact_value).showText(fact.value)
        row.findViewById<TextView>(R.id.fact_text).showText(fact.text)
    }

    private fun head(card: View, proof: Proof) {
        val entry = proof.entry
        card.findViewById<ImageView>(R.id.proof_disc).showWater(look(entry.resource))
        card.findViewById<TextView>(R.id.proof_name).text =
            Words(resources).meter(entry.resource, entry.place, entry.zone)
        card.showUnder(R.id.proof_flat, R.id.proof_flat_below, format.address(entry.flat))
        card.findViewById<TextView>(R.id.proof_value).run {
            text = format.volume(entry.value)
            contentDescription = Spoken(resources).volume(entry.value)
        }
        card.findViewById<TextView>(R.id.proof_badge).run {
            showStatus(look(entry.status))
            contentDescription = resources.getString(look(entry.status).spoken)
        }
        // What has not left says why in its step of the timeline.
        val meaning = Reasons(resources, format).meaning(entry).takeIf { proof.sentAt != null }
        card.findViewById<TextView>(R.id.proof_text).showText(meaning)
        timing(card, proof)
        buttons(card, proof)
    }

    private fun timing(card: View, proof: Proof) {
        val sentence = when (proof.timing) {
            Timing.TAKEN_IN_TIME_SENT_LATER -> resources.getString(R.string.proof_in_time_later)

            Timing.TAKEN_LATE -> resources.getString(R.string.proof_taken_late, format.month(proof.entry.period))

            Timing.COUNTS_LATER -> proof.effectivePeriod?.let {
                resources.getString(R.string.proof_counts_later, format.inMonth(it))
            }

            Timing.NOT_KNOWN, Timing.IN_TIME -> null
        }
        val late = proof.timing == Timing.COUNTS_LATER
        card.findViewById<View>(R.id.proof_timing).showIf(sentence != null)
        card.findViewById<TextView>(R.id.proof_timing_text).text = sentence
        card.findViewById<IconView>(R.id.proof_timing_icon)
            .show(if (late) R.drawable.ic_clock else R.drawable.ic_check, if (late) R.color.warn else R.color.ok)
    }

    private fun buttons(card: View, proof: Proof) {
        val entry = proof.entry
        val asked = entry.status == Status.NEEDS_ANSWER
        card.findViewById<ActionButton>(R.id.proof_correct).run {
            showIf(asked || entry.status == Status.REJECTED)
            setOnClickListener { actions.correct(entry.meterId) }
        }
        card.findViewById<ActionButton>(R.id.proof_confirm).run {
            showIf(asked)
            label = resources.getString(R.string.check_keep, format.number(entry.value))
            setOnClickListener { actions.confirm(entry.itemId) }
        }
    }

    private fun dispute(card: View, proof: Proof) {
        val text = when {
            proof.receipt != null -> R.string.proof_dispute_text
            proof.entry.status == Status.NOT_SUBMITTED -> null
            else -> R.string.proof_dispute_waiting
        }
        card.findViewById<TextView>(R.id.dispute_text).showText(text?.let { resources.getString(it) })
        card.findViewById<TextView>(R.id.dispute_code).run {
            this.text = proof.code
            contentDescription = Spoken(resources).code(proof.code)
        }
        card.findViewById<View>(R.id.dispute_confirmed).showIf(proof.receipt != null)
    }

    private companion object {
        /** Taken back or corrected already, or part of a charge. */
        val NOTHING_TO_TAKE_BACK = setOf(Status.NOT_SUBMITTED, Status.ACCOUNTED)
    }
}
