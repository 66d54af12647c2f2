// What the core returns, in the resident's words.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.MeterName
import ru.vodomer.core.Resource
import ru.vodomer.core.Status
import ru.vodomer.core.TypedProblem

/** How a status looks and sounds: icon, word and colour together, never colour alone. */
enum class StatusLook(val word: Int, val spoken: Int, val icon: Int, val box: Int, val text: Int) {
    NOT_SUBMITTED(
        R.string.status_not_submitted,
        R.string.say_not_submitted,
        R.drawable.ic_clock,
        R.color.warn_bg,
        R.color.on_warn,
    ),
    SAVED(R.string.status_saved, R.string.say_saved, R.drawable.ic_check, R.color.wait_bg, R.color.on_wait),
    WAITING(R.string.status_waiting, R.string.say_waiting, R.drawable.ic_cloud_off, R.color.wait_bg, R.color.on_wait),
    SENT(R.string.status_sent, R.string.say_sent, R.drawable.ic_send, R.color.tonal, R.color.on_tonal),
    ACCEPTED(R.string.status_accepted, R.string.say_accepted, R.drawable.ic_check, R.color.ok_bg, R.color.on_ok),
    ACCOUNTED(R.string.status_accounted, R.string.say_accounted, R.drawable.ic_check2, R.color.ok_bg, R.color.on_ok),
    NEEDS_ANSWER(
        R.string.status_needs_answer,
        R.string.say_needs_answer,
        R.drawable.ic_ask,
        R.color.warn_bg,
        R.color.on_warn,
    ),
    REJECTED(R.string.status_rejected, R.string.say_rejected, R.drawable.ic_cross, R.color.err_bg, R.color.on_err),
    ELSEWHERE(R.string.status_elsewhere, R.string.say_elsewhere, R.drawable.ic_share, R.color.wait_bg, R.color.on_wait),
}

/** The look of a status. */
fun look(status: Status): StatusLook = when (status) {
    Status.NOT_SUBMITTED -> StatusLook.NOT_SUBMITTED
    Status.SAVED -> StatusLook.SAVED
    Status.WAITING_FOR_NETWORK -> StatusLook.WAITING
    Status.SENT -> StatusLook.SENT
    Status.ACCEPTED -> StatusLook.ACCEPTED
    Status.ACCOUNTED -> StatusLook.ACCOUNTED
    Status.NEEDS_ANSWER -> StatusLook.NEEDS_ANSWER
    Status.REJECTED -> StatusLook.REJECTED
    Status.SENT_ELSEWHERE -> StatusLook.ELSEWHERE
}

/** How water of a kind looks. */
enum class WaterLook(val full: Int, val short: Int, val icon: Int, val disc: Int, val ink: Int) {
    COLD(R.string.cold_water, R.string.cold_short, R.drawable.ic_drop_cold, R.color.cold_bg, R.color.cold),
    HOT(R.string.hot_water, R.string.hot_short, R.drawable.ic_drop_hot, R.color.hot_bg, R.color.hot),
    SEWAGE(R.string.sewage, R.string.sewage_short, R.drawable.ic_drop, R.color.tonal, R.color.on_tonal),
}

/** The look of a resource. */
fun look(resource: Resource): WaterLook = when (resource) {
    Resource.COLD_WATER -> WaterLook.COLD
    Resource.HOT_WATER -> WaterLook.HOT
    Resource.SEWAGE -> WaterLook.SEWAGE
}

/** Names of meters and sentences on typed text. */
class Words(private val resources: Resources) {
    /** `Холодная вода, кухня`, or `Холодная вода, подвал, T1` where the meter has tariff zones. */
    fun meter(resource: Resource, place: String, zone: String?): String = placed(look(resource).full, place, zone)

    /** The same of a meter in a notice. */
    fun meter(meter: MeterName): String = meter(meter.resource, meter.place, meter.zone)

    /** `холодная вода, кухня`. */
    fun inSentence(meter: MeterName): String = meter(meter).replaceFirstChar(Char::lowercase)

    /** `Холодная, кухня`, for a bar of one line. */
    fun shortMeter(resource: Resource, place: String, zone: String?): String = placed(look(resource).short, place, zone)

    private fun placed(name: Int, place: String, zone: String?): String =
        listOfNotNull(place, zone).filter(String::isNotBlank).fold(resources.getString(name)) { called, part ->
            resources.getString(R.string.meter_place, called, part)
        }

    /** What is wrong with the typed text, and so what to do. */
    fun problem(problem: TypedProblem): String = when (problem) {
        is TypedProblem.Empty, is TypedProblem.NoWholeDigits -> resources.getString(R.string.typed_empty)

        is TypedProblem.NotADigit, is TypedProblem.SecondComma -> resources.getString(R.string.typed_not_a_digit)

        is TypedProblem.StraySpace -> resources.getString(R.string.typed_space)

        is TypedProblem.Negative -> resources.getString(R.string.typed_negative)

        is TypedProblem.TooManyWholeDigits ->
            resources.getQuantityString(R.plurals.typed_too_many_whole, problem.dial, problem.dial, problem.typed)

        is TypedProblem.TooManyFractionDigits ->
            resources.getQuantityString(R.plurals.typed_too_many_fraction, problem.dial, problem.dial, problem.typed)
    }
}
