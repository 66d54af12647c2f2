// Ways from screen to screen.

package ru.vodomer.app.ui

import android.content.Context
import android.content.Intent
import ru.vodomer.core.Channel

/** Intents to the screens; notifications use them too. */
object Screens {
    /** A meter's id. */
    const val METER = "meterId"

    /** An outbox item's id. */
    const val ITEM = "itemId"

    /** An account's id. */
    const val ACCOUNT = "accountId"

    /** The name of a [Channel]. */
    const val CHANNEL = "channel"

    /** A month, `2026-11`. */
    const val PERIOD = "period"

    /** The hub, with nothing above it. */
    fun home(context: Context): Intent = Intent(context, HomeActivity::class.java)
        .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_SINGLE_TOP)

    /** Signing in. */
    fun login(context: Context): Intent = Intent(context, LoginActivity::class.java)

    /** Taking the reading of a meter. */
    fun capture(context: Context, meterId: String): Intent =
        Intent(context, CaptureActivity::class.java).putExtra(METER, meterId)

    /** A reading that was just saved. */
    fun saved(context: Context, itemId: String): Intent =
        Intent(context, SavedActivity::class.java).putExtra(ITEM, itemId)

    /** What was sent and what waits. */
    fun queue(context: Context): Intent = Intent(context, QueueActivity::class.java)

    /** The card of a reading. */
    fun proof(context: Context, itemId: String): Intent =
        Intent(context, ProofActivity::class.java).putExtra(ITEM, itemId)

    /** Charges of all flats. */
    fun charges(context: Context): Intent = Intent(context, ChargesActivity::class.java)

    /** The receipt of a month. */
    fun receipt(context: Context, accountId: String, period: String): Intent =
        Intent(context, ReceiptActivity::class.java).putExtra(ACCOUNT, accountId).putExtra(PERIOD, period)

    /** Handing over by text message, letter or call; [channel] is the one to be seen first. */
    fun channels(context: Context, channel: Channel? = null): Intent =
        Intent(context, ChannelsActivity::class.java).putExtra(CHANNEL, channel?.name)

    /** The app's own file cannot be opened. */
    fun trouble(context: Context): Intent = Intent(context, StorageTroubleActivity::class.java)
        .addFlags(Intent.FLAG_ACTIVITY_CLEAR_TASK or Intent.FLAG_ACTIVITY_NEW_TASK)
}
