// Paper.

package ru.vodomer.app.ui

import android.app.Activity
import android.print.PrintAttributes
import android.print.PrintManager
import android.webkit.WebResourceRequest
import android.webkit.WebView
import android.webkit.WebViewClient

/** Prints a page that needs nothing else, or saves it as PDF; the system's dialog asks which. */
class Printing(private val activity: Activity) {
    // Nothing else holds a page that is still loading.
    private var loading: WebView? = null

    /** Lays [html] out and hands it to the system's printing under the name [title]. */
    fun print(title: String, html: String) {
        val page = quiet(WebView(activity)).also { loading = it }
        page.webViewClient = object : WebViewClient() {
            override fun shouldOverrideUrlLoading(view: WebView, request: WebResourceRequest) = true

            override fun onPageFinished(view: WebView, url: String?) {
                print(title, view)
                loading = null
            }
        }
        load(page, html)
    }

    /** Prints a page that is loaded already. */
    fun print(title: String, page: WebView) {
        val manager = activity.getSystemService(PrintManager::class.java) ?: return
        manager.print(title, page.createPrintDocumentAdapter(title), PrintAttributes.Builder().build())
    }

    companion object {
        /** A web view that runs nothing and reaches nothing. */
        fun quiet(page: WebView): WebView = page.apply {
            settings.javaScriptEnabled = false
            settings.allowFileAccess = false
            settings.allowContentAccess = false
            settings.blockNetworkLoads = true
        }

        /** Loads a page that needs nothing else. */
        fun load(page: WebView, html: String) = page.loadDataWithBaseURL(null, html, "text/html", "utf-8", null)
    }
}
