package ru.vodomer.app.story

import org.junit.Assert.fail
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.ui.Screens
import ru.vodomer.core.SyncOutcome

/** The story until its process is killed; [TheMonthOfOneResidentTest] starts it, kills it and goes on. */
@RunWith(RobolectricTestRunner::class)
@Config(application = StoryApp::class)
class BeforeTheKill {
    @Test
    fun `until the kill`() = Story(remindersAllowed = false).run {
        signsIn()
        typesInTheCellar()
        isInTheMiddleOfTheNext()
    }

    private fun Story.signsIn() {
        log.step(1, "Login: two meters and the balance arrive, then the network goes")
        clock.set("2026-11-22T18:40")
        networkComes()
        hand.open(Screens.home(app))
        reads("Добавьте первый счётчик")
        picture("empty")

        hand.tap("Войти")
        hand.type(R.id.login_name, "1204417")
        hand.type(R.id.login_password, "demo-1204417")
        picture("login")
        hand.tap("Войти")
        val cold = cabinet.readings(COLD).last().getString("value")
        val hot = cabinet.readings(HOT).last().getString("value")
        reads("Передача откроется 23 ноября", "Холодная вода, кухня", "$cold м³", "Горячая вода, кухня", "$hot м³")
        reads("К оплате за октябрь")
        val balance = hand.words().first { it.contains("₽") }
        picture("home")

        hand.tap("Включить напоминания")
        allowsReminders()
        networkGoes()
        val outcome = app.core.sync(A_SECOND_MS).outcome
        checked("a pass comes to $outcome", outcome == SyncOutcome.OFFLINE)
        log.line(
            "22 November: the resident signs in with account number and password. Home says " +
                "«Передача откроется 23 ноября», cold «$cold м³», hot «$hot м³», «К оплате за октябрь» $balance. " +
                "Reminders are asked for («Включить напоминания») and allowed. Then the network goes.",
        )
        log.done()
    }

    private fun Story.typesInTheCellar() {
        log.step(2, "The reminder, and a reading typed in the cellar")
        hand.leave()
        alarmGoesOff("2026-11-23T10:00")
        val reminder = notification()
        checked("the reminder says «Пора передать показания»", reminder.title == "Пора передать показания")
        picture("reminder", reminder)

        hand.follow(reminder)
        reads("Холодная вода, кухня")
        hand.press("00123,9")
        reads("Передадим 123. Литры отбрасываем, не округляем.", "Израсходовано", "4 м³")
        picture("typed")

        hand.tap("Передать 123 м³")
        reads("123 м³ сохранено на телефоне", "Связи сейчас нет. Отправим сами, когда она появится.")
        picture("saved")
        val entry = app.core.outbox().single()
        Killed.remember(entry.itemId, app.core.proof(entry.itemId).idempotencyKey)
        log.line(
            "23 November, 10:00: the alarm fires, «${reminder.title}», a tap opens the cold meter. The resident " +
                "types 00123,9: «Передадим 123. Литры отбрасываем, не округляем.», «Израсходовано 4 м³». Saved: " +
                "«123 м³ сохранено на телефоне», «Связи сейчас нет. Отправим сами, когда она появится.»",
        )
        log.done()
    }

    private fun Story.isInTheMiddleOfTheNext() {
        hand.tap("Дальше: горячая вода, кухня")
        hand.press("0008")
        picture("next-half-typed")
        Killed.ready.createNewFile()
        Thread.sleep(TEN_MINUTES_MS)
        fail("nobody killed this process")
    }

    private companion object {
        const val COLD = "demo-cold"
        const val HOT = "demo-hot"
        const val A_SECOND_MS = 1_000L
        const val TEN_MINUTES_MS = 600_000L
    }
}
