// Why something could not be done.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.RegistersProblem
import ru.vodomer.core.VodomerException

/** Sentences for every failure of the core: what happened, what became of what was asked for, what to do. */
class FailureWords(private val resources: Resources, private val format: Format) {
    private val words = Words(resources)
    private val login = LoginWords(resources)

    /** A reading is not kept. Whoever has to leave the screen for it to get better is told to write the number down. */
    fun notKept(failure: VodomerException): String =
        say(failure, if (isOverOnlyElsewhere(failure)) R.string.not_kept_write_down else R.string.not_kept)

    /** Anything else was not done, and is as it was before. */
    fun notDone(failure: VodomerException): String = say(failure, R.string.not_done)

    private fun say(failure: VodomerException, outcome: Int): String = when (failure) {
        is VodomerException.Typed -> words.problem(failure.problem)
        is VodomerException.ReplacedTyped -> words.problem(failure.problem)
        is VodomerException.Claim -> ClaimWords(resources, format).sentence(failure.problem)
        is VodomerException.Zones -> zones(failure.problem)
        is VodomerException.Letter -> LetterWords(resources).sentence(failure.problem)
        is VodomerException.VisitTime -> resources.getString(R.string.failed_visit_time)
        is VodomerException.BadCredentials -> login.refused(failure.hint)
        is VodomerException.TooManyTries -> login.notTried(failure)
        is VodomerException.Offline -> login.notTried(failure)
        is VodomerException.ServerNotFound -> login.notTried(failure)
        is VodomerException.NotTheUtility -> login.notTried(failure)
        is VodomerException.ServerBusy -> login.notTried(failure)
        is VodomerException.Busy -> with(R.string.failed_busy, outcome)
        is VodomerException.NotFound -> with(R.string.failed_gone, outcome)
        is VodomerException.StorageFull -> with(R.string.failed_full, outcome)
        is VodomerException.StorageNotWritable -> with(R.string.failed_locked, outcome)
        is VodomerException.StorageDamaged, is VodomerException.StorageNotOurs -> with(R.string.failed_damaged, outcome)
        is VodomerException.StorageNewer -> with(R.string.failed_newer, outcome)
        is VodomerException.ProfileInvalid -> with(R.string.failed_profile, outcome)
        is VodomerException.Internal -> with(R.string.failed_internal, outcome)
    }

    private fun isOverOnlyElsewhere(failure: VodomerException) = failure is VodomerException.NotFound ||
        failure is VodomerException.StorageNotWritable ||
        failure is VodomerException.StorageDamaged ||
        failure is VodomerException.StorageNotOurs ||
        failure is VodomerException.StorageNewer ||
        failure is VodomerException.ProfileInvalid

    private fun zones(problem: RegistersProblem): String = when (problem) {
        is RegistersProblem.NotAReading -> words.problem(problem.problem)

        is RegistersProblem.Missing, is RegistersProblem.Duplicate, is RegistersProblem.Unknown ->
            resources.getString(R.string.failed_zones)
    }

    private fun with(sentence: Int, outcome: Int) = resources.getString(sentence, resources.getString(outcome))
}
