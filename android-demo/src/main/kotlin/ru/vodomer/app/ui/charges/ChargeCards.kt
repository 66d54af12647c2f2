// The cards of «Начисления».

package ru.vodomer.app.ui.charges

import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.words.Format
import ru.vodomer.core.Charge
import ru.vodomer.core.ChargeVerdict
import ru.vodomer.core.Flat

/** A month's charges and what the core thinks of them. */
data class CheckedCharge(val charge: Charge, val verdict: ChargeVerdict)

/** A flat and what it was charged. */
data class FlatCharges(val flat: Flat, val charges: List<CheckedCharge>)

/** A card a month, its verdict first; [openReceipt] gets account and month. */
class ChargeCards(
    private val list: LinearLayout,
    private val format: Format,
    private val openReceipt: (String, String) -> Unit,
) {
    private val resources = list.resources

    /** Shows the charges; the flat is named where there are several. */
    fun render(flats: List<FlatCharges>) {
        list.removeAllViews()
        for ((flat, charges) in flats) {
            if (flats.size > 1 && charges.isNotEmpty()) {
                list.add(R.layout.item_section) { (it as TextView).text = format.address(flat.address) }
            }
            charges.forEach { checked -> list.add(R.layout.item_charge) { fill(it, flat, checked) } }
        }
    }

    private fun fill(card: View, flat: Flat, checked: CheckedCharge) {
        val (charge, verdict) = checked
        val month = format.monthTitle(charge.period)
        card.findViewById<TextView>(R.id.charge_month).text = month
        VerdictBox(card, format).render(verdict)
        val lines = card.findViewById<LinearLayout>(R.id.charge_lines)
        verdict.lines.forEach { line ->
            lines.add(R.layout.item_charge_line) { LineRow(it, format, flat.meters).render(line) }
        }
        card.findViewById<TextView>(R.id.charge_total).text = format.money(charge.totalKopecks)
        card.findViewById<TextView>(R.id.charge_due).showText(due(charge))
        card.findViewById<ActionButton>(R.id.charge_receipt).run {
            contentDescription = resources.getString(R.string.receipt_for, month)
            setOnClickListener { openReceipt(flat.accountId, charge.period) }
        }
    }

    private fun due(charge: Charge): String {
        val sum = format.money(charge.dueKopecks)
        val last = charge.payBy ?: return resources.getString(R.string.charge_due, sum)
        return resources.getString(R.string.charge_due_by, sum, format.day(last))
    }
}
