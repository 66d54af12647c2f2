// The capture screen while it asks.

package ru.vodomer.app.ui

import android.app.Activity
import android.view.View
import ru.vodomer.app.R
import ru.vodomer.app.harness.idle
import ru.vodomer.core.Cause
import ru.vodomer.core.ClaimProblem
import ru.vodomer.core.Doubt
import ru.vodomer.core.Guess
import ru.vodomer.core.Question
import ru.vodomer.core.Resource
import ru.vodomer.core.Suggestion
import ru.vodomer.core.VodomerException

/** Each doubt and each guess, and the form for a replaced meter. */
object CheckScenes {
    val hotBath = Samples.captureScreen().copy(meterId = "m4", resource = Resource.HOT_WATER, place = "ванная")
    val swapped = Question(Doubt.LOWER, "86", "123", "-37", 1, "4", null, meters(Suggestion("127", "127")))
    val another = Question(Doubt.LOWER, "86", "123", "-37", 1, "4", null, meters(null))
    val rolledOver = Question(Doubt.LOWER, "3", "99998", "-99995", 1, "4", null, Guess(Cause.ROLLED_OVER, null, null))
    private val limit = Question(Doubt.ABOVE_LIMIT, "723", "123", "600", 3, "4", "300", null)

    val all = listOf(
        Scene("capture_check", isMain = true) { check(Samples.question()) },
        Scene("capture_lower") { check(Samples.lower()) },
        Scene("capture_higher") { check(Question(Doubt.HIGHER, "223", "123", "100", 1, null, null, null)) },
        Scene("capture_limit") { check(limit) },
        Scene("capture_zero") { check(Question(Doubt.NOTHING_USED, "123", "123", "0", 1, "4", null, null)) },
        Scene("capture_swapped", isMain = true) {
            fake.otherScreen = { hotBath }
            check(swapped)
        },
        Scene("capture_another") {
            fake.otherScreen = { hotBath }
            check(another)
        },
        Scene("capture_digits_swapped") { check(guessed(Cause.DIGITS_SWAPPED)) },
        Scene("capture_extra_digit") { check(guessed(Cause.EXTRA_DIGIT)) },
        Scene("capture_missing_digit") { check(Samples.lower(Guess(Cause.MISSING_DIGIT, null, null), "12")) },
        Scene("capture_rolled_over") { check(rolledOver) },
        Scene("capture_replaced", isMain = true) {
            check(Samples.lower(value = "3")).also {
                press(it, R.id.check_replaced)
                fake.capture = { throw VodomerException.Claim(ClaimProblem.FinalBelowPrevious("123")) }
                press(it, R.id.replaced_submit)
            }
        },
    )

    fun guessed(cause: Cause) = Samples.question(Guess(cause, Suggestion("127", "127"), null))

    private fun meters(theirs: Suggestion?) = Guess(Cause.METERS_SWAPPED, theirs, "m4")

    private fun press(screen: Activity, button: Int) {
        screen.findViewById<View>(button).performClick()
        idle()
    }
}
