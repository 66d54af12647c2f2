// What is to be known of a reading besides its way.

package ru.vodomer.app.ui.reading

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.ClockWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.WithdrawnWords
import ru.vodomer.core.Channel
import ru.vodomer.core.Proof

/** A name, a value, and a sentence or a text below it. */
data class Fact(val name: Int, val value: String, val text: String?)

/** The phone's clock where it was wrong, what the resident has handed over another way, and what is taken back. */
class ProofFacts(private val resources: Resources, private val format: Format) {
    /** Those that there are. */
    fun of(proof: Proof): List<Fact> = listOfNotNull(clock(proof), handedOver(proof), withdrawal(proof))

    private fun clock(proof: Proof): Fact? {
        val words = ClockWords(resources, format)
        return words.showed(proof)?.let { Fact(R.string.proof_phone_clock, it, words.wrongBy(proof)) }
    }

    private fun handedOver(proof: Proof): Fact? {
        val name = when (proof.entry.channel ?: return null) {
            Channel.SMS -> R.string.proof_by_sms
            Channel.EMAIL -> R.string.proof_by_email
            Channel.PHONE -> R.string.proof_by_phone
        }
        val at = proof.entry.channelAt?.let(format::dayAndSeconds).orEmpty()
        return Fact(name, at, proof.handedOverText?.takeIf(String::isNotBlank))
    }

    private fun withdrawal(proof: Proof): Fact? {
        val withdrawal = proof.entry.withdrawal ?: return null
        val words = WithdrawnWords(resources, format)
        return Fact(R.string.proof_withdrawal, words.progress(withdrawal), words.why(withdrawal))
    }
}
