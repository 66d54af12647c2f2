package ru.vodomer.app.notify

import android.app.Notification
import android.app.NotificationManager
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.RealApp
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.app.harness.TinyUtility
import ru.vodomer.app.harness.plain
import ru.vodomer.core.LoginRequest
import ru.vodomer.core.VisitRequest

/** The real library's plan as one notification. */
@RunWith(RobolectricTestRunner::class)
@Config(application = RealApp::class)
class RealNoticesTest {
    @get:Rule
    val keys = TemporaryFolder()
    private val app get() = RuntimeEnvironment.getApplication() as RealApp
    private val utility = TinyUtility(RealApp.NOW)

    @Before
    fun signIn() {
        TestKeystore.install(keys.root)
        Phone().pickUp()
        app.profile = RealApp.profile(utility.address)
        app.core.login(LoginRequest("1", TinyUtility.PASSWORD))
    }

    @After
    fun close() = utility.close()

    @Test
    fun `a visit and the window of the same morning are one notification, shown once`() {
        app.core.noteVisit(VisitRequest("a", "2026-11-23", "12:00", "14:00", "поверитель"))
        app.rearm()
        val shown = app.getSystemService(NotificationManager::class.java).activeNotifications.single().notification
        val said = (listOf(shown.said(Notification.EXTRA_TITLE)) + shown.said(Notification.EXTRA_TEXT).lines())
        assertTrue("$said", said.contains("Сегодня визит: поверитель"))
        assertTrue("$said", said.any { it.contains("С 12:00 до 14:00. Ул. Примерная, 1") })
        assertTrue("$said", said.any { it.contains("С 23 по 25 ноября. Осталось 2 счётчика") })
        assertEquals(listOf("Передать"), shown.actions.map { it.title.toString() })
        assertNull("the core knows that it was shown", app.core.plan().notice)
    }

    private fun Notification.said(what: String) = extras.getCharSequence(what).toString().plain()
}
