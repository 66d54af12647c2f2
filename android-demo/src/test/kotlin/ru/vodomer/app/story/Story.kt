package ru.vodomer.app.story

import android.Manifest
import android.app.AlarmManager
import android.app.Notification
import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobParameters
import android.app.job.JobScheduler
import android.content.pm.PackageManager
import android.net.ConnectivityManager
import org.junit.Assert.fail
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import ru.vodomer.app.harness.Hand
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.Pictures
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.app.harness.plain
import ru.vodomer.app.sync.SyncJobService
import java.io.File
import java.time.Instant
import java.time.ZoneId
import java.util.TimeZone

/** The phone, the resident's hand and the cabinet, as both processes of the story have them. */
class Story(remindersAllowed: Boolean) {
    val app = RuntimeEnvironment.getApplication() as StoryApp
    val hand = Hand(app) { app.busy }
    val cabinet get() = Setting.cabinet
    val clock get() = Setting.clock
    val log = StepLog(Setting.out)
    private val alarms = app.getSystemService(AlarmManager::class.java)
    private val jobs = app.getSystemService(JobScheduler::class.java)
    private val notifications = app.getSystemService(NotificationManager::class.java)

    init {
        shadowOf(notifications).setNotificationsEnabled(remindersAllowed)
        TimeZone.setDefault(TimeZone.getTimeZone(MOSCOW))
        TestKeystore.install(File(Setting.phone, "keystore"))
        Phone().pickUp()
    }

    fun networkComes() {
        Setting.relay.mend()
        shadowOf(app.getSystemService(ConnectivityManager::class.java)).setDefaultNetworkActive(true)
        check(app.online) { "Android says that there is no network" }
    }

    fun networkGoes() {
        Setting.relay.cut()
        shadowOf(app.getSystemService(ConnectivityManager::class.java)).setDefaultNetworkActive(false)
        check(!app.online) { "Android says that there is a network" }
    }

    /** Answers the system's question, which the app has to have asked. */
    fun allowsReminders() {
        val question = shadowOf(hand.screen).lastRequestedPermission
        val asked = listOf(Manifest.permission.POST_NOTIFICATIONS)
        checked("the app asks whether it may remind", question?.requestedPermissions?.toList() == asked)
        shadowOf(app).grantPermissions(Manifest.permission.POST_NOTIFICATIONS)
        shadowOf(notifications).setNotificationsEnabled(true)
        val granted = intArrayOf(PackageManager.PERMISSION_GRANTED)
        hand.screen.onRequestPermissionsResult(question.requestCode, question.requestedPermissions, granted)
        hand.settle()
    }

    /** Lets the alarm go off that the app has set, at the moment it was set for. */
    fun alarmGoesOff(expected: String) {
        val alarm = shadowOf(alarms).scheduledAlarms.single()
        val moment = Instant.ofEpochMilli(alarm.triggerAtMs).atZone(ZoneId.of(MOSCOW)).toLocalDateTime().toString()
        checked("the alarm was set for $expected in Moscow", moment == expected)
        clock.set(expected)
        shadowOf(alarms).fireAlarm(alarm)
        hand.settle()
    }

    /** The only notification on show. */
    fun notification(): Notification = notifications.activeNotifications.single().notification

    fun noNotification() = notifications.activeNotifications.isEmpty()

    /** The job that waits for its conditions; Android has just one of the app. */
    fun job(): JobInfo? = jobs.allPendingJobs.also { check(it.size <= 1) { "$it" } }.singleOrNull()

    /** Runs the job that waits, as Android does when its conditions are met. */
    fun jobRuns() {
        val job = checkNotNull(job()) { "no job waits" }
        checked("the job waits for a network", job.networkType == JobInfo.NETWORK_TYPE_ANY && app.online)
        jobs.cancel(job.id)
        val service = Robolectric.setupService(SyncJobService::class.java)
        service.onStartJob(Shadow.newInstanceOf(JobParameters::class.java))
        hand.settle()
        checked("the job came to its end", shadowOf(service).isJobFinished)
    }

    fun picture(name: String) {
        val file = "${log.number}-$name.png"
        Pictures.save(Pictures.whole(hand.screen), File(Setting.out, file))
        log.picture(file)
    }

    fun picture(name: String, notification: Notification) {
        val file = "${log.number}-$name.png"
        Pictures.save(Pictures.notification(app, notification), File(Setting.out, file))
        log.picture(file)
    }

    /** Something that has to be as told. */
    fun checked(what: String, isSo: Boolean) {
        if (!isSo) fail("not so: $what. On the screen: ${hand.wordsIfAny()}")
        log.checked(what)
    }

    /** Reads sentences off the screen, each checked. */
    fun reads(vararg sentences: String) = sentences.forEach {
        hand.read(it)
        log.checked("the screen says «$it»")
    }

    private companion object {
        const val MOSCOW = "Europe/Moscow"
    }
}

val Notification.title get() = extras.getCharSequence(Notification.EXTRA_TITLE).toString().plain()
val Notification.text get() = extras.getCharSequence(Notification.EXTRA_TEXT).toString().plain()
val Notification.buttons get() = actions.orEmpty().map { it.title.toString().plain() }
