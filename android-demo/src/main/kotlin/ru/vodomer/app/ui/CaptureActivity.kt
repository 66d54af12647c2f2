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
import ru.vodomer.app.ui.capture.DialField
import ru.vodomer.app.ui.capture.Torch
import ru.vodomer.app.ui.capture.Typing
import ru.vodomer.app.ui.view.compactCapture
import ru.vodomer.app.ui.words.look
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.CaptureRequest
import ru.vodomer.core.CaptureScreen
import ru.vodomer.core.Question
import ru.vodomer.core.Saved
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.VodomerException

/** A number, typed once: one call of the core a key, one to save. What was typed outlives rotation and death. */
class CaptureActivity :
    ScreenActivity(),
    CaptureActions {
    private val meterId get() = intent.getStringExtra(Screens.METER).orEmpty()
    private val torch by lazy { Torch(this) }
    private var typing = Typing()
    private var complaint: String? = null
    private var field: DialField? = null
    private var shownLayout = 0
    private var shownQuestion: Question? = null

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
        val layout = layout()
        if (layout != shownLayout) inflate(layout, meter)
        val preview = core.preview(meterId, typing.typed)
        val state = CaptureState(meter, typing.typed, preview, typing.question, complaint, torch.lit)
        val screen = findViewById<View>(R.id.screen)
        if (state.question == null) {
            CaptureForm(screen, format(), this, compact = layout == R.layout.screen_capture_compact).render(state)
        } else {
            CheckForm(screen, format(), this).run {
                render(state)
                if (state.question != shownQuestion) takeFocus()
            }
        }
        shownQuestion = state.question
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
        val name = words.meter(meter.resource, meter.place)
        show(layout, name)
        shownLayout = layout
        if (typing.question == null && resources.compactCapture) {
            bar(words.shortMeter(meter.resource, meter.place))
        } else {
            val where = getString(R.string.meter_flat_serial, format().address(meter.flat), meter.serial)
            bar(name, where, look(meter.resource))
        }
        field = if (typing.question != null) null else typingField()
    }

    private fun typingField() = DialField(findViewById(R.id.typed), ::type).apply {
        set(typing.typed)
        listenTo(findViewById(R.id.pad)) { text -> core.preview(meterId, text).problem is TypedProblem.SecondComma }
        onEnter(::submit)
    }

    private fun type(text: String) {
        typing = Typing(text)
        complaint = null
        redraw()
    }

    override fun submit() {
        complaint = null
        val request = CaptureRequest(meterId, typing.typed, typing.sameAsLast, typing.confirmed)
        try {
            when (val outcome = core.capture(request)) {
                is CaptureOutcome.Saved -> return leave(outcome.saved)
                is CaptureOutcome.Asked -> typing = typing.copy(question = outcome.question)
            }
        } catch (wrong: VodomerException.Typed) {
            complaint = words.problem(wrong.problem)
        } catch (_: VodomerException.StorageFull) {
            complaint = getString(R.string.error_no_space)
        } catch (_: VodomerException) {
            return startActivity(Screens.trouble(this))
        }
        redraw()
    }

    override fun submitSame() {
        val value = core.captureScreen(meterId).last?.value ?: return
        typing = Typing(value, sameAsLast = true)
        submit()
    }

    private fun leave(saved: Saved) {
        app.afterCapture()
        startActivity(Screens.saved(this, saved.itemId))
        finish()
    }

    override fun goBack() {
        if (typing.question == null) super.goBack() else backToForm()
    }

    private fun backToForm() {
        typing = Typing(typing.typed)
        redraw()
    }

    override fun mend() {
        typing = Typing(typing.question?.suggestion?.face?.replace('.', ',') ?: typing.typed)
        redraw()
    }

    override fun keep() {
        val question = typing.question ?: return
        typing = typing.copy(question = null, confirmed = typing.confirmed + question.doubt)
        submit()
    }

    override fun retype() {
        typing = Typing()
        redraw()
    }

    override fun switchTorch() {
        val done = torch.switch(on = torch.lit != true)
        complaint = if (done) null else getString(R.string.torch_busy)
        redraw()
    }
}
