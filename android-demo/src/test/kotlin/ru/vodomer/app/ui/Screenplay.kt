// Every screen in every state that the gallery shows and the checks measure.

package ru.vodomer.app.ui

import android.view.View
import org.robolectric.shadows.ShadowDialog
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.AskDialog
import ru.vodomer.app.ui.view.bigType
import ru.vodomer.core.Channel
import ru.vodomer.core.Hero
import ru.vodomer.core.LoginCause
import ru.vodomer.core.LoginField
import ru.vodomer.core.LoginHint
import ru.vodomer.core.ProfileProblem
import ru.vodomer.core.Recovered
import ru.vodomer.core.Status
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.Timing
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException
import ru.vodomer.core.Waiting

object Screenplay {
    private val russian = LoginHint(LoginField.PASSWORD, LoginCause.RUSSIAN_LETTERS, null)
    private val nothingTaken = listOf(Samples.mine(hot = Status.NOT_SUBMITTED))
    private val taken = Hero.Done(0, 4, "2025-12-23", "2025-12-25")

    private val home = listOf(
        Scene("home", isMain = true) { home() },
        Scene("home_before") { home(Samples.before(), null, nothingTaken) },
        Scene("home_last_day") { home(Samples.lastDay(), Waiting(3, true)) },
        Scene("home_done") { home(Samples.done(), null, Samples.allAccepted()) },
        Scene("home_taken") { home(taken, Waiting(4, true)) },
        Scene("home_missed", isMain = true) { home(Samples.missed(), null) },
        Scene("home_missed_still") { home(Samples.missed(countsFor = "2025-11", byNorm = true), null) },
        Scene("home_no_meters") { home(Hero.NoMeters, null, emptyList()) },
        Scene("home_sign_in") { home(needsSignIn = true) },
        Scene("home_reminders") { home(mayRemind = false) },
        Scene("home_recovered", isMain = true) {
            fake.recovered = { Recovered(Samples.NOW, 2) }
            home()
        },
    )

    private val capture = listOf(
        Scene("capture_empty", isMain = true) { capture() },
        Scene("capture", isMain = true) { capture("127,3") },
        Scene("capture_taken") {
            fake.captureScreen = { Samples.captureScreen().copy(taken = "125") }
            capture()
        },
        Scene("capture_first") {
            fake.captureScreen = { Samples.captureScreen().copy(last = null) }
            capture()
        },
        Scene("capture_too_long") { capture("127351") },
        Scene("capture_letters") { capture("12a") },
        Scene("capture_nothing") { refused(VodomerException.Typed(TypedProblem.Empty), "") },
        Scene("capture_damaged", isMain = true) { refused(VodomerException.StorageDamaged(), "127,3") },
        Scene("capture_full") { refused(VodomerException.StorageFull(), "127,3") },
        Scene("saved", isMain = true) { saved(Status.WAITING_FOR_NETWORK) },
        Scene("saved_accepted") {
            fake.home = { Samples.home(Samples.done(), null) }
            app.isOnline = true
            saved(Status.ACCEPTED)
        },
    )

    private val sending = listOf(
        Scene("queue", isMain = true) { queue() },
        Scene("queue_online") {
            app.isOnline = true
            queue()
        },
        Scene("queue_portal") {
            app.isOnline = true
            app.report = { Samples.synced().copy(outcome = SyncOutcome.NOT_THE_UTILITY) }
            queue().also { it.findViewById<View>(R.id.first_button).performClick() }
        },
        Scene("queue_empty") {
            fake.outbox = { emptyList() }
            queue()
        },
        Scene("proof", isMain = true) { proof(Status.ACCEPTED) },
        Scene("proof_waiting") { proof(Status.WAITING_FOR_NETWORK, Timing.NOT_KNOWN) },
        Scene("proof_later") { proof(Status.ACCOUNTED, Timing.TAKEN_IN_TIME_SENT_LATER) },
        Scene("proof_taken_late") { proof(Status.ACCOUNTED, Timing.TAKEN_LATE) },
        Scene("proof_asked") { proof(Status.NEEDS_ANSWER, Timing.NOT_KNOWN) },
        Scene("proof_refused") { proof(Status.REJECTED, Timing.NOT_KNOWN) },
        Scene("proof_clock", isMain = true) { proof(SentSamples.underWrongClock(by = -11_000_000)) },
        Scene("proof_elsewhere", isMain = true) {
            proof(SentSamples.handedOver(Channel.SMS, "Счёт 1204417: ХВС 127, ГВС 86"))
        },
        Scene("proof_taken_back") {
            proof(Status.WAITING_FOR_NETWORK, Timing.NOT_KNOWN).also {
                fake.proof = { SentSamples.proof(Status.NOT_SUBMITTED, Timing.NOT_KNOWN) }
                it.withdraw()
                (ShadowDialog.getLatestDialog() as AskDialog).findViewById<View>(R.id.ask_yes).performClick()
            }
        },
        Scene("channels") { channels() },
        Scene("channels_sent") { channels().also { it.sms("a1", checkNotNull(SentSamples.channels().first().sms)) } },
        Scene("channels_phone") { channels(Channel.PHONE) },
    )

    private val others = listOf(
        Scene("charges", isMain = true) { charges() },
        Scene("receipt") { receipt() },
        Scene("login", isMain = true) {
            login("зфыыцщкв", VodomerException.BadCredentials(russian)).also {
                val show = if (it.resources.bigType) R.id.login_show_below else R.id.login_show
                it.findViewById<View>(show).performClick()
            }
        },
        Scene("login_meant") {
            val hint = LoginHint(LoginField.LOGIN, LoginCause.LOOK_ALIKE_DIGITS, "1204417")
            login("secret", VodomerException.BadCredentials(hint))
        },
        Scene("login_offline") { login("secret", VodomerException.Offline()) },
        Scene("trouble_damaged") { trouble(VodomerException.StorageDamaged()) },
        Scene("trouble_profile") {
            val problems = listOf(
                ProfileProblem("windows[1].closes.day", "is not a day"),
                ProfileProblem("zone", "is no zone"),
            )
            trouble(VodomerException.ProfileInvalid(problems))
        },
        Scene("trouble_full") { trouble(VodomerException.StorageFull()) },
        Scene("trouble_aside") {
            trouble(VodomerException.StorageDamaged()).also {
                it.findViewById<View>(R.id.trouble_button).performClick()
            }
        },
    )

    val scenes = home + capture + CheckScenes.all + sending + others
}
