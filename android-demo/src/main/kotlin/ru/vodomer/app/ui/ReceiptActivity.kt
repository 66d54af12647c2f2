// A receipt.

package ru.vodomer.app.ui

import android.content.Intent
import android.os.Bundle
import android.text.Html
import android.view.ViewGroup
import android.webkit.WebView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.core.Document

/** The receipt of a month as the core wrote it: to look at, print, save as PDF, send. */
class ReceiptActivity : ScreenActivity() {
    private val accountId get() = intent.getStringExtra(Screens.ACCOUNT).orEmpty()
    private val period get() = intent.getStringExtra(Screens.PERIOD).orEmpty()
    private var shown: Document? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_receipt, getString(R.string.receipt_open))
    }

    override fun refresh() {
        val receipt = core.receipt(accountId, period)
        if (receipt == shown) return
        shown = receipt
        bar(getString(R.string.receipt_for, format().month(period)))
        val page = Printing.quiet(WebView(this))
        page.contentDescription = receipt.title
        page.settings.builtInZoomControls = true
        page.settings.displayZoomControls = false
        findViewById<ViewGroup>(R.id.paper).run {
            removeAllViews()
            addView(
                page,
                ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.MATCH_PARENT),
            )
        }
        Printing.load(page, receipt.html)
        button(R.id.first_button) { Printing(this).print(receipt.title, page) }
        button(R.id.second_button) { share(receipt) }
    }

    private fun button(id: Int, action: () -> Unit) = findViewById<ActionButton>(id).setOnClickListener { action() }

    private fun share(receipt: Document) {
        val send = Intent(Intent.ACTION_SEND)
            .setType("text/html")
            .putExtra(Intent.EXTRA_SUBJECT, receipt.title)
            .putExtra(Intent.EXTRA_HTML_TEXT, receipt.html)
            .putExtra(Intent.EXTRA_TEXT, Html.fromHtml(receipt.html, Html.FROM_HTML_MODE_COMPACT).toString())
        startActivity(Intent.createChooser(send, getString(R.string.share)))
    }
}
