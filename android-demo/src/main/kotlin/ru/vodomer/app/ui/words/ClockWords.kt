// The phone's clock beside the utility's.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Proof
import java.time.Duration

/** What the phone's clock showed when a reading was taken, where it was noticeably wrong. */
class ClockWords(private val resources: Resources, private val format: Format) {
    /** What it showed; null when it was as good as right. */
    fun showed(proof: Proof): String? = format.dateAndSeconds(proof.phoneAt).takeIf { isWrong(proof) }

    /** By how much it was wrong, and so whose time was noted; null when it was as good as right. */
    fun wrongBy(proof: Proof): String? {
        if (!isWrong(proof)) return null
        val behind = behind(proof)
        val sentence = if (behind.isNegative) R.string.clock_ahead else R.string.clock_behind
        return resources.getString(sentence, span(behind.abs()))
    }

    private fun isWrong(proof: Proof) = behind(proof).abs() > RIGHT_ENOUGH

    private fun behind(proof: Proof): Duration = Duration.ofMillis(proof.entry.takenAt - proof.phoneAt)

    /** The two largest units: `2 дня 3 часа`. */
    private fun span(span: Duration): String = listOf(
        R.plurals.span_days to span.toDaysPart().toInt(),
        R.plurals.span_hours to span.toHoursPart(),
        R.plurals.span_minutes to span.toMinutesPart(),
    ).dropWhile { (_, count) -> count == 0 }.take(2).filter { (_, count) -> count > 0 }
        .joinToString("\u00A0") { (unit, count) -> resources.getQuantityString(unit, count, count) }

    private companion object {
        val RIGHT_ENOUGH: Duration = Duration.ofMinutes(1)
    }
}
