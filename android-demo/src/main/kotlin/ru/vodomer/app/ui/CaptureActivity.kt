// Taking a reading.

package ru.vodomer.app.ui

import android.content.res.Configuration
import android.os.Bundle
import android.view.View
import ru.vodomer.app.R
import ru.vodomer.app.ui.capture.CaptureActions
import ru.vodomer.app.ui.capture.CaptureForm
import ru.vodomer.app.ui.capture.CaptureState
import ru.vodomer.app.ui.capture.CheckForm
import ru.vodomer.app.ui.capture.Complaint
import ru.vodomer.app.ui.capture.Complaints
import ru.vodomer.app.ui.capture.DialField
import ru.vodomer.app.ui.capture.ReplacedForm
import ru.vodomer.app.ui.capture.Torch
import ru.vodomer.app.ui.capture.Typing
import ru.vodomer.app.ui.view.compactCapture
import ru.vodomer.app.ui.words.look
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Happened
import ru.vodomer.core.Question
import ru.vodomer.core.ReplacedField
import ru.vodomer.core.Saved
import ru.vodomer.core.Suggestion
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException

/** A number, typed once: one call of the core a key, one to save. What was typed outlives rotation and death. */
class CaptureActivity :
    ScreenActivity(),
    CaptureActions {
    private val meterId get() = intent.getStringExtra(Screens.METER).orEmpty()
    private val torch by lazy { Torch(this) }
    private var typing = Typing()
    private var complaint: Complaint? = null
    private var field: DialField? = null
    private var shown: CaptureState? = null
    private var shownLayout = 0
    private var shownCheck: Pair<Question?, Boolean>? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        typing = Typing.restore(savedInstanceState)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        typing.save(outState)
    }

    override fun onPause() {
        if (torch.lit == true) torch.switch(false)
        super.onPause()
    }

    override fun refresh() {
        val meter = core.captureScreen(meterId)
        draw(CaptureState(meter, typing, core.preview(meterId, typing.typed), other(), complaint, torch.lit))
    }

    /** What was typed stays on the screen, whatever becomes of the core meanwhile. */
    override fun cannotShow(failure: VodomerException) {
        val last = shown ?: return super.cannotShow(failure)
        draw(last.copy(typing = typing, complaint = complaint ?: Complaints(resources, format()).of(failure)))
    }

    private fun draw(state: CaptureState) {
        shown = state
        val layout = layout()
        if (layout != shownLayout) inflate(layout, state.meter)
        val screen = findViewById<View>(R.id.screen)
        val form = typing.form != null
        if (typing.question == null) {
            CaptureForm(screen, format(), this, compact = layout == R.layout.screen_capture_compact).render(state)
        } else {
            CheckForm(screen, format(), this).run {
                render(state)
                if (shownCheck != typing.question to form) takeFocus(form)
            }
        }
        shownCheck = typing.question to form
    }

    /** The meter that the question names besides; null when it is gone since. */
    private fun other(): CaptureScreen? = try {
        typing.question?.guess?.otherMeter?.let(core::captureScreen)
    } catch (_: VodomerException.NotFound) {
        null
    }

    private fun layout(): Int {
        val wide = resources.configuration.orientation == Configuration.ORIENTATION_LANDSCAPE
        val asked = typing.question != null
        return when {
            asked && wide -> R.layout.screen_capture_check_wide
            asked -> R.layout.screen_capture_check
            wide -> R.layout.screen_capture_wide
            resources.compactCapture -> R.layout.screen_capture_compact
            else -> R.layout.screen_capture
        }
    }

    private fun inflate(layout: Int, meter: CaptureScreen) {
        val name = words.meter(meter.resource, meter.place, meter.zone)
        show(layout, name)
        shownLayout = layout
        if (typing.question == null && resources.compactCapture) {
            bar(words.shortMeter(meter.resource, meter.place, meter.zone))
        } else {
            val where = getString(R.string.meter_flat_serial, format().address(meter.flat), meter.serial)
            bar(name, where, look(meter.resource))
        }
        val asked = typing.question != null
        field = if (asked) null else typingField()
        if (asked) ReplacedForm(findViewById(R.id.screen), format(), this).listen()
    }

    private fun typingField() = DialField(findViewById(R.id.typed), ::type).apply {
        set(typing.typed)
        listenTo(findViewById(R.id.pad), ::isSecondComma)
        onEnter(::submit)
    }

    private fun isSecondComma(text: String) = try {
        core.preview(meterId, text).problem is TypedProblem.SecondComma
    } catch (_: VodomerException) {
        false
    }

    private fun type(text: String) = become(Typing(text))

    override fun submit() {
        complaint = null
        try {
            when (val outcome = core.capture(typing.request(meterId))) {
                is CaptureOutcome.Saved -> return leave(outcome.saved)
                is CaptureOutcome.Asked -> typing = typing.asked(outcome.question)
            }
            redraw()
        } catch (wrong: VodomerException.Claim) {
            // Without its form a claim that cannot be is taken back: the complaint says why.
            if (typing.form == null) typing = Typing(typing.typed)
            complain(wrong)
        } catch (failure: VodomerException) {
            complain(failure)
        }
    }

    private fun complain(failure: VodomerException) {
        complaint = Complaints(resources, format()).of(failure)
        redraw()
    }

    override fun submitSame() {
        val value = shown?.meter?.last?.value ?: return
        typing = Typing(value, sameAsLast = true)
        submit()
    }

    private fun leave(saved: Saved) {
        app.afterCapture()
        startActivity(Screens.saved(this, saved.itemId))
        finish()
    }

    override fun goBack() = when {
        typing.form != null -> become(typing.copy(form = null))
        typing.question != null -> become(Typing(typing.typed))
        else -> super.goBack()
    }

    private fun become(next: Typing) {
        typing = next
        complaint = null
        redraw()
    }

    override fun mend() {
        val meant = typing.question?.guess?.suggestion
        val replaced = typing.happened as? Happened.Replaced
        become(
            when {
                // Whatever happened to the meter has been taken into account in the suggestion.
                meant != null -> Typing(typed(meant), happened = typing.happened)

                // Three numbers led to the question, and two of them stand in the form.
                replaced != null -> typing.copy(form = replaced)

                else -> Typing(typing.typed)
            },
        )
    }

    override fun mendTyped(guess: Suggestion) {
        become(Typing(typed(guess)))
        field?.set(typing.typed)
    }

    private fun typed(guess: Suggestion) = guess.face.replace('.', ',')

    override fun sayRolledOver() {
        typing = typing.copy(question = null, happened = Happened.RolledOver)
        submit()
    }

    override fun openOther(meterId: String) {
        startActivity(Screens.capture(this, meterId))
        finish()
    }

    override fun askReplaced() = become(typing.copy(form = Happened.Replaced("", "")))

    override fun typeReplaced(field: ReplacedField, text: String) {
        val form = typing.form ?: return
        val typed = when (field) {
            ReplacedField.FINAL -> form.copy(finalTyped = text)
            ReplacedField.INITIAL -> form.copy(initialTyped = text)
        }
        if (typed != form) become(typing.copy(form = typed))
    }

    override fun keep() {
        val question = typing.question ?: return
        typing = typing.copy(question = null, confirmed = typing.confirmed + question.doubt)
        submit()
    }

    override fun retype() = become(Typing())

    override fun switchTorch() {
        val done = torch.switch(on = torch.lit != true)
        complaint = if (done) null else Complaint(getString(R.string.torch_busy))
        redraw()
    }
}
