package ru.vodomer.app.story

import android.webkit.WebView
import org.robolectric.Shadows.shadowOf
import ru.vodomer.app.harness.plain
import ru.vodomer.app.ui.Screens
import ru.vodomer.core.Status
import ru.vodomer.core.Timing
import java.io.File

/** The story from the new process to its end. */
class AfterTheKill(private val story: Story) {
    fun play() = story.run {
        log.tellAll()
        findsTheReadingAgain()
        isRemindedOfBoth()
        isAcceptedAfterALostAnswer()
        isAccounted()
    }

    private fun Story.findsTheReadingAgain() {
        log.step(3, "The process is killed and started again")
        clock.set("2026-11-23T10:05")
        networkGoes()
        hand.open(Screens.home(app))
        reads("123 м³", "Ждёт связи: 1 показание", "Осталось снять 1 счётчик из 2")
        picture("home")
        val entry = app.core.outbox().single()
        checked("it is the same item", entry.itemId == Killed.item)
        checked("it has the same idempotency key", app.core.proof(entry.itemId).idempotencyKey == Killed.key)

        hand.tap("Отправка")
        reads("Нет связи. Показания сохранены и уйдут сами.", "123 м³")
        picture("queue")
        hand.back()
        log.line(
            "The first process got a SIGKILL while the hot reading was half typed. A second one, on the same files, " +
                "finds «123 м³», «Ждёт связи: 1 показание», under the same idempotency key.",
        )
        log.done()
    }

    private fun Story.isRemindedOfBoth() {
        log.step(4, "Three hours left: one reading missing, one not sent")
        hand.leave()
        alarmGoesOff("2026-11-24T10:00")
        checked("the second day says «Остался 1 счётчик»", notification().title == "Остался 1 счётчик")
        alarmGoesOff("2026-11-25T10:00")
        checked("the last morning says «Сегодня последний день»", notification().title == "Сегодня последний день")
        alarmGoesOff("2026-11-25T21:00")
        val reminder = notification()
        checked("the reminder says «До конца передачи 3 часа»", reminder.title == "До конца передачи 3 часа")
        listOf("Не переданы: горячая вода, кухня", "Ещё не отправлено 1 показание", "по СМС, по телефону, по почте")
            .forEach { checked("the reminder says «$it»", reminder.text.contains(it)) }
        picture("reminder", reminder)

        hand.follow(reminder, "По СМС")
        val sms = "1204417 00417283 123"
        reads(sms, "pokazaniya@example.invalid", "счётчик № 00417283: 123 м³", "8 (4712) 22-76-33")
        picture("other-ways")
        hand.tap("Открыть СМС")
        checked("the messenger is opened with the text", hand.sent.last().getStringExtra("sms_body") == sms)

        hand.open(Screens.home(app))
        hand.tap("Передать показание")
        hand.tap("Как в прошлом месяце — 82")
        reads("82 м³ сохранено на телефоне")
        picture("saved")
        log.line(
            "25 November, 21:00: «${reminder.title}», «${reminder.text}». SMS, letter and telephone have their texts " +
                "ready. The resident takes hot «Как в прошлом месяце — 82», zero use.",
        )
        log.done()
    }

    private fun Story.isAcceptedAfterALostAnswer() {
        log.step(5, "Two minutes after midnight: sent, the answer lost, sent again")
        hand.leave()
        clock.set("2026-11-26T00:02")
        networkComes()
        cabinet.loseAnswers(1)
        jobRuns()
        checked("the cabinet has stored the reading", cabinet.readings(COLD, MONTH).size == 1)
        checked("the app does not say so yet", app.core.proof(Killed.item).entry.status != Status.ACCEPTED)
        val wait = checkNotNull(job()) { "no second attempt" }.minLatencyMillis
        checked("a second attempt waits for less than a minute", wait in 1..A_MINUTE_MS)

        clock.set("2026-11-26T00:03")
        jobRuns()
        val posts = cabinet.posts(Killed.key).map { it.get("status").toString() }
        checked("the same key went twice: $posts", posts == listOf("answer lost", "200"))
        val stored = cabinet.readings(COLD, MONTH)
        checked("the cabinet holds one reading, 123", stored.map { it.getString("value") } == listOf("123"))
        checked("there is nothing left to be reminded of", noNotification())

        hand.open(Screens.home(app))
        reads("Всё передано", "Водоканал принял 2 показания из 2")
        picture("home")
        hand.tap("Холодная вода, кухня")
        val receipt = stored.single().getString("receipt")
        reads("Принято", "Квитанция № $receipt", "Снято до конца срока, отправлено позже.")
        checked("taken in time, sent later", app.core.proof(Killed.item).timing == Timing.TAKEN_IN_TIME_SENT_LATER)
        picture("card")
        log.line(
            "26 November, 00:02: the network is back and the job runs. The answer is lost on the way; a minute later " +
                "the same key goes again. The cabinet holds one reading; the app says «Принято», " +
                "«Квитанция № $receipt», «Снято до конца срока, отправлено позже».",
        )
        log.done()
    }

    private fun Story.isAccounted() {
        log.step(6, "The billing run")
        hand.leave()
        val before = checkNotNull(app.core.home().flats.single().balance)
        clock.set("2026-11-30T12:00")
        cabinet.billingRun(MONTH)
        hand.open(Screens.home(app))
        val after = checkNotNull(app.core.home().flats.single().balance)
        checked("the balance has grown by November's charge", after.kopecks > before.kopecks && after.period == MONTH)
        reads("Учтено", "К оплате за ноябрь")
        val due = hand.words().first { it.contains("₽") }
        picture("home")
        hand.tap("Холодная вода, кухня")
        reads("Учтено", "Вошло в начисление за ноябрь")
        picture("card")
        hand.back()
        hand.tap("Начисления")
        reads("Ноябрь 2026", "Всё верно", "4 м³")
        picture("charges")

        hand.tap("Квитанция за Ноябрь 2026")
        // Robolectric draws no web pages, so what the page was given is the picture.
        val document = shadowOf(hand.views().filterIsInstance<WebView>().single()).lastLoadDataWithBaseURL.data
        File(Setting.out, "receipt.html").writeText(document)
        checked("the receipt names the sum", document.plain().contains(due.substringBefore(" ₽")))
        log.line(
            "30 November: the cabinet charges the month. The app says «Учтено», «К оплате за ноябрь» $due, " +
                "and writes the receipt.",
        )
        log.done()
    }

    private companion object {
        const val COLD = "demo-cold"
        const val MONTH = "2026-11"
        const val A_MINUTE_MS = 60_000L
    }
}
