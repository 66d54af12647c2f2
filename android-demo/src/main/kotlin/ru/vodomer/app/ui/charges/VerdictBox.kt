// Whether a bill is right.

package ru.vodomer.app.ui.charges

import android.content.res.ColorStateList
import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.app.ui.words.WhyWords
import ru.vodomer.core.ChargeVerdict
import ru.vodomer.core.Verdict

/** Amber where something differs, green where all is right, grey where nobody can tell: icon, word and colour. */
class VerdictBox(private val card: View, private val format: Format) {
    private val resources = card.resources
    private val why = WhyWords(resources, format)

    /** Shows the verdict. */
    fun render(charge: ChargeVerdict) = when (val verdict = charge.verdict) {
        is Verdict.Right -> say(
            NoteTone.GOOD,
            R.drawable.ic_check,
            resources.getString(R.string.verdict_right),
            resources.getString(R.string.verdict_right_text),
        )

        is Verdict.Differs ->
            say(NoteTone.LOOK_HERE, R.drawable.ic_warn, difference(charge), differenceText(charge))

        is Verdict.CannotTell -> say(
            NoteTone.QUIET,
            R.drawable.ic_info,
            resources.getString(R.string.verdict_cannot_tell),
            verdict.why.joinToString(" ") { why.sentence(it) },
        )
    }

    /** Mistakes may make up for one another, or be of sums that are not known. */
    private fun difference(charge: ChargeVerdict): String = if (charge.differenceKopecks == 0L) {
        resources.getString(R.string.verdict_differs_inside)
    } else {
        resources.getString(R.string.verdict_differs, format.money(charge.differenceKopecks))
    }

    private fun differenceText(charge: ChargeVerdict): String {
        val sums = if (charge.differenceKopecks == 0L) {
            resources.getString(R.string.verdict_differs_inside_text)
        } else {
            val charged = format.money(charge.chargedKopecks)
            resources.getString(R.string.verdict_differs_text, charged, format.money(charge.expectedKopecks))
        }
        return (listOf(sums) + charge.why.map { why.sentence(it) }).joinToString(" ")
    }

    private fun say(tone: NoteTone, icon: Int, title: String, text: String) {
        card.findViewById<View>(R.id.verdict).backgroundTintList = ColorStateList.valueOf(card.context.role(tone.box))
        card.findViewById<IconView>(R.id.verdict_icon).show(icon, tone.ink)
        show(R.id.verdict_title, title, tone)
        show(R.id.verdict_text, text, tone)
    }

    private fun show(id: Int, sentence: String, tone: NoteTone) = card.findViewById<TextView>(id).run {
        text = sentence
        contentDescription = Spoken(resources).aloud(sentence)
        setTextColor(context.role(tone.ink))
    }
}
