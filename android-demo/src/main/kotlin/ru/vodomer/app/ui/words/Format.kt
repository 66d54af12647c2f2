// The core's values as people write them. Strings are laid out here, nothing is computed.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import java.time.Instant
import java.time.LocalDate
import java.time.MonthDay
import java.time.YearMonth
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.util.Locale

/**
 * Numbers, money and dates in the language of the app's texts (not of the phone, which may have neither).
 *
 * Instants are shown in [zone], the utility's: a deadline is its, wherever the phone is.
 */
class Format(private val resources: Resources, private val zone: ZoneId) {
    private val locale = Locale.forLanguageTag(resources.getString(R.string.language_tag))

    /** `12735.5` as `12 735,5`; groups only from five digits on. */
    fun number(decimal: String): String {
        val sign = if (decimal.startsWith('-')) "−" else ""
        val whole = decimal.removePrefix("-").substringBefore('.')
        val fraction = decimal.substringAfter('.', "")
        val grouped = if (whole.length < GROUPED_FROM) whole else group(whole)
        return sign + grouped + if (fraction.isEmpty()) "" else resources.getString(R.string.decimal_mark) + fraction
    }

    private fun group(digits: String): String = digits.reversed()
        .chunked(GROUP)
        .joinToString(resources.getString(R.string.group_mark).reversed())
        .reversed()

    /** A volume in cubic metres. */
    fun volume(decimal: String): String = resources.getString(R.string.volume, number(decimal))

    /** Kopecks as roubles. */
    fun money(kopecks: Long): String {
        val digits = kopecks.toString().removePrefix("-").padStart(KOPECK_DIGITS + 1, '0')
        val roubles = digits.dropLast(KOPECK_DIGITS) + "." + digits.takeLast(KOPECK_DIGITS)
        return resources.getString(R.string.money, number(if (kopecks < 0) "-$roubles" else roubles))
    }

    /** The same with a plus where something is added. */
    fun signedMoney(kopecks: Long): String = if (kopecks > 0) "+" + money(kopecks) else money(kopecks)

    /** An address whose abbreviations keep to their numbers: `кв. 34` never parts. */
    fun address(text: String): String = text.replace(ABBREVIATED, "$1\u00A0")

    /** `2026-11-25` as `25 ноября`. */
    fun day(date: String): String = LocalDate.parse(date).format(pattern(R.string.day_pattern))

    /** The day of an instant, `24 октября`. */
    fun dayOf(ms: Long): String = day(at(ms).toLocalDate().toString())

    /** `с 23 по 25 декабря`, or `с 25 ноября по 5 декабря`. */
    fun days(from: String, to: String): String {
        val first = LocalDate.parse(from)
        val sameMonth = YearMonth.from(first) == YearMonth.from(LocalDate.parse(to))
        val start = if (sameMonth) MonthDay.from(first).dayOfMonth.toString() else day(from)
        return resources.getString(R.string.days_one_month, start, day(to))
    }

    /** `2026-11` as `ноябрь`. */
    fun month(period: String): String = YearMonth.parse(period).format(DateTimeFormatter.ofPattern("LLLL", locale))

    /** `2026-11` as `Ноябрь`, with the year where a list spans several. */
    fun monthTitle(period: String): String =
        YearMonth.parse(period).format(DateTimeFormatter.ofPattern("LLLL yyyy", locale)).replaceFirstChar(::upper)

    /** `2026-12` as `декабре`, after "в". */
    fun inMonth(period: String): String =
        resources.getStringArray(R.array.in_month)[YearMonth.parse(period).monthValue - 1]

    /** `14:20`. */
    fun time(ms: Long): String = at(ms).format(DateTimeFormatter.ofPattern("HH:mm", locale))

    /** `23 ноября, 14:20`. */
    fun dayAndTime(ms: Long): String = dayTime(ms, "HH:mm")

    /** `23 ноября, 09:14:02`. */
    fun dayAndSeconds(ms: Long): String = dayTime(ms, "HH:mm:ss")

    /** `23 ноября 2026, 09:14:02`, for a clock that may be wrong by years. */
    fun dateAndSeconds(ms: Long): String = withTime(at(ms).format(pattern(R.string.date_pattern)), ms, "HH:mm:ss")

    /** `сегодня в 14:12` when [nowMs] is the same day, else `23 ноября в 14:12`. */
    fun moment(ms: Long, nowMs: Long): String = if (at(ms).toLocalDate() == at(nowMs).toLocalDate()) {
        resources.getString(R.string.today_at, time(ms))
    } else {
        dayAt(ms)
    }

    /** `23 ноября в 14:20`. */
    fun dayAt(ms: Long): String = resources.getString(R.string.day_at, dayOf(ms), time(ms))

    private fun dayTime(ms: Long, time: String): String = withTime(dayOf(ms), ms, time)

    private fun withTime(date: String, ms: Long, time: String): String =
        resources.getString(R.string.day_time, date, at(ms).format(DateTimeFormatter.ofPattern(time, locale)))

    private fun at(ms: Long) = Instant.ofEpochMilli(ms).atZone(zone)

    private fun pattern(id: Int) = DateTimeFormatter.ofPattern(resources.getString(id), locale)

    private fun upper(first: Char) = first.titlecase(locale)

    private companion object {
        const val GROUPED_FROM = 5
        const val GROUP = 3
        const val KOPECK_DIGITS = 2
        val ABBREVIATED = Regex("(\\p{L}{1,4}\\.) (?=\\d)")
    }
}
