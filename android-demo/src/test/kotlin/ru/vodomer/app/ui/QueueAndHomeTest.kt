package ru.vodomer.app.ui

import android.Manifest
import android.app.NotificationManager
import android.content.Intent
import android.content.pm.PackageManager
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.core.Hero
import ru.vodomer.core.Resource
import ru.vodomer.core.Status
import ru.vodomer.core.SyncOutcome
import ru.vodomer.core.Timing
import ru.vodomer.core.VodomerException

@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class QueueAndHomeTest {
    private val app get() = SampleApp.current

    @Test
    fun `the button of the hero takes the meter that the core names`() {
        val home = Phone().stage(HomeActivity::class.java)
        home.findViewById<View>(R.id.hero_button).performClick()
        assertEquals("m1", shadowOf(home).nextStartedActivity.getStringExtra(Screens.METER))
    }

    @Test
    fun `everything is called sent only when the utility has everything`() {
        app.fake.home = { Samples.home(Hero.Done(3, 4, "2025-12-23", "2025-12-25"), null) }
        val home = Phone().stage(HomeActivity::class.java)
        assertEquals("Все показания сняты", home.text(R.id.hero_title))
        app.fake.home = { Samples.home(Hero.Done(4, 4, "2025-12-23", "2025-12-25"), null) }
        ScreenActivity.refreshVisible()
        idle()
        assertEquals("Всё передано", home.text(R.id.hero_title))
    }

    @Test
    fun `a missed month says what it will be charged by, how much, and when a reading counts`() {
        val said = mapOf(
            Samples.missed() to
                "За ноябрь посчитают по среднему: около 4 м³. Показание можно передать, его учтут в декабре",
            Samples.missed(byNorm = true, about = "12") to
                "За ноябрь посчитают по нормативу: около 12 м³. Показание можно передать, его учтут в декабре",
            Samples.missed(about = null) to
                "За ноябрь посчитают по среднему. Показание можно передать, его учтут в декабре",
            Samples.missed(countsFor = "2025-11") to
                "Показание ещё можно передать, его учтут за ноябрь. Иначе посчитают по среднему: около 4 м³",
        )
        for ((hero, sentence) in said) {
            app.fake.home = { Samples.home(hero, null) }
            val home = Phone().stage(HomeActivity::class.java)
            assertEquals(sentence, home.text(R.id.hero_text))
            assertFalse(home.findViewById<View>(R.id.hero_text).contentDescription.contains("м³"))
        }
    }

    @Test
    fun `a tariff zone is part of the meter's name, written and spoken`() {
        val meter = Samples.meter("m1", Resource.COLD_WATER, "подвал", null, Status.NOT_SUBMITTED).copy(zone = "T1")
        app.fake.home = { Samples.home(flats = listOf(Samples.mine().copy(meters = listOf(meter)))) }
        val home = Phone().stage(HomeActivity::class.java)
        assertEquals("Холодная вода, подвал, T1", home.text(R.id.meter_name))
        val row = home.findViewById<ViewGroup>(R.id.flat_meters).getChildAt(0)
        assertTrue(row.contentDescription.startsWith("Холодная вода, подвал, T1, "))
        app.fake.captureScreen = { Samples.captureScreen().copy(zone = "T1") }
        val capture = Phone().stage(CaptureActivity::class.java, Screens.capture(app, "m1"))
        assertEquals("Холодная вода, кухня, T1", capture.text(R.id.bar_title))
        app.fake.outbox = { SentSamples.outbox().map { it.copy(zone = "T2") } }
        val queue = Phone().stage(QueueActivity::class.java)
        assertEquals("Горячая вода, ванная, T2", queue.text(R.id.entry_name))
    }

    @Test
    fun `a reading taken late that counts for its month says both`() {
        app.fake.proof = { SentSamples.proof(Status.ACCOUNTED, Timing.TAKEN_LATE) }
        val card = Phone().open(ProofActivity::class.java, Screens.proof(app, "i-3")).get()
        assertEquals("Снято после срока, но учтут за ноябрь.", card.text(R.id.proof_timing_text))
    }

    @Test
    fun `every way of the list leads to a screen that is there`() {
        val home = Phone().stage(HomeActivity::class.java)
        val list = home.findViewById<ViewGroup>(R.id.more)
        for (index in 1 until list.childCount) {
            list.getChildAt(index).performClick()
            val next = shadowOf(home).nextStartedActivity
            assertNotNull(home.packageManager.resolveActivity(Intent(next), PackageManager.MATCH_ALL))
        }
        assertEquals(4, list.childCount)
    }

    @Test
    fun `leave to remind is asked for once, with the reason`() {
        shadowOf(app.getSystemService(NotificationManager::class.java)).setNotificationsEnabled(false)
        val home = Phone().open(HomeActivity::class.java)
        assertTrue(home.get().text(R.id.note_text).contains("Рекламы не будет"))
        home.get().findViewById<View>(R.id.note_button).performClick()
        val asked = shadowOf(home.get()).lastRequestedPermission
        assertEquals(listOf(Manifest.permission.POST_NOTIFICATIONS), asked.requestedPermissions.toList())
        home.pause().resume()
        idle()
        assertTrue(home.get().text(R.id.note_text).startsWith("Напоминания выключены"))
        home.pause().resume()
        idle()
        assertFalse("said once", home.get().findViewById<View>(R.id.note).isShown)
    }

    @Test
    fun `sending now shows what came of it`() {
        app.isOnline = true
        app.report = { Samples.synced().copy(outcome = SyncOutcome.SERVER_BUSY, retryAt = Samples.NOW + 600_000) }
        val queue = Phone().open(QueueActivity::class.java)
        queue.get().findViewById<View>(R.id.first_button).performClick()
        idle()
        val said = "Водоканал не отвечает. Показания сохранены. Отправим ещё раз сегодня в 14:30."
        assertEquals(said, queue.get().text(R.id.note_text))
        queue.recreate()
        assertEquals("also after a rotation", said, queue.get().text(R.id.note_text))
    }

    @Test
    fun `a question can be answered by correcting or by keeping`() {
        app.fake.proof = { SentSamples.proof(Status.NEEDS_ANSWER) }
        val card = Phone().open(ProofActivity::class.java, Screens.proof(app, "i-3")).get()
        card.findViewById<View>(R.id.proof_confirm).performClick()
        assertEquals(listOf("i-3"), app.fake.confirmed)
        card.findViewById<View>(R.id.proof_correct).performClick()
        assertEquals(CaptureActivity::class.java.name, shadowOf(card).nextStartedActivity.component?.className)
    }

    @Test
    fun `a reading that is gone closes its card`() {
        app.fake.proof = { throw VodomerException.NotFound("item") }
        assertTrue(Phone().open(ProofActivity::class.java, Screens.proof(app, "i-3")).get().isFinishing)
    }

    @Test
    fun `a damaged file is set aside only when the resident says so`() {
        app.opening = { throw VodomerException.StorageDamaged() }
        val home = Phone().open(HomeActivity::class.java).get()
        assertEquals(StorageTroubleActivity::class.java.name, shadowOf(home).nextStartedActivity.component?.className)
        val trouble = Phone().open(StorageTroubleActivity::class.java)
        assertEquals(0, app.setAside)
        trouble.get().findViewById<View>(R.id.trouble_button).performClick()
        assertEquals(1, app.setAside)
        trouble.recreate()
        assertTrue(trouble.get().text(R.id.trouble_text).contains("vodomer.db.damaged-1"))
    }

    @Test
    fun `a newer file is left alone`() {
        app.opening = { throw VodomerException.StorageNewer() }
        val trouble = Phone().open(StorageTroubleActivity::class.java).get()
        trouble.findViewById<View>(R.id.trouble_button).performClick()
        assertEquals(0, app.setAside)
    }

    private fun android.app.Activity.text(id: Int) =
        findViewById<TextView>(id).text.toString().replace('\u00A0', ' ').replace("\u200B", "")
}
