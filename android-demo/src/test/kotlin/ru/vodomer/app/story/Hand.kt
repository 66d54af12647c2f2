package ru.vodomer.app.story

import android.app.Activity
import android.app.Notification
import android.content.Intent
import android.view.View
import android.widget.EditText
import org.junit.Assert.fail
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import ru.vodomer.app.App
import ru.vodomer.app.harness.idle
import ru.vodomer.app.harness.plain
import ru.vodomer.app.harness.shown
import ru.vodomer.app.harness.words

/** The resident's hand and eyes: opens screens, taps what is written there, types, goes back, reads. */
class Hand(private val app: App, private val isBusy: () -> Boolean) {
    private val below = ArrayDeque<Opened>()

    /** The screen in front. */
    val screen: Activity get() = checkNotNull(front) { "no screen is open" }.activity
    private val front: Opened? get() = below.lastOrNull()

    fun open(intent: Intent) {
        below += Opened(intent)
        settle()
    }

    /** Follows a notification, or one of its buttons. */
    fun follow(notification: Notification, button: String? = null) {
        val intent = if (button == null) notification.contentIntent else notification.actionCalled(button)
        intent.send()
        settle()
    }

    /** Taps what says this, or the card that it stands on. */
    fun tap(label: String) {
        val says = front().find { view -> view.words().any { it == label } } ?: front().find { it.says(label) }
        val target = generateSequence(says) { it.parent as? View }.firstOrNull(View::isClickable)
        if (target == null) fail("nothing to tap says «$label» here: ${words()}")
        checkNotNull(target).performClick()
        settle()
    }

    /** Types into the field with this id. */
    fun type(field: Int, text: String) {
        screen.findViewById<EditText>(field).setText(text)
        settle()
    }

    /** Presses the pad's keys, one after the other. */
    fun press(keys: String) = keys.forEach { tap(if (it == ',') "Запятая" else it.toString()) }

    fun back() {
        @Suppress("DEPRECATION")
        screen.onBackPressed()
        settle()
    }

    /** Everything that is written or said on the screen. */
    fun words(): List<String> = front().flatMap(View::words)

    /** Reads a sentence off the screen; the test fails if it is not there. */
    fun read(sentence: String): String {
        if (words().none { it.contains(sentence) }) fail("«$sentence» is not here: ${words()}")
        return "«$sentence»"
    }

    fun reads(sentence: String) = words().any { it.contains(sentence) }

    /** Lets the app finish what it does, here and in the background, and shows what it opened meanwhile. */
    fun settle() {
        val patience = System.nanoTime() + PATIENCE_NS
        do {
            check(System.nanoTime() < patience) { "the app is still busy after a minute: ${words()}" }
            idle()
            val busy = isBusy()
            if (busy) Thread.sleep(A_MOMENT_MS)
        } while (follow() || busy || isBusy())
        idle()
    }

    /** Does what Android would do about started and finished screens; tells whether there was any. */
    private fun follow(): Boolean {
        val started = generateSequence { shadowOf(app).nextStartedActivity }.filter { it.component != null }.toList()
        val finished = below.filter { it.isOpen && it.activity.isFinishing }
        below.removeAll(finished)
        finished.forEach(Opened::destroy)
        started.forEach(::start)
        front?.show(below.dropLast(1).lastOrNull { it.isOpen })
        return started.isNotEmpty() || finished.isNotEmpty()
    }

    private fun start(intent: Intent) {
        val clears = intent.flags and Intent.FLAG_ACTIVITY_CLEAR_TASK != 0
        val top = intent.flags and (Intent.FLAG_ACTIVITY_CLEAR_TOP or Intent.FLAG_ACTIVITY_REORDER_TO_FRONT) != 0
        val there = below.indexOfLast { it.intent.component == intent.component }
        when {
            clears -> while (below.isNotEmpty()) below.removeLast().destroy()
            top && there >= 0 -> while (below.size > there + 1) below.removeLast().destroy()
        }
        val again = below.lastOrNull()?.takeIf { top && it.intent.component == intent.component }
        if (again == null) below += Opened(intent) else again.comeBack(intent)
    }

    private fun front(): List<View> = screen.window.decorView.shown()

    private fun View.says(label: String) = words().any { it.contains(label) }

    private fun Notification.actionCalled(button: String) =
        actions.first { it.title.toString().plain() == button }.actionIntent

    private companion object {
        const val PATIENCE_NS = 60_000_000_000L
        const val A_MOMENT_MS = 10L
    }
}

/** A screen of the app's stack. Android makes it when it comes to the front for the first time. */
class Opened(val intent: Intent) {
    private var controller: ActivityController<out Activity>? = null
    private var inFront = false
    val activity: Activity get() = checkNotNull(controller).get()
    val isOpen get() = controller != null

    fun show(covered: Opened?) {
        if (inFront) return
        covered?.hide()
        val made = controller
        if (made == null) {
            @Suppress("UNCHECKED_CAST")
            val type = Class.forName(checkNotNull(intent.component).className) as Class<out Activity>
            controller = Robolectric.buildActivity(type, intent).setup()
        } else {
            made.restart().start().resume().visible()
        }
        inFront = true
    }

    fun comeBack(intent: Intent) {
        controller?.newIntent(intent)
    }

    fun hide() {
        if (inFront) controller?.pause()?.stop()
        inFront = false
    }

    fun destroy() {
        hide()
        controller?.destroy()
        controller = null
    }
}
