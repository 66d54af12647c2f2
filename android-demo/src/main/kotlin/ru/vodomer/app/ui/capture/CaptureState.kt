// What the capture screen shows.

package ru.vodomer.app.ui.capture

import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Preview
import ru.vodomer.core.ReplacedField

/** Everything the screen draws; made anew at each key. [other] is the meter that the check speaks of besides. */
data class CaptureState(
    val meter: CaptureScreen,
    val typing: Typing,
    val preview: Preview,
    val other: CaptureScreen? = null,
    val complaint: Complaint? = null,
    val torch: Boolean? = null,
) {
    /** What was typed for the dial. */
    val typed get() = typing.typed

    /** What the resident is asked, if anything. */
    val question get() = typing.question
}

/** Why nothing could be kept; [field] where one of a replaced meter's two values is to blame. */
data class Complaint(val sentence: String, val field: ReplacedField? = null)
