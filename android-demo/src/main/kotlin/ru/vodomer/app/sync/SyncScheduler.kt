package ru.vodomer.app.sync

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import ru.vodomer.core.Clock

/** Asks Android for one run of [SyncJobService]; there is no periodic work. */
class SyncScheduler(private val context: Context, private val clock: Clock) {
    /** Something waits to be sent. */
    fun asSoonAsOnline() = schedule(job())

    /** The core wants to try again at this instant (UTC, ms), or, with null, has nothing left to try. */
    fun nextAttempt(retryAt: Long?) {
        if (retryAt == null) return
        schedule(job().setMinimumLatency(maxOf(0, retryAt - clock.nowMs())))
    }

    private fun job() = JobInfo
        .Builder(JOB, ComponentName(context, SyncJobService::class.java))
        .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
        .setPersisted(true)

    private fun schedule(job: JobInfo.Builder) {
        context.getSystemService(JobScheduler::class.java).schedule(job.build())
    }

    private companion object {
        /** One id, so that a new request takes the place of the old. */
        const val JOB = 1
    }
}
