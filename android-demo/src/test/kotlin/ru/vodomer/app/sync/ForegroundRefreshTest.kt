package ru.vodomer.app.sync

import android.app.Activity
import android.app.job.JobScheduler
import android.net.ConnectivityManager
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.FakeApp

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class ForegroundRefreshTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp

    @Test
    fun `coming to the app is one pass, however many screens are then opened`() {
        val home = open()
        val above = open()
        home.pause().stop()
        assertEquals(1, app.fake.passes)
        home.restart().resume()
        above.pause().stop().destroy()
        assertEquals(1, app.fake.passes)
    }

    @Test
    fun `leaving the app and coming back is another`() {
        val home = open()
        home.pause().stop()
        home.restart().resume()
        assertEquals(2, app.fake.passes)
    }

    @Test
    fun `turning the phone is none`() {
        open().recreate()
        assertEquals(1, app.fake.passes)
    }

    @Test
    fun `without a network a run is asked for as soon as there is one`() {
        shadowOf(app.getSystemService(ConnectivityManager::class.java)).setDefaultNetworkActive(false)
        open()
        assertEquals(0 to 1, app.fake.passes to app.fake.offlineNoted)
        assertEquals(1, app.getSystemService(JobScheduler::class.java).allPendingJobs.size)
    }

    private fun open(): ActivityController<Activity> = Robolectric.buildActivity(Activity::class.java).setup()
}
