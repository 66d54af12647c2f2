package ru.vodomer.app.harness

import android.app.Activity
import android.app.Dialog
import android.app.Notification
import android.content.Intent
import android.view.View
import android.widget.EditText
import org.junit.Assert.fail
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowDialog
import ru.vodomer.app.App

/** The resident's hand and eyes: opens screens, taps what is written there, types, goes back, reads. */
class Hand(private val app: App, private val isBusy: () -> Boolean) {
    private val screens = ScreenStack()

    /** What was handed to other apps: a message to write, a number to call. */
    val sent = mutableListOf<Intent>()

    /** The screen in front. */
    val screen: Activity get() = checkNotNull(front) { "no screen is open" }.activity
    private val front get() = screens.front

    fun open(intent: Intent) {
        screens.change(emptyList(), listOf(intent))
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
        val says = views().find { view -> view.words().any { it == label } } ?: views().find { it.says(label) }
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

    /** Every view that is shown, or those of the dialog over the screen. */
    fun views(): List<View> {
        val dialog = ShadowDialog.getLatestDialog()?.takeIf(Dialog::isShowing)
        return checkNotNull(dialog?.window ?: screen.window).decorView.shown()
    }

    /** Everything that is written or said on the screen. */
    fun words(): List<String> = views().flatMap(View::words)

    /** For a failure's message: no screen need be open. */
    fun wordsIfAny() = if (front == null) emptyList() else words()

    /** Reads a sentence off the screen; the test fails if it is not there. */
    fun read(sentence: String): String {
        if (words().none { it.contains(sentence) }) fail("«$sentence» is not here: ${words()}")
        return "«$sentence»"
    }

    /** The resident turns to another app, and this one's screens are stopped. */
    fun leave() {
        screens.leave()
        settle()
    }

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
        val finished = screens.stack.filter { it.isOpen && it.activity.isFinishing }
        // Robolectric hands out the latest first.
        val started = generateSequence { shadowOf(app).nextStartedActivity }.toList().reversed()
        sent += started.filter { it.component == null }
        screens.change(finished, started.filter { it.component != null })
        return started.isNotEmpty() || finished.isNotEmpty()
    }

    private fun View.says(label: String) = words().any { it.contains(label) }

    private fun Notification.actionCalled(button: String) =
        actions.first { it.title.toString().plain() == button }.actionIntent

    private companion object {
        const val PATIENCE_NS = 60_000_000_000L
        const val A_MOMENT_MS = 10L
    }
}
