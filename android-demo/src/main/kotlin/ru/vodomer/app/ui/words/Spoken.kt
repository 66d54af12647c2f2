// The same values for a screen reader: whole words instead of signs.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R

/** Text for ears: "кубометров" instead of "м³", places after the comma named, codes letter by letter. */
class Spoken(private val resources: Resources) {
    /** `127` as `127 кубометров`. */
    fun volume(decimal: String): String {
        val written = decimal.replace(".", resources.getString(R.string.decimal_mark)).replace("-", "−")
        val count = decimal.toIntOrNull() ?: return counted(R.plurals.spoken_volume, FRACTIONAL, written)
        return counted(R.plurals.spoken_volume, count, written)
    }

    /** Digits of a dial, `127` and `3`, as `127 целых, 3 десятых`. */
    fun digits(whole: String, fraction: String): String {
        val units = whole.trimStart('0').ifEmpty { "0" }
        val count = units.toIntOrNull() ?: 0
        val places = when (fraction.length) {
            0 -> return counted(R.plurals.spoken_whole, count, units)
            1 -> R.plurals.spoken_tenths
            2 -> R.plurals.spoken_hundredths
            else -> R.plurals.spoken_thousandths
        }
        val part = fraction.trimStart('0').ifEmpty { "0" }
        val spokenPart = counted(places, part.toIntOrNull() ?: 0, part)
        return resources.getString(R.string.meter_place, counted(R.plurals.spoken_whole, count, units), spokenPart)
    }

    /** A sentence with its units said in words: volumes and sums are recognised by "м³" and "₽". */
    fun aloud(text: CharSequence): String {
        val volumes = VOLUME.replace(text) { volume(decimal(it.groupValues[1])) }
        return MONEY.replace(volumes) { money(decimal(it.groupValues[1])) }
    }

    private fun money(decimal: String): String {
        val roubles = counted(R.plurals.spoken_money, decimal.substringBefore('.'))
        val kopecks = decimal.substringAfter('.', "").trimStart('0')
        return if (kopecks.isEmpty()) roubles else roubles + " " + counted(R.plurals.spoken_kopecks, kopecks)
    }

    /** A number as [Format] writes it, as the core wrote it. */
    private fun decimal(written: String): String = written
        .replace(resources.getString(R.string.group_mark), "")
        .replace(resources.getString(R.string.decimal_mark), ".")
        .replace('−', '-')

    private fun counted(id: Int, digits: String) = counted(id, digits.toIntOrNull() ?: 0, digits)

    /** A code letter by letter. */
    fun code(code: String): String = code.filterNot(Char::isWhitespace).toList().joinToString(" ")

    private fun counted(id: Int, count: Int, written: String) =
        resources.getQuantityString(id, count, written).replace('\u00A0', ' ')

    private companion object {
        /** A count whose plural is the genitive singular that Russian says after fractions. */
        const val FRACTIONAL = 2

        const val NUMBER = "(−?\\d[\\d\u00A0,.]*)"
        val VOLUME = Regex(NUMBER + "\u00A0[мm]³")
        val MONEY = Regex("$NUMBER\u00A0₽")
    }
}
