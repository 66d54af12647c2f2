package ru.vodomer.app.harness

import ru.vodomer.app.App
import ru.vodomer.core.AccountChannels
import ru.vodomer.core.Clock
import ru.vodomer.core.Notice
import ru.vodomer.core.Plan
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.SyncReport
import ru.vodomer.core.VodomerInterface
import java.lang.reflect.Proxy
import java.util.concurrent.Executor

/** A core that says what the test wants said, for tests of what Android's side makes of it. */
class FakeCore : VodomerInterface by unanswered() {
    var plan = planned()
    var report = report(retryAt = null)
    var channels = emptyList<AccountChannels>()
    val shown = mutableListOf<String>()
    var cancelled = false
    var offlineNoted = 0

    /** Passes that the resident set off. */
    var passes = 0

    /** Passes that nobody waits for. */
    var unattended = 0

    /** What the core does instead of an answer. */
    var failure: (() -> Nothing)? = null

    override fun plan(): Plan {
        failure?.invoke()
        return plan
    }

    override fun reminderShown(noticeId: String) {
        shown += noticeId
    }

    override fun sync(budgetMs: Long): SyncReport {
        passes++
        failure?.invoke()
        return report
    }

    override fun syncUnattended(budgetMs: Long): SyncReport {
        unattended++
        failure?.invoke()
        return report
    }

    override fun otherChannels() = channels

    override fun noteOffline() {
        offlineNoted++
    }

    override fun cancel() {
        cancelled = true
    }
}

fun planned(notice: Notice? = null, takeAway: Boolean = false, nextWake: Long = FakeApp.NOW + 1) =
    Plan(notice, takeAway, nextWake)

fun report(retryAt: Long?) = SyncReport(
    outcome = SyncOutcome.OFFLINE,
    sent = 0,
    accepted = 0,
    waiting = 1,
    asked = 0,
    rejected = 0,
    retryAt = retryAt,
)

/** The app with a [FakeCore], a clock that stands, and its background work done on the spot. */
class FakeApp : App() {
    val fake = FakeCore()

    override val clock =
        object : Clock {
            override fun nowMs() = NOW

            override fun monotonicMs() = 0L

            override fun bootCount() = 1L

            override fun zoneId() = "Europe/Moscow"
        }
    override val background = Executor(Runnable::run)

    override fun open() = fake

    companion object {
        /** 23 November 2026, 10:00 in Moscow. */
        const val NOW = 1_795_417_200_000L
    }
}

private fun unanswered() = Proxy.newProxyInstance(
    VodomerInterface::class.java.classLoader,
    arrayOf(VodomerInterface::class.java),
) { _, method, _ -> error("no answer for ${method.name}") } as VodomerInterface
