// The card of a reading.

package ru.vodomer.app.ui

import android.content.Intent
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import ru.vodomer.app.R
import ru.vodomer.app.ui.reading.ProofActions
import ru.vodomer.app.ui.reading.ProofCards
import ru.vodomer.app.ui.reading.ProofText
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.Ask
import ru.vodomer.app.ui.view.AskDialog
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.bringIntoSight
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showNote
import ru.vodomer.app.ui.words.WithdrawnWords
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.VodomerException
import ru.vodomer.core.Withdrawn

/** Proof in a dispute: what was captured, sent and received, when, under which number. It can be taken back here. */
class ProofActivity :
    ScreenActivity(),
    ProofActions {
    private val printing by lazy { Printing(this) }
    private val itemId get() = intent.getStringExtra(Screens.ITEM).orEmpty()
    private var isAsking = false
    private var dialog: AskDialog? = null
    private var withdrawn: Withdrawn? = null
    private var failed: Note? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        isAsking = savedInstanceState?.getBoolean(ASKING) == true
        withdrawn = savedInstanceState?.getString(WITHDRAWN)?.let(Withdrawn::valueOf)
        show(R.layout.screen_list, getString(R.string.proof_title))
        bar(getString(R.string.proof_title))
        findViewById<View>(R.id.pinned_rule).showIf(true)
        findViewById<View>(R.id.pinned_buttons).showIf(true)
        findViewById<ActionButton>(R.id.first_button).run {
            label = getString(R.string.share)
            setOnClickListener { tell(::share) }
        }
        findViewById<ActionButton>(R.id.second_button).run {
            showIf(true)
            label = getString(R.string.print)
            setOnClickListener { tell { printing.print(getString(R.string.proof_title), it.asPage()) } }
        }
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putBoolean(ASKING, isAsking)
        outState.putString(WITHDRAWN, withdrawn?.name)
    }

    override fun onDestroy() {
        dialog?.dismiss()
        super.onDestroy()
    }

    override fun refresh() {
        val proof = core.proof(itemId)
        val list = findViewById<LinearLayout>(R.id.list)
        list.drawOnce(proof) { ProofCards(list, format(), this).render(proof) }
        findViewById<View>(R.id.note).showNote(failed ?: withdrawn?.let(::note))
        if (isAsking && dialog == null) ask(proof.entry)
    }

    private fun note(outcome: Withdrawn): Note {
        val sentence = WithdrawnWords(resources, format()).outcome(outcome)
        return when (outcome) {
            Withdrawn.AT_ONCE -> Note(sentence, R.drawable.ic_check, NoteTone.GOOD)
            Withdrawn.QUEUED -> Note(sentence, R.drawable.ic_clock)
            Withdrawn.TOO_LATE -> Note(sentence, R.drawable.ic_warn, NoteTone.LOOK_HERE)
        }
    }

    private fun tell(how: (ProofText) -> Unit) {
        failed = attempt { how(ProofText(resources, format(), core.proof(itemId))) }
        redraw()
    }

    private fun share(text: ProofText) {
        val send = Intent(Intent.ACTION_SEND)
            .setType("text/plain")
            .putExtra(Intent.EXTRA_SUBJECT, getString(R.string.proof_title))
            .putExtra(Intent.EXTRA_TEXT, text.asText())
        startActivity(Intent.createChooser(send, getString(R.string.share)))
    }

    override fun correct(meterId: String) = startActivity(Screens.capture(this, meterId))

    override fun confirm(itemId: String) {
        failed = attempt { core.confirm(itemId) }
        if (failed == null) app.afterCapture()
        redraw()
    }

    override fun withdraw() {
        isAsking = true
        redraw()
    }

    private fun ask(entry: OutboxEntry) {
        val question = Ask(
            title = getString(R.string.withdraw_title, format().volume(entry.value)),
            text = WithdrawnWords(resources, format()).question(entry),
            yes = getString(R.string.withdraw),
            no = getString(R.string.withdraw_keep),
        )
        dialog = AskDialog(this, question, yes = ::takeBack, no = ::answered).also { it.show() }
    }

    private fun answered() {
        isAsking = false
        dialog = null
    }

    private fun takeBack() {
        answered()
        failed = null
        withdrawn = try {
            core.withdraw(itemId).also { app.afterCapture() }
        } catch (failure: VodomerException) {
            val sentence = WithdrawnWords(resources, format()).failure(failure)
            failed = Note(sentence, R.drawable.ic_warn, NoteTone.WRONG)
            null
        }
        redraw()
        // The button is at the end of the card, the answer at its top.
        findViewById<View>(R.id.note).bringIntoSight()
    }

    private companion object {
        const val ASKING = "asking"
        const val WITHDRAWN = "withdrawn"
    }
}
