// A reading that was just saved.

package ru.vodomer.app.ui

import android.os.Build
import android.os.Bundle
import android.view.HapticFeedbackConstants
import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.app.ui.words.look
import ru.vodomer.app.ui.words.nextMeter
import ru.vodomer.core.Home
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Status

/** It is on the disk; what becomes of it changes while the screen is open, as the sync job goes on. */
class SavedActivity : ScreenActivity() {
    private val itemId get() = intent.getStringExtra(Screens.ITEM).orEmpty()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_saved, getString(R.string.status_saved))
        if (savedInstanceState == null) celebrate(findViewById(R.id.saved_title))
    }

    private fun celebrate(title: View) {
        title.requestFocus()
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) return
        title.post { title.performHapticFeedback(HapticFeedbackConstants.CONFIRM) }
    }

    override fun refresh() {
        val entry = core.proof(itemId).entry
        val home = core.home()
        val format = format()
        bar(words.meter(entry.resource, entry.place, entry.zone))
        findViewById<TextView>(R.id.saved_title).run {
            val sentence = getString(title(entry.status), format.volume(entry.value))
            if (text.toString() != sentence) text = sentence
            contentDescription = Spoken(resources).aloud(sentence)
        }
        findViewById<TextView>(R.id.saved_text).text = text(entry, format)
        findViewById<TextView>(R.id.saved_taken).text = getString(R.string.taken_at, format.dayAt(entry.takenAt))
        val status = look(entry.status)
        findViewById<IconView>(R.id.saved_status_icon).show(status.icon, R.color.on_var)
        findViewById<TextView>(R.id.saved_status).setText(status.word)
        renderWays(home)
    }

    private fun title(status: Status) = when (status) {
        Status.SENT -> R.string.saved_sent_title

        Status.ACCEPTED, Status.ACCOUNTED -> R.string.saved_accepted_title

        Status.SAVED, Status.WAITING_FOR_NETWORK, Status.NOT_SUBMITTED, Status.SENT_ELSEWHERE,
        Status.NEEDS_ANSWER, Status.REJECTED,
        -> R.string.saved_title
    }

    private fun text(entry: OutboxEntry, format: Format): String {
        val held = entry.heldUntil
        return when {
            held != null -> getString(R.string.saved_held, format.dayAt(held))

            entry.status == Status.ACCEPTED || entry.status == Status.ACCOUNTED ->
                getString(R.string.saved_accepted_text)

            entry.status == Status.SENT -> getString(R.string.saved_sent_text)

            entry.status == Status.WAITING_FOR_NETWORK || !app.online -> getString(R.string.saved_offline)

            else -> getString(R.string.saved_sending)
        }
    }

    private fun renderWays(home: Home) {
        val next = nextMeter(home)
        val meter = home.flats.flatMap { it.meters }.firstOrNull { it.meterId == next }
        findViewById<ActionButton>(R.id.saved_next).run {
            showIf(meter != null)
            if (meter == null) return@run
            val name = words.meter(meter.resource, meter.place, meter.zone).replaceFirstChar(Char::lowercase)
            label = getString(R.string.next_meter, name)
            setOnClickListener {
                startActivity(Screens.capture(context, meter.meterId))
                finish()
            }
        }
        findViewById<ActionButton>(R.id.saved_home).run {
            setRank(if (meter == null) ActionButton.Rank.FILLED else ActionButton.Rank.TEXT)
            setOnClickListener { startActivity(Screens.home(context)) }
        }
    }
}
