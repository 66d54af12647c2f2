package ru.vodomer.app.sync

import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadow.api.Shadow
import ru.vodomer.app.harness.FakeApp
import ru.vodomer.app.harness.report

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class SyncJobTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp
    private val jobs: List<JobInfo> get() = app.getSystemService(JobScheduler::class.java).allPendingJobs
    private val service by lazy { Robolectric.setupService(SyncJobService::class.java) }

    @Test
    fun `a saved reading is tried at once`() {
        app.afterCapture()
        assertEquals(1, app.fake.passes)
    }

    @Test
    fun `a saved reading asks for a run as soon as there is a network, also after a reboot`() {
        app.afterCapture()
        val job = jobs.single()
        assertEquals(JobInfo.NETWORK_TYPE_ANY, job.networkType)
        assertEquals(0L, job.minLatencyMillis)
        assertTrue(job.isPersisted)
        assertFalse(job.isPeriodic)
    }

    @Test
    fun `ten saved readings are one run`() {
        repeat(10) { app.afterCapture() }
        assertEquals(1, jobs.size)
    }

    @Test
    fun `the job runs one pass and comes again when the core says`() {
        app.fake.report = report(retryAt = FakeApp.NOW + 600_000)
        service.onStartJob(parameters)
        assertEquals(1, app.fake.unattended)
        assertTrue(shadowOf(service).isJobFinished)
        assertFalse("Android's own backoff is not asked for", shadowOf(service).isRescheduleNeeded)
        assertEquals(600_000L, jobs.single().minLatencyMillis)
        assertEquals(JobInfo.NETWORK_TYPE_ANY, jobs.single().networkType)
    }

    @Test
    fun `the job's pass is one that nobody waits for, the resident's is one that somebody does`() {
        service.onStartJob(parameters)
        assertEquals("the job", 0 to 1, app.fake.passes to app.fake.unattended)
        app.sync()
        app.afterCapture()
        app.tryNow()
        assertEquals("the resident", 3 to 1, app.fake.passes to app.fake.unattended)
    }

    @Test
    fun `a pass that breaks down is left to Android's backoff`() {
        app.fake.failure = { throw IllegalStateException() }
        service.onStartJob(parameters)
        assertTrue(shadowOf(service).isJobFinished)
        assertTrue(shadowOf(service).isRescheduleNeeded)
    }

    @Test
    fun `with nothing left to send no further run is asked for`() {
        service.onStartJob(parameters)
        assertTrue(jobs.isEmpty())
    }

    @Test
    fun `a moment that is past already means at once`() {
        app.fake.report = report(retryAt = FakeApp.NOW - 5)
        service.onStartJob(parameters)
        assertEquals(0L, jobs.single().minLatencyMillis)
    }

    @Test
    fun `a pass that Android stops is cancelled and comes again`() {
        service.onStartJob(parameters)
        assertTrue(service.onStopJob(parameters))
        assertTrue(app.fake.cancelled)
    }

    @Test
    fun `a job that is stopped before the core was opened comes again too`() {
        assertTrue(service.onStopJob(parameters))
        assertFalse(app.fake.cancelled)
    }

    private val parameters get() = Shadow.newInstanceOf(JobParameters::class.java)
}
