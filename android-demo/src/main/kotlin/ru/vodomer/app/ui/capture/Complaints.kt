// Why a reading could not be kept.

package ru.vodomer.app.ui.capture

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.app.ui.words.ClaimWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.ClaimProblem
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.VodomerException

/** What can be mended on this screen, in words and at its field. */
class Complaints(private val resources: Resources, private val format: Format) {
    private val words = Words(resources)

    /** Null for a failure that this screen can do nothing about. */
    fun of(failure: VodomerException): Complaint? = when (failure) {
        is VodomerException.Typed -> Complaint(words.problem(failure.problem))

        is VodomerException.ReplacedTyped -> Complaint(words.problem(failure.problem), failure.field)

        is VodomerException.Claim ->
            Complaint(ClaimWords(resources, format).sentence(failure.problem), field(failure.problem))

        is VodomerException.StorageFull -> Complaint(resources.getString(R.string.error_no_space))

        else -> null
    }

    private fun field(problem: ClaimProblem): ReplacedField? = when (problem) {
        is ClaimProblem.FinalBelowPrevious -> ReplacedField.FINAL
        is ClaimProblem.ValueBelowInitial -> ReplacedField.INITIAL
        is ClaimProblem.NothingToRollOver, is ClaimProblem.PreviousNotOnDial -> null
    }
}
