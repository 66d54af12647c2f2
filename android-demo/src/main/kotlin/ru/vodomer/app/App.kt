package ru.vodomer.app

import android.app.Application
import android.content.Context
import android.net.ConnectivityManager
import ru.vodomer.app.alarms.Reminders
import ru.vodomer.app.notify.Channels
import ru.vodomer.app.notify.Notices
import ru.vodomer.app.sync.ForegroundRefresh
import ru.vodomer.app.sync.SyncScheduler
import ru.vodomer.app.ui.ScreenActivity
import ru.vodomer.core.Clock
import ru.vodomer.core.OpenOptions
import ru.vodomer.core.SyncReport
import ru.vodomer.core.Vodomer
import ru.vodomer.core.VodomerException
import ru.vodomer.core.VodomerInterface
import java.io.File
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import ru.vodomer.core.setAsideDamaged as setAsideDamagedIn

/**
 * The process. It holds the one core object and lends it what only Android has.
 *
 * What follows from something the resident did (a job to send it, an alarm to remind) is set off here, so that a
 * screen, the job and the alarm all do it alike.
 */
open class App : Application() {
    /** Network calls and whatever else must not hold up a screen. */
    open val background: Executor by lazy { Executors.newCachedThreadPool() }

    open val clock: Clock by lazy { AndroidClock(this) }

    /** A utility's profile as JSON; null is the one that the core carries. */
    protected open val profileJson: String? = null

    @Volatile
    private var opened: VodomerInterface? = null

    override fun onCreate() {
        super.onCreate()
        Channels.create(this)
        registerActivityLifecycleCallbacks(ForegroundRefresh(this))
    }

    /**
     * The core, opened at its first use. A failure is not remembered: the next use tries again.
     *
     * @throws VodomerException when the store or the profile cannot be read.
     */
    open val core: VodomerInterface
        @Synchronized get() = opened ?: open().also { opened = it }

    /** Puts a damaged store aside, under the name returned; the next use of [core] starts a new one. */
    open fun setAsideDamaged(): String = setAsideDamagedIn(folder().path)

    /** Whether Android has a network to offer. Whether the utility can be reached over it, only a sync can tell. */
    open val online: Boolean
        get() = getSystemService(ConnectivityManager::class.java).activeNetwork != null

    /** Sends what waits and reads back while the resident looks on, and sees to the next attempt; for [background]. */
    open fun sync(): SyncReport = core.sync(SYNC_BUDGET_MS).also {
        reminders().arm()
        SyncScheduler(this, clock).nextAttempt(it.retryAt)
    }

    /** The pass of the job, which nobody waits for; it sees to its next attempt itself, when it has finished. */
    internal fun syncUnattended(): SyncReport = core.syncUnattended(SYNC_BUDGET_MS).also { reminders().arm() }

    /** Ends the pass that is under way, if there is one, at its next step. */
    internal fun cancelPass() {
        opened?.cancel()
    }

    /**
     * A reading was saved, handed over or taken back: a try at once while the resident looks on, and the job for when
     * it fails.
     */
    open fun afterCapture() {
        SyncScheduler(this, clock).asSoonAsOnline()
        if (online) tryNow() else besideTheScreen { core.noteOffline() }
        rearm()
    }

    /** One pass now, beside the screen. */
    internal fun tryNow() = besideTheScreen { sync() }

    private fun besideTheScreen(work: () -> Unit) = background.execute {
        if (unattended(work)) ScreenActivity.refreshVisible()
    }

    /** New meters may have come, and what was captured before may be waiting for this sign-in. */
    open fun afterLogin() = afterCapture()

    /** Shows the reminders that are due and sets the next alarm. Without a store there is nothing to remind of. */
    fun rearm(then: () -> Unit = {}) = background.execute {
        unattended { reminders().arm() }
        then()
    }

    private fun reminders() = Reminders(this, core, Notices(this, core))

    protected open fun open(): VodomerInterface = Vodomer.open(
        OpenOptions(dir = folder().path, profileJson = profileJson, appVersion = versionName()),
        KeystoreSecrets(this),
        clock,
    )

    private fun folder() = File(noBackupFilesDir, "vodomer").apply { mkdirs() }

    private fun versionName() = packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()

    companion object {
        fun of(context: Context) = context.applicationContext as App

        /** Well inside the ten minutes that Android gives a job; a pass with something to send takes seconds. */
        private const val SYNC_BUDGET_MS = 60_000L
    }
}
