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
import ru.vodomer.app.ui.words.look
import ru.vodomer.core.Charge
import ru.vodomer.core.ChargeLine
import ru.vodomer.core.Flat

/** A flat and what it was charged. */
data class FlatCharges(val flat: Flat, val charges: List<Charge>)

/** A card a month; [openReceipt] gets account and month. */
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
            charges.forEach { charge -> list.add(R.layout.item_charge) { fill(it, flat.accountId, charge) } }
        }
    }

    private fun fill(card: View, accountId: String, charge: Charge) {
        val month = format.monthTitle(charge.period)
        card.findViewById<TextView>(R.id.charge_month).text = month
        val lines = card.findViewById<LinearLayout>(R.id.charge_lines)
        charge.lines.forEach { line -> lines.add(R.layout.item_charge_line) { fill(it, line) } }
        card.findViewById<TextView>(R.id.charge_total).text = format.money(charge.totalKopecks)
        card.findViewById<TextView>(R.id.charge_due).showText(due(charge))
        card.findViewById<ActionButton>(R.id.charge_receipt).run {
            contentDescription = resources.getString(R.string.receipt_for, month)
            setOnClickListener { openReceipt(accountId, charge.period) }
        }
    }

    private fun due(charge: Charge): String {
        val sum = format.money(charge.dueKopecks)
        val last = charge.payBy ?: return resources.getString(R.string.charge_due, sum)
        return resources.getString(R.string.charge_due_by, sum, format.day(last))
    }

    private fun fill(row: View, line: ChargeLine) {
        row.findViewById<TextView>(R.id.line_name).setText(look(line.resource).full)
        row.findViewById<TextView>(R.id.line_sum).text = format.money(line.amountKopecks)
        row.findViewById<TextView>(R.id.line_formula).text =
            resources.getString(R.string.charge_formula, format.volume(line.volume), format.money(line.tariffKopecks))
        row.findViewById<TextView>(R.id.line_basis).showText(
            when (line.basis) {
                "average" -> resources.getString(R.string.basis_average)
                "norm" -> resources.getString(R.string.basis_norm)
                else -> null
            },
        )
    }
}
