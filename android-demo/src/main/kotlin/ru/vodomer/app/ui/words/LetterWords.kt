// Why a letter to the utility cannot be sent as it is.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.LetterProblem

/** Sentences for the field that has to be mended. */
class LetterWords(private val resources: Resources) {
    /** What is wrong, and so what to do. */
    fun sentence(problem: LetterProblem): String = when (problem) {
        is LetterProblem.NoText -> resources.getString(R.string.letter_no_text)

        is LetterProblem.TextTooLong ->
            resources.getQuantityString(R.plurals.letter_too_long, problem.limit, problem.limit)

        is LetterProblem.NoNameOrContact -> resources.getString(R.string.letter_no_contact)

        is LetterProblem.NoAccount -> resources.getString(R.string.letter_no_account)
    }
}
