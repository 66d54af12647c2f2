// «Отправка»: what was sent and what waits.

package ru.vodomer.app.ui

import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.reading.QueueCards
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showNote
import ru.vodomer.app.ui.view.showText
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Status
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.SyncReport

/** Who needs the resident first; sending now, when there is a network. */
class QueueActivity : ScreenActivity() {
    private var outcome: SyncOutcome? = null
    private var retryAt: Long? = null
    private var sending = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        outcome = savedInstanceState?.getString(OUTCOME)?.let(SyncOutcome::valueOf)
        retryAt = savedInstanceState?.getLong(RETRY)?.takeIf { it != 0L }
        show(R.layout.screen_list, getString(R.string.queue_title))
        bar(getString(R.string.queue_title))
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putString(OUTCOME, outcome?.name)
        outState.putLong(RETRY, retryAt ?: 0L)
    }

    override fun refresh() {
        val entries = core.outbox()
        val needsSignIn = core.home().needsSignIn
        val list = findViewById<LinearLayout>(R.id.list)
        list.drawOnce(entries) { QueueCards(list, format(), app.clock.nowMs(), ::open).render(entries) }
        findViewById<TextView>(R.id.empty).showText(getString(R.string.queue_empty).takeIf { entries.isEmpty() })
        val note = note(needsSignIn, entries)
        findViewById<View>(R.id.note).showNote(note) { startActivity(Screens.login(this)) }
        renderSending(app.online && !needsSignIn && entries.any { it.status in LEAVING })
    }

    private fun open(entry: OutboxEntry) = startActivity(Screens.proof(this, entry.itemId))

    private fun note(needsSignIn: Boolean, entries: List<OutboxEntry>): Note? = when {
        needsSignIn || outcome == SyncOutcome.NEEDS_SIGN_IN -> Note(
            getString(R.string.queue_sign_in),
            R.drawable.ic_lock,
            NoteTone.LOOK_HERE,
            getString(R.string.sign_in),
        )

        !app.online || outcome == SyncOutcome.OFFLINE ->
            Note(getString(R.string.queue_offline), R.drawable.ic_cloud_off).takeIf { entries.isNotEmpty() }

        outcome == SyncOutcome.NOT_THE_UTILITY -> Note(getString(R.string.queue_portal), R.drawable.ic_wifi)

        outcome == SyncOutcome.SERVER_BUSY -> Note(serverBusy(), R.drawable.ic_clock)

        else -> null
    }

    private fun serverBusy(): String {
        val next = retryAt ?: return getString(R.string.queue_server_busy_plain)
        return getString(R.string.queue_server_busy, format().moment(next, app.clock.nowMs()))
    }

    private fun renderSending(possible: Boolean) {
        findViewById<View>(R.id.pinned_rule).showIf(possible)
        findViewById<View>(R.id.pinned_buttons).showIf(possible)
        findViewById<ActionButton>(R.id.first_button).run {
            label = getString(if (sending) R.string.queue_sending else R.string.queue_send_now)
            setOnClickListener { if (!sending) send() }
        }
    }

    private fun send() {
        sending = true
        redraw()
        inBackground(app::sync) { result ->
            sending = false
            result.getOrNull()?.let(::remember)
            redraw()
        }
    }

    private fun remember(report: SyncReport) {
        outcome = report.outcome
        retryAt = report.retryAt
    }

    private companion object {
        const val OUTCOME = "outcome"
        const val RETRY = "retryAt"
        val LEAVING = setOf(Status.SAVED, Status.WAITING_FOR_NETWORK, Status.SENT, Status.SENT_ELSEWHERE)
    }
}
