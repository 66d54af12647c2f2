// A line of a bill.

package ru.vodomer.app.ui.charges

import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.sayAs
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.app.ui.words.WhyWords
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.ChargeLine
import ru.vodomer.core.LineFinding
import ru.vodomer.core.LineVerdict
import ru.vodomer.core.MeterCard
import ru.vodomer.core.Resource

/** Name, sum and formula; a check mark, or why it is other than it should be. [meters] are the flat's. */
class LineRow(private val row: View, private val format: Format, private val meters: List<MeterCard>) {
    private val resources = row.resources

    /** What was found of a line: icon, its colour, and the word for it. */
    private class Finding(val icon: Int, val tint: Int, val spoken: Int)

    /** Shows the line. */
    fun render(verdict: LineVerdict) {
        val line = verdict.line
        val finding = look(verdict.finding)
        val why = verdict.why.joinToString(" ") { WhyWords(resources, format).sentence(it, line) }
        val sum = if (isGiven(line)) format.signedMoney(line.amountKopecks) else format.money(line.amountKopecks)
        row.findViewById<IconView>(R.id.line_icon).show(finding.icon, finding.tint)
        row.findViewById<TextView>(R.id.line_name).text = name(line)
        row.findViewById<TextView>(R.id.line_sum).text = sum
        row.findViewById<TextView>(R.id.line_formula).showText(formula(line))
        row.findViewById<TextView>(R.id.line_basis).showText(basis(line))
        row.findViewById<TextView>(R.id.line_note).showText(line.note)
        row.findViewById<TextView>(R.id.line_why).run {
            showText(why)
            setTextColor(context.getColor(finding.tint))
        }
        val found = resources.getString(finding.spoken)
        val said = listOfNotNull(name(line), sum, formula(line), basis(line), line.note, found)
        row.sayAs<View>(Spoken(resources).aloud((said + why).filter(String::isNotBlank).joinToString(". ")))
    }

    private fun look(finding: LineFinding) = when (finding) {
        LineFinding.RIGHT -> Finding(R.drawable.ic_check, R.color.ok, R.string.line_right)
        LineFinding.DIFFERS -> Finding(R.drawable.ic_warn, R.color.warn, R.string.line_wrong)
        LineFinding.NOT_CHECKED -> Finding(R.drawable.ic_info, R.color.on_var, R.string.line_not_checked)
    }

    private fun name(line: ChargeLine): String {
        val service = line.resource?.let { service(it, line.meterId) }
        val kind = when (line.basis) {
            BENEFIT -> R.string.basis_benefit
            RECALCULATION -> R.string.basis_recalculation
            else -> return service ?: resources.getString(R.string.basis_other)
        }
        val given = resources.getString(kind)
        return if (service == null) given else resources.getString(R.string.charge_of, given, service)
    }

    /** The place is named where the flat has several meters of the service. */
    private fun service(resource: Resource, meterId: String?): String {
        val alike = meters.filter { it.resource == resource }
        val meter = alike.firstOrNull { it.meterId == meterId }.takeIf { alike.size > 1 }
        return Words(resources).meter(resource, meter?.place.orEmpty(), meter?.zone)
    }

    /** A sum that is given has no formula, and neither has a line that is not on the bill. */
    private fun formula(line: ChargeLine): String? = if (isGiven(line) || line.tariffKopecks == 0L) {
        null
    } else {
        resources.getString(R.string.charge_formula, format.volume(line.volume), format.money(line.tariffKopecks))
    }

    private fun basis(line: ChargeLine): String? = when (line.basis) {
        "average" -> resources.getString(R.string.basis_average)
        "norm" -> resources.getString(R.string.basis_norm)
        else -> null
    }

    private fun isGiven(line: ChargeLine) = line.basis == BENEFIT || line.basis == RECALCULATION

    private companion object {
        const val BENEFIT = "benefit"
        const val RECALCULATION = "recalculation"
    }
}
