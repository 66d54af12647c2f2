// «Передать иначе».

package ru.vodomer.app.ui

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.channels.ChannelActions
import ru.vodomer.app.ui.channels.ChannelCards
import ru.vodomer.app.ui.channels.Opened
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.bringIntoSight
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.app.ui.view.showNote
import ru.vodomer.app.ui.view.showText
import ru.vodomer.core.Channel
import ru.vodomer.core.Letter

/**
 * Text message, letter, call: the text is ready, the resident's own programs send it, and nothing goes by itself.
 * Coming back, the resident is asked whether it was sent; the answer outlives the process.
 */
class ChannelsActivity :
    ScreenActivity(),
    ChannelActions {
    private var opened: Opened? = null
    private var note: Note? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        opened = savedInstanceState?.getStringArray(OPENED)?.let { (account, channel) ->
            Opened(account, Channel.valueOf(channel))
        }
        show(R.layout.screen_list, getString(R.string.channels_title))
        bar(getString(R.string.channels_title))
        if (savedInstanceState == null) findViewById<View>(R.id.scroll).post(::bringWantedCard)
    }

    /** Scrolls to the way that the resident came for. */
    private fun bringWantedCard() {
        val wanted = intent.getStringExtra(Screens.CHANNEL)?.let(Channel::valueOf) ?: return
        findViewById<View>(R.id.list).findViewWithTag<View?>(wanted)?.bringIntoSight()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        opened?.let { outState.putStringArray(OPENED, arrayOf(it.accountId, it.channel.name)) }
    }

    override fun refresh() {
        val accounts = core.otherChannels()
        val list = findViewById<LinearLayout>(R.id.list)
        list.drawOnce(accounts to opened) { ChannelCards(list, this).render(accounts, opened) }
        val nothing = getString(R.string.channels_none).takeIf { accounts.isEmpty() }
        findViewById<TextView>(R.id.empty).showText(nothing)
        findViewById<View>(R.id.note).showNote(note)
    }

    override fun sms(accountId: String, letter: Letter) {
        val message = Intent(Intent.ACTION_SENDTO, Uri.fromParts("smsto", letter.to, null))
        open(message.putExtra("sms_body", letter.body), Opened(accountId, Channel.SMS))
    }

    override fun email(accountId: String, letter: Letter) {
        val query = "?subject=" + Uri.encode(letter.subject) + "&body=" + Uri.encode(letter.body)
        val message = Intent(Intent.ACTION_SENDTO, Uri.parse("mailto:" + Uri.encode(letter.to) + query))
            .putExtra(Intent.EXTRA_SUBJECT, letter.subject)
            .putExtra(Intent.EXTRA_TEXT, letter.body)
        open(message, Opened(accountId, Channel.EMAIL))
    }

    override fun call(accountId: String, number: String) =
        open(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)), Opened(accountId, Channel.PHONE))

    private fun open(program: Intent, way: Opened) {
        note = try {
            startActivity(program)
            opened = way
            null
        } catch (_: ActivityNotFoundException) {
            Note(getString(R.string.channel_no_app), R.drawable.ic_warn, NoteTone.LOOK_HERE)
        }
        redraw()
    }

    override fun sent() {
        val way = opened ?: return
        val failed = attempt { core.handOver(way.accountId, way.channel) }
        if (failed == null) {
            app.afterCapture()
            opened = null
        }
        note = failed ?: Note(getString(R.string.channel_marked), R.drawable.ic_check, NoteTone.GOOD)
        redraw()
    }

    override fun notYet() {
        opened = null
        redraw()
    }

    private companion object {
        const val OPENED = "opened"
    }
}
