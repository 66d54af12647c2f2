// The timeline of a reading.

package ru.vodomer.app.ui.reading

import android.content.res.ColorStateList
import android.graphics.Typeface
import android.view.View
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.add
import ru.vodomer.app.ui.view.dp
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.view.sayAs
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Reasons
import ru.vodomer.core.Proof
import ru.vodomer.core.Status

/** How a step of the timeline looks and sounds. */
enum class StepLook(val icon: Int, val disc: Int, val ink: Int, val spoken: Int) {
    DONE(R.drawable.ic_check, R.color.ok_bg, R.color.on_ok, R.string.proof_step_done),
    NOW(R.drawable.ic_clock, R.color.warn_bg, R.color.on_warn, R.string.proof_step_now),
    AHEAD(R.drawable.ic_clock, R.color.wait_bg, R.color.on_wait, R.string.proof_step_ahead),
    ASKED(R.drawable.ic_ask, R.color.warn_bg, R.color.on_warn, R.string.proof_step_now),
    REFUSED(R.drawable.ic_cross, R.color.err_bg, R.color.on_err, R.string.proof_step_now),
    OVER(R.drawable.ic_cross, R.color.wait_bg, R.color.on_wait, R.string.proof_step_done),
}

/** A step: what, when or what next. */
data class Step(val title: Int, val text: String?, val look: StepLook)

/** Saved, sent, accepted, accounted: what is done has its moment, to the second. */
class Timeline(private val card: LinearLayout, private val format: Format) {
    private val resources = card.resources

    /** Shows the steps of [proof]. */
    fun render(proof: Proof) {
        val steps = steps(proof)
        steps.forEachIndexed { index, step ->
            card.add(R.layout.item_step) { fill(it, step, last = index == steps.lastIndex) }
        }
    }

    private fun steps(proof: Proof): List<Step> {
        val saved = Step(R.string.proof_saved, format.dayAndSeconds(proof.entry.takenAt), StepLook.DONE)
        // What was refused is never charged, and what was taken back goes no further.
        return when (proof.entry.status) {
            Status.NOT_SUBMITTED -> listOfNotNull(saved, sent(proof).takeIf { proof.sentAt != null }, over)
            Status.REJECTED -> listOf(saved, sent(proof), accepted(proof))
            else -> listOf(saved, sent(proof), accepted(proof), accounted(proof))
        }
    }

    private val over get() =
        Step(R.string.proof_over, resources.getString(R.string.proof_over_text), StepLook.OVER)

    private fun sent(proof: Proof): Step {
        val at = proof.sentAt
            ?: return Step(R.string.proof_sent, Reasons(resources, format).meaning(proof.entry), StepLook.NOW)
        val moment = format.dayAndSeconds(at)
        val early = proof.receipt.takeIf { proof.acceptedAt == null }
        return Step(R.string.proof_sent, early?.let { receipt(moment, it) } ?: moment, StepLook.DONE)
    }

    private fun accepted(proof: Proof): Step {
        val seen = proof.acceptedAt
        return when {
            seen != null -> {
                // The utility's own time is the better proof, where it gave one.
                val moment = format.dayAndSeconds(proof.receivedAt ?: seen)
                Step(R.string.proof_accepted, proof.receipt?.let { receipt(moment, it) } ?: moment, StepLook.DONE)
            }

            proof.entry.status == Status.NEEDS_ANSWER -> Step(R.string.proof_needs_answer, null, StepLook.ASKED)

            proof.entry.status == Status.REJECTED -> Step(R.string.proof_rejected, null, StepLook.REFUSED)

            else -> Step(
                R.string.proof_accepted,
                resources.getString(R.string.proof_ahead_accepted).takeIf { proof.receipt == null },
                if (proof.sentAt == null) StepLook.AHEAD else StepLook.NOW,
            )
        }
    }

    private fun accounted(proof: Proof): Step {
        val month = format.month(proof.effectivePeriod ?: proof.entry.period)
        val at = proof.accountedAt ?: return Step(
            R.string.proof_accounted,
            resources.getString(R.string.proof_ahead_accounted, month),
            StepLook.AHEAD,
        )
        val text = resources.getString(R.string.proof_accounted_when, format.dayAndSeconds(at), month)
        return Step(R.string.proof_accounted, text, StepLook.DONE)
    }

    private fun receipt(moment: String, number: String) = resources.getString(R.string.proof_received, moment, number)

    private fun fill(row: View, step: Step, last: Boolean) {
        row.findViewById<ImageView>(R.id.step_disc).run {
            setImageResource(step.look.icon)
            imageTintList = ColorStateList.valueOf(context.role(step.look.ink))
            backgroundTintList = ColorStateList.valueOf(context.role(step.look.disc))
            setPadding(dp(DISC_PADDING), dp(DISC_PADDING), dp(DISC_PADDING), dp(DISC_PADDING))
        }
        row.findViewById<View>(R.id.step_line).run {
            visibility = if (last) View.INVISIBLE else View.VISIBLE
            setBackgroundColor(context.role(if (step.look == StepLook.DONE) R.color.ok else R.color.hairline))
        }
        row.findViewById<TextView>(R.id.step_title).run {
            setText(step.title)
            setTextColor(context.role(if (step.look == StepLook.AHEAD) R.color.on_var else R.color.on))
            val face = if (step.look == StepLook.AHEAD) "sans-serif" else "sans-serif-medium"
            typeface = Typeface.create(face, Typeface.NORMAL)
        }
        val text = row.findViewById<TextView>(R.id.step_text)
        text.showText(step.text)
        (text.parent as View).setPadding(0, 0, 0, if (last) 0 else row.dp(BETWEEN))
        val spoken = listOfNotNull(resources.getString(step.title), resources.getString(step.look.spoken), step.text)
        row.sayAs<View>(spoken.joinToString(". "))
    }

    private companion object {
        const val DISC_PADDING = 6
        const val BETWEEN = 14
    }
}
