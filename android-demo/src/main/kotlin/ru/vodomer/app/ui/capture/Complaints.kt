// Why a reading could not be kept.

package ru.vodomer.app.ui.capture

import android.content.res.Resources
import ru.vodomer.app.ui.words.FailureWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.core.ClaimProblem
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.VodomerException

/** What is wrong, in words and at its field: whatever it is, the number stays on the screen until it is kept. */
class Complaints(private val resources: Resources, private val format: Format) {
    /** The words for [failure], and the field that they belong to. */
    fun of(failure: VodomerException): Complaint =
        Complaint(FailureWords(resources, format).notKept(failure), field(failure))

    private fun field(failure: VodomerException): ReplacedField? = when (failure) {
        is VodomerException.ReplacedTyped -> failure.field
        is VodomerException.Claim -> field(failure.problem)
        else -> null
    }

    private fun field(problem: ClaimProblem): ReplacedField? = when (problem) {
        is ClaimProblem.FinalBelowPrevious -> ReplacedField.FINAL
        is ClaimProblem.ValueBelowInitial -> ReplacedField.INITIAL
        is ClaimProblem.NothingToRollOver, is ClaimProblem.PreviousNotOnDial -> null
    }
}
