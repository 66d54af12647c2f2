// What a core might say of what was charged, and of whether it is right.

package ru.vodomer.app.ui

import ru.vodomer.core.Charge
import ru.vodomer.core.ChargeLine
import ru.vodomer.core.ChargeVerdict
import ru.vodomer.core.LineFinding
import ru.vodomer.core.LineVerdict
import ru.vodomer.core.Resource
import ru.vodomer.core.Unknown
import ru.vodomer.core.Verdict
import ru.vodomer.core.Why

object ChargeSamples {
    /** 24 October 2025, noon in Moscow. */
    private const val RECEIVED = 1_761_296_400_000L

    fun charges() = listOf(
        Charge("2025-10", 66_708, 66_708, "2025-11-15", october().lines.map { it.line }),
        Charge("2025-09", 14_360, 14_360, null, september().lines.map { it.line }),
        Charge("2025-08", 15_360, 15_360, null, august().lines.map { it.line }),
    )

    fun verdict(period: String) = when (period) {
        "2025-10" -> october()
        "2025-09" -> september()
        else -> august()
    }

    /** The reference picture's month. */
    private fun october(): ChargeVerdict {
        val average = Why.ChargedByAverageThoughReadingWasTaken("2", RECEIVED)
        val sewage = Why.SewageNotTheSum("6", "7")
        return ChargeVerdict(
            lines = listOf(
                right(toCheck(Resource.COLD_WATER, "meter", "4", 3_840, 15_360)),
                wrong(toCheck(Resource.HOT_WATER, "average", "3", 11_306, 33_918), 22_612, "2", average),
                wrong(toCheck(Resource.SEWAGE, "meter", "7", 2_490, 17_430), 14_940, "6", sewage),
            ),
            why = emptyList(),
            chargedKopecks = 66_708,
            expectedKopecks = 52_912,
            differenceKopecks = 13_796,
            verdict = Verdict.Differs,
        )
    }

    private fun september() = ChargeVerdict(
        lines = listOf(
            right(toCheck(Resource.COLD_WATER, "meter", "4", 3_840, 15_360)),
            given(toCheck(null, "benefit", "0", 0, -1_000, note = "льгота по приказу")),
        ),
        why = emptyList(),
        chargedKopecks = 14_360,
        expectedKopecks = 14_360,
        differenceKopecks = 0,
        verdict = Verdict.Right,
    )

    private fun august(): ChargeVerdict {
        val noTariff = Why.NotKnown(Unknown.Tariff(Resource.COLD_WATER, "2025-07-01"))
        return ChargeVerdict(
            lines = listOf(unknown(toCheck(Resource.COLD_WATER, "meter", "4", 3_840, 15_360), noTariff)),
            why = emptyList(),
            chargedKopecks = 15_360,
            expectedKopecks = 15_360,
            differenceKopecks = 0,
            verdict = Verdict.CannotTell(listOf(noTariff)),
        )
    }

    @Suppress("LongParameterList") // The columns of a bill.
    fun toCheck(
        resource: Resource?,
        basis: String,
        volume: String,
        tariff: Long,
        amount: Long,
        meter: String? = null,
        note: String? = null,
    ) = ChargeLine(resource, meter, null, basis, null, null, volume, tariff, amount, note)

    fun right(line: ChargeLine) =
        LineVerdict(line, line.amountKopecks, line.volume, line.tariffKopecks, 0, emptyList(), LineFinding.RIGHT)

    fun wrong(line: ChargeLine, expected: Long, volume: String, why: Why): LineVerdict {
        val (tariff, more) = line.tariffKopecks to line.amountKopecks - expected
        return LineVerdict(line, expected, volume, tariff, more, listOf(why), LineFinding.DIFFERS)
    }

    fun given(line: ChargeLine) =
        LineVerdict(line, line.amountKopecks, null, null, 0, emptyList(), LineFinding.NOT_CHECKED)

    fun unknown(line: ChargeLine, why: Why) =
        LineVerdict(line, null, line.volume, null, 0, listOf(why), LineFinding.NOT_CHECKED)
}
