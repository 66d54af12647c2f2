package ru.vodomer.app.notify

import android.app.Notification
import android.app.NotificationManager
import android.app.PendingIntent
import android.content.Intent
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.FakeApp
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.hot
import ru.vodomer.app.harness.notice
import ru.vodomer.app.harness.payment
import ru.vodomer.app.harness.threeWays
import ru.vodomer.app.harness.verification
import ru.vodomer.app.harness.visit
import ru.vodomer.app.harness.windowTopic
import ru.vodomer.core.Notice
import ru.vodomer.core.NoticeTopic
import ru.vodomer.core.ReminderKind

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class NoticesTest {
    private val app get() = RuntimeEnvironment.getApplication() as FakeApp
    private val manager get() = app.getSystemService(NotificationManager::class.java)

    @Test
    fun `the first day says from when to when, and how many meters`() {
        val shown = show(notice())
        assertEquals("Пора передать показания", shown.title)
        assertEquals("С 23 по 25 ноября. Осталось 2 счётчика", shown.text)
    }

    @Test
    fun `the second day says how many are left`() {
        val shown = show(notice(kind = ReminderKind.SECOND_DAY, missing = listOf(hot)))
        assertEquals("Остался 1 счётчик", shown.title)
        assertEquals("Передайте до 25 ноября", shown.text)
    }

    @Test
    fun `the last morning names the meters`() {
        val shown = show(notice(kind = ReminderKind.LAST_DAY))
        assertEquals("Сегодня последний день", shown.title)
        assertEquals("Не переданы: холодная вода, кухня; горячая вода, ванная", shown.text)
    }

    @Test
    fun `three hours before the end both what is missing and what has not left are said, and other ways offered`() {
        app.fake.channels = listOf(threeWays)
        val shown =
            show(
                notice(
                    kind = ReminderKind.LAST_HOURS,
                    hoursLeft = 3,
                    missing = listOf(hot),
                    unsent = 1,
                    offerChannels = true,
                ),
            )
        assertEquals("До конца передачи 3 часа", shown.title)
        assertEquals(
            "Принимаем до 23:59 по Москве. Не переданы: горячая вода, ванная. " +
                "Ещё не отправлено 1 показание. Можно передать по СМС, по телефону, по почте",
            shown.text,
        )
        assertEquals(listOf("Передать", "По СМС", "Позвонить"), shown.actions.map { it.title })
    }

    @Test
    fun `what is queued near the end can go by any of the three other ways`() {
        app.fake.channels = listOf(threeWays)
        val shown =
            show(notice(kind = ReminderKind.LAST_HOURS, missing = emptyList(), unsent = 2, offerChannels = true))
        assertEquals("2 показания ещё не отправлены", shown.title)
        assertEquals(listOf("По СМС", "Позвонить", "По почте"), shown.actions.map { it.title })
    }

    @Test
    fun `a utility without messages is not offered them`() {
        app.fake.channels = listOf(threeWays.copy(sms = null, email = null))
        val shown =
            show(notice(kind = ReminderKind.LAST_HOURS, missing = emptyList(), unsent = 1, offerChannels = true))
        assertEquals("Принимаем до 23:59 по Москве. Можно передать по телефону", shown.text)
        assertEquals(listOf("Позвонить"), shown.actions.map { it.title })
    }

    @Test
    fun `on a locked screen there is no meter, no place and no text of any message`() {
        app.fake.channels = listOf(threeWays)
        for (kind in ReminderKind.entries) {
            val shown = show(notice(kind = kind, hoursLeft = 3, unsent = 1, offerChannels = true))
            assertEquals(Notification.VISIBILITY_PRIVATE, shown.visibility)
            val public = shown.publicVersion
            assertEquals("Откройте приложение", public.text)
            for (word in listOf("вода", "кухня", "ванная", "квартира", "123")) {
                assertFalse("$kind: ${public.title}", public.title.contains(word))
            }
            assertTrue(public.actions.isNullOrEmpty())
        }
    }

    @Test
    fun `a visit says when, from when to when, and who comes`() {
        val tomorrow = show(of(visit()))
        assertEquals("Завтра визит: контролёр", tomorrow.title)
        assertEquals("С 09:00 до 12:00. Ул. Примерная, 1", tomorrow.text)
        val today = show(of(visit(daysLeft = 0, until = null, note = "")))
        assertEquals("Сегодня визит", today.title)
        assertEquals("С 09:00. Ул. Примерная, 1", today.text)
        assertTrue("there is nothing to submit", today.actions.isNullOrEmpty())
    }

    @Test
    fun `a bill says until when and how much`() {
        val early = show(of(payment()))
        assertEquals("Оплатите до 15 декабря: 667,08 ₽", early.title)
        assertEquals("Квитанция за ноябрь. Ул. Примерная, 1", early.text)
        val last = show(of(payment(daysLeft = 0)))
        assertEquals("Сегодня последний день оплаты", last.title)
        assertEquals("Квитанция за ноябрь: 667,08 ₽. Ул. Примерная, 1", last.text)
    }

    @Test
    fun `a verification says how long there is, which meter, and what happens then`() {
        val early = show(of(verification()))
        assertEquals("Поверка счётчика: осталось 30 дней", early.title)
        val meter = "Горячая вода, ванная. Ул. Примерная, 1. После 23 декабря показания не учтут"
        assertEquals(meter, early.text)
        assertEquals("Сегодня последний день поверки", show(of(verification(daysLeft = 0))).title)
        assertEquals("Поверка счётчика: остался 1 день", show(of(verification(daysLeft = 1))).title)
    }

    @Test
    fun `several topics are one notification, the most urgent on top, a line each`() {
        val shown = show(of(visit(daysLeft = 0), windowTopic(missing = listOf(hot)), payment(), verification()))
        assertEquals("Сегодня визит: контролёр", shown.title)
        assertEquals(
            listOf(
                "С 09:00 до 12:00. Ул. Примерная, 1",
                "Пора передать показания. С 23 по 25 ноября. Остался 1 счётчик",
                "Оплатите до 15 декабря: 667,08 ₽. Квитанция за ноябрь. Ул. Примерная, 1",
                "Поверка счётчика: осталось 30 дней. Горячая вода, ванная. Ул. Примерная, 1. " +
                    "После 23 декабря показания не учтут",
            ),
            shown.text.lines(),
        )
        assertEquals("the window can be acted upon", listOf("Передать"), shown.actions.map { it.title })
        assertEquals(shown.text, shown.extras.getString(Notification.EXTRA_BIG_TEXT)?.plain())
    }

    @Test
    fun `what is no window opens the first screen`() {
        show(of(payment())).contentIntent.send()
        val opened = generateSequence { shadowOf(app).nextStartedActivity }
        assertEquals(listOf("HomeActivity"), opened.map { it.name }.toList())
    }

    @Test
    fun `on a locked screen there is no visitor, no sum and no address either`() {
        val topics = listOf(visit(), visit(daysLeft = 0), payment(), payment(daysLeft = 0), verification())
        for (topic in topics) {
            val shown = show(of(topic, windowTopic()))
            assertEquals(Notification.VISIBILITY_PRIVATE, shown.visibility)
            val public = shown.publicVersion
            assertEquals("Откройте приложение", public.text)
            for (word in listOf("контролёр", "667", "₽", "вода", "ванная", "Примерная", "09:00")) {
                assertFalse("$word: ${public.title}", public.title.contains(word))
            }
        }
        assertEquals("Завтра визит", show(of(visit())).publicVersion.title)
        assertEquals("Оплатите до 15 декабря", show(of(payment())).publicVersion.title)
    }

    @Test
    fun `nobody else can change where a tap leads`() {
        app.fake.channels = listOf(threeWays)
        val shown = show(notice(kind = ReminderKind.LAST_HOURS, unsent = 1, offerChannels = true))
        val intents = shown.actions.map { it.actionIntent } + shown.contentIntent
        assertTrue(intents.all(PendingIntent::isImmutable))
    }

    @Test
    fun `a tap opens the first meter still missing, with the first screen behind it`() {
        show(notice(missing = listOf(hot))).contentIntent.send()
        val opened = List(2) { shadowOf(app).nextStartedActivity }
        val names = opened.map { it.name }
        assertTrue("$names", names.containsAll(listOf("HomeActivity", "CaptureActivity")))
        assertEquals("hot", opened.firstNotNullOf { it.getStringExtra("meterId") })
    }

    @Test
    fun `two notices lead to two meters`() {
        val first = show(notice(id = "a")).contentIntent
        val second = show(notice(id = "b", missing = listOf(hot))).contentIntent
        assertFalse(first == second)
    }

    @Test
    fun `in English it is English`() {
        Phone(language = "en").pickUp()
        val shown = show(notice())
        assertEquals("Time to submit readings", shown.title)
        assertEquals("From 23 to 25 November. 2 meters left", shown.text)
    }

    @Test
    fun `there are channels for deadlines, answers and what was sent`() {
        val names = manager.notificationChannels.associate { it.id to it.name.toString() }
        assertEquals(
            mapOf("deadlines" to "Сроки передачи", "answers" to "Ответы водоканала", "sent" to "Отправлено"),
            names,
        )
    }

    private fun of(vararg topics: NoticeTopic) = Notice(topics.joinToString("\n") { it.toString() }, topics.toList())

    private val Intent.name get() = component?.shortClassName?.substringAfterLast('.')

    private fun show(notice: Notice): Notification {
        assertTrue(Notices(app, app.fake).show(notice))
        return shadowOf(manager).getNotification(1)
    }

    private val Notification.title get() = extras.getString(Notification.EXTRA_TITLE).orEmpty().plain()
    private val Notification.text get() = extras.getString(Notification.EXTRA_TEXT).orEmpty().plain()

    private fun String.plain() = replace('\u00A0', ' ')
}
