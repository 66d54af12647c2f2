package ru.vodomer.app.notify

import ru.vodomer.app.R
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Channel

/** The ways past the server that the utility offers for what waits, in the order of a resident's effort. */
class OtherWays private constructor(val channels: List<Channel>) {
    /** "по СМС", and so on. */
    fun names(): List<Int> = channels.map { channel ->
        when (channel) {
            Channel.SMS -> R.string.notify_by_sms
            Channel.EMAIL -> R.string.notify_by_email
            Channel.PHONE -> R.string.notify_by_phone
        }
    }

    companion object {
        val NONE = OtherWays(emptyList())

        fun of(accounts: List<AccountChannels>) = OtherWays(
            listOfNotNull(
                Channel.SMS.takeIf { accounts.any { it.sms != null } },
                Channel.PHONE.takeIf { accounts.any { it.phone != null } },
                Channel.EMAIL.takeIf { accounts.any { it.email != null } },
            ),
        )
    }
}
