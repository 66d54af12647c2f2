package ru.vodomer.app.alarms

import android.app.AlarmManager
import android.app.NotificationManager
import android.app.job.JobScheduler
import android.content.Intent
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.FakeApp
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.notice
import ru.vodomer.app.harness.planned
import ru.vodomer.core.InternalException
import ru.vodomer.core.VodomerException

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class RemindersTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp
    private val alarms get() = shadowOf(app.getSystemService(AlarmManager::class.java))
    private val notifications get() = shadowOf(app.getSystemService(NotificationManager::class.java))

    @Test
    fun `the next alarm is where the plan wants it, inexact but through Doze, and there is only one`() {
        app.fake.plan = planned(nextWake = FakeApp.NOW + 1)
        app.rearm()
        app.fake.plan = planned(nextWake = FakeApp.NOW + 2)
        app.rearm()
        val alarm = alarms.scheduledAlarms.single()
        assertEquals(FakeApp.NOW + 2, alarm.triggerAtMs)
        assertEquals(AlarmManager.RTC_WAKEUP, alarm.type)
        assertTrue(alarm.isAllowWhileIdle)
        assertTrue("inexact", alarm.windowLengthMs != 0L)
        assertTrue(alarm.operation!!.isImmutable)
    }

    @Test
    fun `the alarm shows what is due, and the core learns that it was shown`() {
        app.fake.plan = planned(nextWake = FakeApp.NOW)
        app.rearm()
        app.fake.plan = planned(notice())
        alarms.fireAlarm(alarms.scheduledAlarms.single())
        idle()
        assertEquals(listOf("2026-11/first-day"), app.fake.shown)
        assertEquals(1, notifications.size())
    }

    @Test
    fun `a reminder's alarm sends nothing and asks for no job`() {
        app.rearm()
        alarms.fireAlarm(alarms.scheduledAlarms.single())
        app.sendBroadcast(Intent(Intent.ACTION_BOOT_COMPLETED).setPackage(app.packageName))
        idle()
        assertEquals(0 to 0, app.fake.passes to app.fake.unattended)
        assertEquals(emptyList<Any>(), app.getSystemService(JobScheduler::class.java).allPendingJobs)
    }

    @Test
    fun `a later reminder takes the place of the earlier one`() {
        app.fake.plan = planned(notice(id = "a"))
        app.rearm()
        app.fake.plan = planned(notice(id = "b"))
        app.rearm()
        assertEquals(1, notifications.size())
        assertEquals(listOf("a", "b"), app.fake.shown)
    }

    @Test
    fun `when nothing is left to do, the reminder is taken away`() {
        app.fake.plan = planned(notice())
        app.rearm()
        app.fake.plan = planned()
        app.rearm()
        assertEquals("asking again takes nothing away", 1, notifications.size())
        app.fake.plan = planned(takeAway = true)
        app.rearm()
        assertEquals(0, notifications.size())
    }

    @Test
    fun `a reminder that the resident has not allowed stays due`() {
        notifications.setNotificationsEnabled(false)
        app.fake.plan = planned(notice())
        app.rearm()
        assertTrue(app.fake.shown.isEmpty())
        notifications.setNotificationsEnabled(true)
        app.rearm()
        assertEquals(listOf("2026-11/first-day"), app.fake.shown)
    }

    @Test
    fun `a pass and a saved reading have the plan asked again`() {
        app.fake.plan = planned(nextWake = FakeApp.NOW + 1)
        app.sync()
        assertEquals(FakeApp.NOW + 1, alarms.scheduledAlarms.single().triggerAtMs)
        app.fake.plan = planned(nextWake = FakeApp.NOW + 2)
        app.afterCapture()
        assertEquals(FakeApp.NOW + 2, alarms.scheduledAlarms.single().triggerAtMs)
    }

    @Test
    fun `whatever breaks down, the alarm's broadcast is finished and the process lives on`() {
        val failures = listOf(InternalException("a defect"), IllegalStateException(), VodomerException.StorageFull())
        for (failure in failures) {
            app.fake.failure = { throw failure }
            var finished = false
            app.rearm { finished = true }
            assertTrue("$failure", finished)
            app.tryNow()
            app.sendBroadcast(Intent(Intent.ACTION_BOOT_COMPLETED).setPackage(app.packageName))
            idle()
        }
        app.fake.failure = null
        app.fake.plan = planned(nextWake = FakeApp.NOW + 3)
        app.rearm()
        assertEquals(FakeApp.NOW + 3, alarms.scheduledAlarms.single().triggerAtMs)
    }

    @Test
    fun `a reboot, an update, a new time and a new zone set the alarm anew`() {
        val actions = listOf("BOOT_COMPLETED", "MY_PACKAGE_REPLACED", "TIME_SET", "TIMEZONE_CHANGED")
        actions.forEachIndexed { number, action ->
            app.fake.plan = planned(nextWake = FakeApp.NOW + number)
            app.sendBroadcast(Intent("android.intent.action.$action").setPackage(app.packageName))
            idle()
            assertEquals(action, FakeApp.NOW + number, alarms.scheduledAlarms.single().triggerAtMs)
        }
    }
}
