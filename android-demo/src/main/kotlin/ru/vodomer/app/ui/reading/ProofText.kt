// The card of a reading as text, to be sent or printed.

package ru.vodomer.app.ui.reading

import android.content.res.Resources
import android.text.TextUtils
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.Proof

/** Everything that the card shows, a line each. */
class ProofText(private val resources: Resources, private val format: Format, private val proof: Proof) {
    /** For a messenger or a letter. */
    fun asText(): String = lines().joinToString("\n")

    /** For paper: a page that needs nothing else. */
    fun asPage(): String {
        val title = TextUtils.htmlEncode(resources.getString(R.string.proof_title))
        val rows = lines().joinToString("\n") { "<p>${TextUtils.htmlEncode(it)}</p>" }
        return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>$title</title>" +
            "<style>body{font:14pt sans-serif;margin:2em}p{margin:.4em 0}</style></head>" +
            "<body><h1>$title</h1>$rows</body></html>"
    }

    private fun lines(): List<String> = way() + facts() + listOf(
        string(R.string.share_code, proof.code),
        string(R.string.share_key, proof.idempotencyKey),
    )

    private fun facts(): List<String> = ProofFacts(resources, format).of(proof).flatMap { fact ->
        val name = resources.getString(fact.name)
        listOf(string(R.string.share_step, name, fact.value)) + fact.text.orEmpty().lines().filter(String::isNotBlank)
    }

    private fun way(): List<String> {
        val entry = proof.entry
        return listOfNotNull(
            Words(resources).meter(entry.resource, entry.place, entry.zone),
            entry.flat,
            string(R.string.share_account, proof.account),
            string(R.string.share_serial, proof.serial),
            string(R.string.share_value, format.month(entry.period), format.volume(entry.value)),
            string(R.string.share_entered, proof.entered),
            step(R.string.proof_saved, entry.takenAt),
            step(R.string.proof_sent, proof.sentAt),
            step(R.string.proof_accepted, proof.receivedAt.takeIf { proof.acceptedAt != null } ?: proof.acceptedAt),
            step(R.string.proof_accounted, proof.accountedAt),
            proof.receipt?.let { string(R.string.share_receipt, it) },
        )
    }

    private fun step(title: Int, at: Long?): String? =
        at?.let { string(R.string.share_step, resources.getString(title), format.dayAndSeconds(it)) }

    private fun string(id: Int, vararg values: String) = resources.getString(id, *values)
}
