// The hub of the app.

package ru.vodomer.app.ui.home

import android.view.View
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.sayAs
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showNote
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.RecoveredWords
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Channel
import ru.vodomer.core.Home
import ru.vodomer.core.Recovered
import ru.vodomer.core.Waiting

/** Where home leads. */
interface HomeActions {
    /** Sign in, or in again. */
    fun signIn()

    /** Take the reading of a meter. */
    fun capture(meterId: String)

    /** The card of a reading. */
    fun proof(itemId: String)

    /** What was sent and what waits. */
    fun queue()

    /** Charges and receipts. */
    fun charges()

    /** Text message, letter, call; [first] is the one to be seen first. */
    fun channels(first: Channel? = null)

    /** Allow reminders. */
    fun remind()

    /** What was said of a recovery is understood. */
    fun recoveryUnderstood()
}

/** What is due, what waits, the flats, and the way on; [screen] is the inflated layout. */
class HomeScreen(private val screen: View, private val format: Format, private val actions: HomeActions) {
    private val resources = screen.resources

    /** Shows [home], what was [recovered] or [note] at its top; [channels] only when other ways are to be offered. */
    fun render(home: Home, channels: List<AccountChannels>, recovered: Recovered?, note: Note?) {
        HeroCard(screen.findViewById(R.id.hero), format, actions).render(home.hero)
        FlatCards(screen.findViewById(R.id.flats), format, actions).render(home.flats)
        renderNote(recovered, home.needsSignIn, note)
        renderWaiting(home.waiting, channels)
        val asOf = home.asOf?.let { resources.getString(R.string.data_as_of, format.dayAndTime(it)) }
        screen.findViewById<TextView>(R.id.as_of).showText(asOf.takeIf { home.flats.isNotEmpty() })
        renderMore(home.flats.isNotEmpty())
    }

    /** One note a screen: what happened to the readings comes first, then signing in. */
    private fun renderNote(recovered: Recovered?, needsSignIn: Boolean, note: Note?) {
        val place = screen.findViewById<View>(R.id.note)
        when {
            recovered != null -> {
                val button = resources.getString(R.string.understood)
                val text = RecoveredWords(resources).sentence(recovered)
                val told = Note(text, R.drawable.ic_info, NoteTone.LOOK_HERE, button)
                place.showNote(told, actions::recoveryUnderstood)
            }

            needsSignIn -> {
                val button = resources.getString(R.string.sign_in)
                val text = resources.getString(R.string.sign_in_again)
                place.showNote(Note(text, R.drawable.ic_lock, button = button), actions::signIn)
            }

            else -> place.showNote(note, actions::remind)
        }
    }

    private fun renderWaiting(waiting: Waiting?, channels: List<AccountChannels>) {
        val strip = screen.findViewById<View>(R.id.waiting)
        val ways = screen.findViewById<View>(R.id.ways)
        strip.showIf(waiting != null && !waiting.offerChannels)
        ways.showIf(waiting != null && waiting.offerChannels)
        if (waiting == null) return
        val count = waiting.count
        val title = resources.getQuantityString(R.plurals.waiting_title, count, count)
        strip.findViewById<TextView>(R.id.waiting_title).text = title
        strip.sayAs<Button>(
            resources.getString(R.string.sentence_join, title, resources.getString(R.string.waiting_text)),
        )
        strip.setOnClickListener { actions.queue() }
        ways.findViewById<TextView>(R.id.ways_title).text = title
        ways.findViewById<TextView>(R.id.ways_text).text =
            resources.getQuantityString(R.plurals.waiting_other_ways, count)
        // Two ways fit side by side; the letter only where text messages are not taken.
        val bySms = channels.any { it.sms != null }
        offer(R.id.ways_sms, Channel.SMS, bySms)
        offer(R.id.ways_email, Channel.EMAIL, !bySms && channels.any { it.email != null })
        offer(R.id.ways_phone, Channel.PHONE, channels.any { it.phone != null })
    }

    private fun offer(button: Int, channel: Channel, available: Boolean) = screen.findViewById<View>(button).run {
        showIf(available)
        setOnClickListener { actions.channels(channel) }
    }

    private fun renderMore(hasFlats: Boolean) {
        val list = screen.findViewById<LinearLayout>(R.id.more)
        list.showIf(hasFlats)
        list.removeViews(1, list.childCount - 1)
        list.addWay(R.drawable.ic_receipt, R.string.more_charges, actions::charges)
        list.addWay(R.drawable.ic_send, R.string.more_queue, actions::queue)
        list.addWay(R.drawable.ic_phone, R.string.more_channels, { actions.channels() })
    }

    private fun LinearLayout.addWay(icon: Int, label: Int, action: () -> Unit) = add(R.layout.item_more) { row ->
        row.findViewById<ImageView>(R.id.more_icon).setImageResource(icon)
        row.findViewById<TextView>(R.id.more_label).setText(label)
        row.sayAs<Button>(resources.getString(label))
        row.setOnClickListener { action() }
    }
}
