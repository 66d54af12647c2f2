// What was typed and asked, as it outlives the process.

package ru.vodomer.app.ui.capture

import android.os.Bundle
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.Doubt
import ru.vodomer.core.Happened
import ru.vodomer.core.Question

/** What the resident has done so far; [form] is the form for a replaced meter, while it is open. */
data class Typing(
    val typed: String = "",
    val sameAsLast: Boolean = false,
    val happened: Happened? = null,
    val question: Question? = null,
    val confirmed: List<Doubt> = emptyList(),
    val form: Happened.Replaced? = null,
) {
    /** All of it as the core takes it; what stands in the open form is what happened. */
    fun request(meterId: String) = CaptureRequest(meterId, typed, sameAsLast, form ?: happened, confirmed)

    /** The core asks: the form has done its part. */
    fun asked(question: Question) = copy(question = question, happened = form ?: happened, form = null)

    /** Writes itself for the system to keep. */
    fun save(into: Bundle) {
        into.putString(TYPED, typed)
        into.putBoolean(SAME, sameAsLast)
        into.putBundle(HAPPENED, happened?.let(::bundle))
        into.putStringArrayList(CONFIRMED, ArrayList(confirmed.map(Doubt::name)))
        into.putBundle(QUESTION, question?.let(::bundle))
        into.putBundle(FORM, form?.let(::bundle))
    }

    companion object {
        private const val TYPED = "typed"
        private const val SAME = "same"
        private const val HAPPENED = "happened"
        private const val CONFIRMED = "confirmed"
        private const val QUESTION = "question"
        private const val FORM = "form"

        /** Reads what [save] wrote. */
        fun restore(from: Bundle?): Typing = Typing(
            typed = from?.getString(TYPED).orEmpty(),
            sameAsLast = from?.getBoolean(SAME) == true,
            happened = from?.getBundle(HAPPENED)?.let(::happened),
            question = from?.getBundle(QUESTION)?.let(::question),
            confirmed = from?.getStringArrayList(CONFIRMED).orEmpty().map(Doubt::valueOf),
            form = from?.getBundle(FORM)?.let(::happened) as? Happened.Replaced,
        )
    }
}
