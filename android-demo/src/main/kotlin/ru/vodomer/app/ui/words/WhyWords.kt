// Why a charge is other than it should be, or why nobody can tell.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Basis
import ru.vodomer.core.ChargeLine
import ru.vodomer.core.Resource
import ru.vodomer.core.Unknown
import ru.vodomer.core.Why

/** A sentence for each reason, with the numbers that led to it. */
class WhyWords(private val resources: Resources, private val format: Format) {
    /** The reason, told of [line] where it concerns one and not the whole bill. */
    fun sentence(why: Why, line: ChargeLine? = null): String = when (why) {
        is Why.FromValueDiffers -> volumes(R.string.why_from_value, why.expected, why.charged)
        is Why.ToValueDiffers -> volumes(R.string.why_to_value, why.expected, why.charged)
        is Why.VolumeDiffers -> volumes(R.string.why_volume, why.expected, why.charged)
        is Why.TariffDiffers -> sums(R.string.why_tariff, why.expected, why.charged)
        is Why.ArithmeticDiffers -> sums(R.string.why_arithmetic, why.expected, why.charged)
        is Why.ChargedByAverageThoughReadingWasTaken -> thoughRead(why, line)
        is Why.BasisDiffers -> otherBasis(why)
        is Why.SewageNotTheSum -> volumes(R.string.why_sewage, why.sum, why.charged)
        is Why.MissingLine -> string(R.string.why_missing_line)
        is Why.ChargedTwice -> string(R.string.why_charged_twice)
        is Why.TotalDiffers -> sums(R.string.why_total, why.expected, why.charged)
        is Why.NotKnown -> notKnown(why.what)
        is Why.UnknownBasis -> string(R.string.why_unknown_basis)
        is Why.UnknownMeter -> string(R.string.why_unknown_meter)
        is Why.NoReading -> string(R.string.why_no_reading)
        is Why.NoEarlierValue -> string(R.string.why_no_earlier_value)
        is Why.TooFewReadings -> string(R.string.why_too_few_readings)
        is Why.NoWater -> string(R.string.why_no_water)
    }

    /** A number that the phone does not know. */
    fun notKnown(what: Unknown): String = when (what) {
        is Unknown.Tariff -> when (val since = what.since) {
            null -> string(R.string.unknown_tariff, string(ofWhat(what.resource)))
            else -> string(R.string.unknown_tariff_since, string(ofWhat(what.resource)), format.day(since))
        }

        is Unknown.Norm -> string(R.string.unknown_norm, string(ofWhat(what.resource)))

        is Unknown.Residents -> string(R.string.unknown_residents)
    }

    private fun ofWhat(resource: Resource) = when (resource) {
        Resource.COLD_WATER -> R.string.of_cold_water
        Resource.HOT_WATER -> R.string.of_hot_water
        Resource.SEWAGE -> R.string.of_sewage
    }

    private fun thoughRead(why: Why.ChargedByAverageThoughReadingWasTaken, line: ChargeLine?): String {
        val taken = string(if (line?.basis == NORM) R.string.why_took_norm else R.string.why_took_average)
        val metered = format.volume(why.metered)
        val receivedAt = why.receivedAt ?: return string(R.string.why_though_read, metered, taken)
        return string(R.string.why_though_received, metered, taken, format.dayOf(receivedAt))
    }

    private fun otherBasis(why: Why.BasisDiffers): String {
        val due = string(
            when (why.expected) {
                Basis.METER -> R.string.why_due_reading
                Basis.AVERAGE -> R.string.why_due_average
                Basis.NORM -> R.string.why_due_norm
            },
        )
        val months = why.missedBefore
        if (months == 0) return due
        return "$due " + resources.getQuantityString(R.plurals.why_missed_before, months, months)
    }

    private fun volumes(id: Int, expected: String, charged: String) =
        string(id, format.volume(expected), format.volume(charged))

    private fun sums(id: Int, expected: Long, charged: Long) = string(id, format.money(expected), format.money(charged))

    private fun string(id: Int, vararg values: String) = resources.getString(id, *values)

    private companion object {
        const val NORM = "norm"
    }
}
