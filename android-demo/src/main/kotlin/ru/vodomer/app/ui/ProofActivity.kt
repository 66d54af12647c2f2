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
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.app.ui.view.showIf

/** Proof in a dispute: what was captured, sent and received, when, under which number. */
class ProofActivity :
    ScreenActivity(),
    ProofActions {
    private val printing by lazy { Printing(this) }
    private val itemId get() = intent.getStringExtra(Screens.ITEM).orEmpty()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_list, getString(R.string.proof_title))
        bar(getString(R.string.proof_title))
        findViewById<View>(R.id.pinned_rule).showIf(true)
        findViewById<View>(R.id.pinned_buttons).showIf(true)
        findViewById<ActionButton>(R.id.first_button).run {
            label = getString(R.string.share)
            setOnClickListener { share() }
        }
        findViewById<ActionButton>(R.id.second_button).run {
            showIf(true)
            label = getString(R.string.print)
            setOnClickListener { printing.print(getString(R.string.proof_title), text().asPage()) }
        }
    }

    override fun refresh() {
        val proof = core.proof(itemId)
        val list = findViewById<LinearLayout>(R.id.list)
        list.drawOnce(proof) { ProofCards(list, format(), this).render(proof) }
    }

    private fun text() = ProofText(resources, format(), core.proof(itemId))

    private fun share() {
        val send = Intent(Intent.ACTION_SEND)
            .setType("text/plain")
            .putExtra(Intent.EXTRA_SUBJECT, getString(R.string.proof_title))
            .putExtra(Intent.EXTRA_TEXT, text().asText())
        startActivity(Intent.createChooser(send, getString(R.string.share)))
    }

    override fun correct(meterId: String) = startActivity(Screens.capture(this, meterId))

    override fun confirm(itemId: String) {
        core.confirm(itemId)
        app.afterCapture()
        redraw()
    }
}
