package ru.vodomer.app.notify

import android.content.Context
import ru.vodomer.core.Notice
import ru.vodomer.core.NoticeTopic

/** A notice in the resident's words: the most urgent topic on top, the others a line each below it. */
class NoticeWords(context: Context) {
    private val window = WindowWords(context)
    private val occasion = OccasionWords(context)

    fun title(notice: Notice): String = title(notice.topics.first())

    /** Has no reading, no meter, no sum, no visitor and no address in it, so that it may stand on the lock screen. */
    fun publicTitle(notice: Notice): String = publicTitle(notice.topics.first())

    fun text(notice: Notice, ways: OtherWays): String {
        val first = details(notice.topics.first(), ways)
        val others = notice.topics.drop(1).map { topic -> listOf(title(topic)) + details(topic, ways) }
        return (listOf(first) + others)
            .map { parts -> parts.joinToString(". ") { it.replaceFirstChar(Char::titlecase) } }
            .filter(String::isNotEmpty)
            .joinToString("\n")
    }

    private fun title(topic: NoticeTopic): String = when (topic) {
        is NoticeTopic.Window -> window.title(topic)
        is NoticeTopic.Visit -> occasion.titleOfVisit(topic)
        is NoticeTopic.Payment -> occasion.titleOfPayment(topic)
        is NoticeTopic.Verification -> occasion.titleOfVerification(topic)
    }

    private fun publicTitle(topic: NoticeTopic): String = when (topic) {
        is NoticeTopic.Window -> window.title(topic)
        is NoticeTopic.Visit -> occasion.dayOfVisit(topic)
        is NoticeTopic.Payment -> occasion.dayOfPayment(topic)
        is NoticeTopic.Verification -> occasion.titleOfVerification(topic)
    }

    private fun details(topic: NoticeTopic, ways: OtherWays): List<String> = when (topic) {
        is NoticeTopic.Window -> window.details(topic, ways)
        is NoticeTopic.Visit -> occasion.detailsOfVisit(topic)
        is NoticeTopic.Payment -> occasion.detailsOfPayment(topic)
        is NoticeTopic.Verification -> occasion.detailsOfVerification(topic)
    }
}
