package ru.vodomer.app.sync

import android.app.job.JobParameters
import android.app.job.JobService
import ru.vodomer.app.App
import ru.vodomer.app.ui.ScreenActivity
import ru.vodomer.app.unattended

/** One pass of the core's outbox, when Android says that there is a network. */
class SyncJobService : JobService() {
    override fun onStartJob(params: JobParameters): Boolean {
        val app = App.of(this)
        app.background.execute {
            val done = unattended {
                val report = app.syncUnattended()
                // Finished first: scheduling under the same id would stop a job that runs.
                jobFinished(params, false)
                SyncScheduler(app, app.clock).nextAttempt(report.retryAt)
                ScreenActivity.refreshVisible()
            }
            // Everything that was stored is, and Android's backoff tries again.
            if (!done) jobFinished(params, true)
        }
        return true
    }

    /** The network went, or the time is up: the pass ends between two steps, and Android starts the job again. */
    override fun onStopJob(params: JobParameters): Boolean {
        App.of(this).cancelPass()
        return true
    }
}
