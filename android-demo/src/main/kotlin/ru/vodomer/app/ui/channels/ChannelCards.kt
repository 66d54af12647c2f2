// The cards of «Передать иначе».

package ru.vodomer.app.ui.channels

import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.showBadge
import ru.vodomer.app.ui.view.showIf
import ru.vodomer.app.ui.view.showText
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Channel
import ru.vodomer.core.Letter
import ru.vodomer.core.PhoneScript

/** What was opened last, so that the resident can be asked whether it was sent. */
data class Opened(val accountId: String, val channel: Channel)

/** What the resident can do on the screen. */
interface ChannelActions {
    /** Opens the messenger with the text. */
    fun sms(accountId: String, letter: Letter)

    /** Opens the mail program with the letter. */
    fun email(accountId: String, letter: Letter)

    /** Opens the dialler. */
    fun call(accountId: String, number: String)

    /** What was opened was sent. */
    fun sent()

    /** It was not, or not yet. */
    fun notYet()
}

/** A card a way, account by account. */
class ChannelCards(private val list: LinearLayout, private val actions: ChannelActions) {
    private val resources = list.resources

    /** Shows the ways; [opened] asks whether it was sent. */
    fun render(accounts: List<AccountChannels>, opened: Opened?) {
        list.removeAllViews()
        for (account in accounts) {
            val asked = opened?.takeIf { it.accountId == account.accountId }?.channel
            list.add(R.layout.item_section) { (it as TextView).text = account.flat }
            list.add(R.layout.item_line) { line ->
                (line as TextView).text =
                    resources.getQuantityString(R.plurals.channels_readings, account.readings, account.readings)
            }
            account.sms?.let { sms(account.accountId, it, asked == Channel.SMS) }
            account.email?.let { email(account.accountId, it, asked == Channel.EMAIL) }
            account.phone?.let { phone(account.accountId, it, asked == Channel.PHONE) }
        }
    }

    private fun sms(accountId: String, letter: Letter, asked: Boolean) = list.add(R.layout.item_channel) { card ->
        card.tag = Channel.SMS
        name(card, R.string.channel_sms, resources.getString(R.string.channel_to, letter.to))
        card.findViewById<TextView>(R.id.channel_text).text = letter.body
        open(card, R.drawable.ic_message, resources.getString(R.string.channel_open_sms)) {
            actions.sms(accountId, letter)
        }
        ask(card, R.string.sent_sms, asked)
    }

    private fun email(accountId: String, letter: Letter, asked: Boolean) = list.add(R.layout.item_channel) { card ->
        card.tag = Channel.EMAIL
        val to = resources.getString(R.string.channel_to, letter.to)
        name(card, R.string.channel_email, to + "\n" + resources.getString(R.string.channel_subject, letter.subject))
        card.findViewById<TextView>(R.id.channel_text).text = letter.body
        open(card, R.drawable.ic_mail, resources.getString(R.string.channel_open_email)) {
            actions.email(accountId, letter)
        }
        ask(card, R.string.sent_email, asked)
    }

    private fun phone(accountId: String, script: PhoneScript, asked: Boolean) =
        list.add(R.layout.item_channel) { card ->
            card.tag = Channel.PHONE
            name(card, R.string.channel_phone, resources.getString(R.string.channel_say))
            hours(card, script.answersNow)
            card.findViewById<TextView>(R.id.channel_text).text = script.lines.joinToString("\n")
            open(card, R.drawable.ic_phone, script.display) { actions.call(accountId, script.number) }
            ask(card, R.string.sent_phone, asked)
        }

    private fun name(card: View, name: Int, under: String) {
        card.findViewById<TextView>(R.id.channel_name).setText(name)
        card.findViewById<TextView>(R.id.channel_to).showText(under)
    }

    /** Whether the line answers; nothing where the hours are not known. */
    private fun hours(card: View, answersNow: Boolean?) = card.findViewById<TextView>(R.id.channel_hours).run {
        showIf(answersNow != null)
        if (answersNow == true) {
            showBadge(R.drawable.ic_check, R.string.channel_open_now, R.color.ok_bg, R.color.on_ok)
        } else {
            showBadge(R.drawable.ic_clock, R.string.channel_closed_now, R.color.wait_bg, R.color.on_wait)
        }
    }

    private fun open(card: View, icon: Int, words: String, action: () -> Unit) =
        card.findViewById<ActionButton>(R.id.channel_open).run {
            setIcon(icon)
            label = words
            setOnClickListener { action() }
        }

    private fun ask(card: View, question: Int, asked: Boolean) {
        card.findViewById<View>(R.id.channel_sent).showIf(asked)
        card.findViewById<TextView>(R.id.sent_title).setText(question)
        card.findViewById<View>(R.id.sent_mark).setOnClickListener { actions.sent() }
        card.findViewById<View>(R.id.sent_not_yet).setOnClickListener { actions.notYet() }
    }
}
