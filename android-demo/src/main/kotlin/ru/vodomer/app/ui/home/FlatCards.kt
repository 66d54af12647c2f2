// The flats of home.

package ru.vodomer.app.ui.home

import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.dp
import ru.vodomer.app.ui.view.sayAs
import ru.vodomer.app.ui.view.showStatus
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.view.showWater
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.app.ui.words.Words
import ru.vodomer.app.ui.words.look
import ru.vodomer.core.Balance
import ru.vodomer.core.BalanceKind
import ru.vodomer.core.Flat
import ru.vodomer.core.MeterCard

/** A card a flat, in as many columns as the window has room for. */
class FlatCards(private val place: LinearLayout, private val format: Format, private val actions: HomeActions) {
    private val resources = place.resources
    private val words = Words(resources)
    private val spoken = Spoken(resources)

    /** Shows the flats. */
    fun render(flats: List<Flat>) {
        place.removeAllViews()
        val columns = List(resources.getInteger(R.integer.home_columns)) { column(it) }
        columns.forEach(place::addView)
        flats.forEachIndexed { index, flat -> columns[index % columns.size].add(R.layout.item_flat) { fill(it, flat) } }
    }

    private fun column(index: Int) = LinearLayout(place.context).apply {
        orientation = LinearLayout.VERTICAL
        gravity = Gravity.TOP
        layoutParams = LinearLayout.LayoutParams(0, ViewGroup.LayoutParams.WRAP_CONTENT, 1f).apply {
            marginStart = if (index == 0) 0 else dp(COLUMN_GAP)
        }
    }

    private fun fill(card: View, flat: Flat) {
        card.findViewById<TextView>(R.id.flat_name).text = format.address(flat.address)
        card.findViewById<TextView>(R.id.flat_number).text = resources.getString(R.string.flat_number, flat.number)
        val meters = card.findViewById<LinearLayout>(R.id.flat_meters)
        flat.meters.forEach { meter -> meters.add(R.layout.item_meter) { row -> fill(row, meter, flat.address) } }
        fill(card, flat.balance)
    }

    private fun fill(row: View, meter: MeterCard, flat: String) {
        val status = look(meter.status)
        row.findViewById<ImageView>(R.id.meter_disc).showWater(look(meter.resource))
        row.findViewById<TextView>(R.id.meter_name).text = words.meter(meter.resource, meter.place, meter.zone)
        row.findViewById<TextView>(R.id.meter_value).showText(meter.value?.let(format::volume))
        row.findViewById<TextView>(R.id.meter_badge).showStatus(status)
        row.sayAs<Button>(describe(meter, flat, resources.getString(status.spoken)))
        row.setOnClickListener {
            val item = meter.itemId
            if (item == null) actions.capture(meter.meterId) else actions.proof(item)
        }
    }

    private fun describe(meter: MeterCard, flat: String, status: String): String {
        val name = words.meter(meter.resource, meter.place, meter.zone)
        val value = meter.value
        val previous = meter.previous
        return when {
            value != null ->
                resources.getString(R.string.meter_spoken_value, name, flat, spoken.volume(value), status)

            previous != null -> resources.getString(
                R.string.meter_spoken_last,
                resources.getString(R.string.meter_spoken, name, flat, status),
                spoken.volume(previous),
            )

            else -> resources.getString(R.string.meter_spoken, name, flat, status)
        }
    }

    private fun fill(card: View, balance: Balance?) {
        val label = card.findViewById<TextView>(R.id.balance_label)
        val sum = card.findViewById<TextView>(R.id.balance_sum)
        when (balance?.kind) {
            BalanceKind.DEBT -> {
                val month = balance.period?.let(format::month)
                label.showText(
                    month?.let { resources.getString(R.string.balance_owed, it) }
                        ?: resources.getString(R.string.balance_owed_plain),
                )
                sum.showText(format.money(balance.kopecks))
            }

            BalanceKind.OVERPAID -> {
                label.showText(resources.getString(R.string.balance_overpaid))
                sum.showText(format.money(balance.kopecks))
            }

            BalanceKind.CLEAR -> {
                label.showText(null)
                sum.showText(resources.getString(R.string.balance_clear))
            }

            // Only the utility knows it, and nobody has signed in there.
            null -> {
                label.showText(null)
                sum.showText(null)
            }
        }
        sum.contentDescription = spoken.aloud(sum.text)
    }

    private companion object {
        const val COLUMN_GAP = 12
    }
}
