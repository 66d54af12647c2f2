// The app with a core that says what a test wants.

package ru.vodomer.app.ui

import org.robolectric.RuntimeEnvironment
import ru.vodomer.app.App
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Channel
import ru.vodomer.core.Charge
import ru.vodomer.core.ChargeVerdict
import ru.vodomer.core.Clock
import ru.vodomer.core.Document
import ru.vodomer.core.Home
import ru.vodomer.core.LoginRequest
import ru.vodomer.core.NoHandle
import ru.vodomer.core.OutboxEntry
import ru.vodomer.core.Preview
import ru.vodomer.core.Proof
import ru.vodomer.core.Recovered
import ru.vodomer.core.SyncReport
import ru.vodomer.core.Vodomer
import ru.vodomer.core.VodomerInterface
import ru.vodomer.core.Withdrawn
import java.util.concurrent.Executor

/** Answers from fields; a field may throw, as the core does. */
class SampleCore : Vodomer(NoHandle) {
    var home: () -> Home = { Samples.home() }
    var captureScreen: () -> CaptureScreen = { Samples.captureScreen() }
    var otherScreen: (String) -> CaptureScreen = { Samples.captureScreen() }
    var preview: (String) -> Preview = Samples::preview
    var capture: (CaptureRequest) -> CaptureOutcome = { Samples.saved() }
    var outbox: () -> List<OutboxEntry> = { SentSamples.outbox() }
    var proof: (String) -> Proof = { SentSamples.proof() }
    var channels: () -> List<AccountChannels> = { SentSamples.channels() }
    var charges: () -> List<Charge> = { ChargeSamples.charges() }
    var verdict: (String) -> ChargeVerdict = ChargeSamples::verdict
    var login: (LoginRequest) -> SyncReport = { Samples.synced() }
    var recovered: () -> Recovered? = { null }
    var recoveryTold: () -> Unit = { recovered = { null } }
    var confirm: () -> Unit = {}
    var handOver: () -> Unit = {}
    var withdraw: (String) -> Withdrawn = { Withdrawn.AT_ONCE }
    val withdrawn = mutableListOf<String>()
    val captured = mutableListOf<CaptureRequest>()
    val confirmed = mutableListOf<String>()
    val handedOver = mutableListOf<Channel>()

    override fun home() = home.invoke()

    override fun captureScreen(meterId: String) = if (meterId == "m1") captureScreen.invoke() else otherScreen(meterId)

    override fun preview(meterId: String, typed: String) = preview.invoke(typed)

    override fun capture(request: CaptureRequest): CaptureOutcome {
        captured += request
        return capture.invoke(request)
    }

    override fun outbox() = outbox.invoke()

    override fun proof(itemId: String) = proof.invoke(itemId)

    override fun otherChannels() = channels.invoke()

    override fun handOver(accountId: String, channel: Channel): Int {
        handOver.invoke()
        handedOver += channel
        return 2
    }

    override fun recovered() = recovered.invoke()

    override fun recoveryTold() = recoveryTold.invoke()

    override fun withdraw(itemId: String): Withdrawn {
        withdrawn += itemId
        return withdraw.invoke(itemId)
    }

    override fun confirm(itemId: String) {
        confirm.invoke()
        confirmed += itemId
    }

    override fun charges(accountId: String) = charges.invoke()

    override fun checkCharge(accountId: String, period: String) = verdict(period)

    override fun receipt(accountId: String, period: String) = Document("Квитанция", "receipt.html", "<p>Квитанция</p>")

    override fun login(request: LoginRequest) = login.invoke(request)
}

/** Hands out the fake core; its background runs at once. */
class SampleApp : App() {
    var fake = SampleCore()
        private set
    var opening: () -> VodomerInterface = { fake }
    var isOnline = false
    var report: () -> SyncReport = { Samples.synced() }
    var setAside = 0
    var captures = 0

    fun reset() {
        fake = SampleCore()
        opening = { fake }
        isOnline = false
        report = { Samples.synced() }
        setAside = 0
        captures = 0
    }

    override val core: VodomerInterface get() = opening()

    override val clock = object : Clock {
        override fun nowMs() = Samples.NOW

        override fun monotonicMs() = 0L

        override fun bootCount() = 1L

        override fun zoneId() = "Europe/Moscow"
    }

    override val online: Boolean get() = isOnline

    override val background = Executor { it.run() }

    override fun sync() = report()

    override fun afterCapture() {
        captures++
    }

    override fun afterLogin() = Unit

    override fun setAsideDamaged(): String {
        setAside++
        return "vodomer.db.damaged-1"
    }

    companion object {
        val current: SampleApp get() = RuntimeEnvironment.getApplication() as SampleApp
    }
}
