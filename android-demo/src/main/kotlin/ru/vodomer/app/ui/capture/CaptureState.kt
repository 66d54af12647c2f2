// What the capture screen shows, and what of it outlives the process.

package ru.vodomer.app.ui.capture

import android.os.Bundle
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Doubt
import ru.vodomer.core.Preview
import ru.vodomer.core.Question
import ru.vodomer.core.Suggestion

/** Everything the screen draws; made anew at each key. */
data class CaptureState(
    val meter: CaptureScreen,
    val typed: String,
    val preview: Preview,
    val question: Question? = null,
    val complaint: String? = null,
    val torch: Boolean? = null,
)

/** What was typed and asked, for saved instance state. */
data class Typing(
    val typed: String = "",
    val sameAsLast: Boolean = false,
    val question: Question? = null,
    val confirmed: List<Doubt> = emptyList(),
) {
    /** Writes itself for the system to keep. */
    fun save(into: Bundle) {
        into.putString(TYPED, typed)
        into.putBoolean(SAME, sameAsLast)
        into.putStringArrayList(CONFIRMED, ArrayList(confirmed.map(Doubt::name)))
        into.putBundle(QUESTION, question?.toBundle())
    }

    private fun Question.toBundle() = Bundle().apply {
        putString(DOUBT, doubt.name)
        putString(VALUE, value)
        putString(PREVIOUS, previous)
        putString(USED, used)
        putString(USUAL, usual)
        putString(MEANT, suggestion?.value)
        putString(FACE, suggestion?.face)
    }

    companion object {
        private const val TYPED = "typed"
        private const val SAME = "same"
        private const val CONFIRMED = "confirmed"
        private const val QUESTION = "question"
        private const val DOUBT = "doubt"
        private const val VALUE = "value"
        private const val PREVIOUS = "previous"
        private const val USED = "used"
        private const val USUAL = "usual"
        private const val MEANT = "meant"
        private const val FACE = "face"

        /** Reads what [save] wrote. */
        fun restore(from: Bundle?): Typing = Typing(
            typed = from?.getString(TYPED).orEmpty(),
            sameAsLast = from?.getBoolean(SAME) == true,
            question = from?.getBundle(QUESTION)?.let(::question),
            confirmed = from?.getStringArrayList(CONFIRMED).orEmpty().map(Doubt::valueOf),
        )

        private fun question(from: Bundle) = Question(
            doubt = Doubt.valueOf(from.getString(DOUBT).orEmpty()),
            value = from.getString(VALUE).orEmpty(),
            previous = from.getString(PREVIOUS).orEmpty(),
            used = from.getString(USED).orEmpty(),
            usual = from.getString(USUAL),
            suggestion = from.getString(MEANT)?.let { Suggestion(it, from.getString(FACE).orEmpty()) },
        )
    }
}
