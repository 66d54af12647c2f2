// Why what is said to have happened to a meter cannot be.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.ClaimProblem

/** Sentences for a claim that cannot be true, with the numbers that speak against it. */
class ClaimWords(private val resources: Resources, private val format: Format) {
    /** What is wrong, and so what to do. */
    fun sentence(problem: ClaimProblem): String = when (problem) {
        is ClaimProblem.NothingToRollOver -> resources.getString(R.string.claim_nothing_to_roll_over)

        is ClaimProblem.PreviousNotOnDial ->
            resources.getString(R.string.claim_previous_not_on_dial, format.number(problem.previous))

        is ClaimProblem.FinalBelowPrevious ->
            resources.getString(R.string.claim_final_below_previous, format.volume(problem.previous))

        is ClaimProblem.ValueBelowInitial ->
            resources.getString(R.string.claim_value_below_initial, format.volume(problem.initial))
    }
}
