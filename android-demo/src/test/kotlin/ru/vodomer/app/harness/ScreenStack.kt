package ru.vodomer.app.harness

import android.app.Activity
import android.content.Intent
import org.robolectric.Robolectric
import org.robolectric.android.controller.ActivityController

/** The app's screens one over the other, started and stopped in the order in which Android does it. */
class ScreenStack {
    private val opened = ArrayDeque<Opened>()
    private var inFront: Opened? = null
    private var away = false

    /** From the lowest to the one in front. */
    val stack: List<Opened> get() = opened
    val front: Opened? get() = opened.lastOrNull()

    fun change(finished: List<Opened>, started: List<Intent>) {
        val before = opened.toList()
        opened.removeAll(finished)
        started.forEach(::start)
        away = away && started.isEmpty()
        if (front !== inFront && !away) {
            inFront?.pause()
            front?.show()
            inFront?.stop()
            inFront = front
        }
        (before - opened.toSet()).forEach(Opened::destroy)
    }

    /** The resident turns to another app, until a screen of this one is opened. */
    fun leave() {
        away = true
        inFront?.pause()
        inFront?.stop()
        inFront = null
    }

    private fun start(intent: Intent) {
        if (intent.flags and Intent.FLAG_ACTIVITY_CLEAR_TASK != 0) opened.clear()
        val toTop = intent.flags and Intent.FLAG_ACTIVITY_CLEAR_TOP != 0
        val there = opened.lastOrNull { it.intent.component == intent.component }
        if (toTop && there != null) {
            while (opened.last() !== there) opened.removeLast()
            there.comeBack(intent)
        } else {
            opened += Opened(intent)
        }
    }
}

/** A screen. Android makes it when it comes to the front for the first time. */
class Opened(val intent: Intent) {
    private var controller: ActivityController<out Activity>? = null
    val activity: Activity get() = checkNotNull(controller).get()
    val isOpen get() = controller != null

    fun show() {
        val made = controller
        if (made == null) {
            @Suppress("UNCHECKED_CAST")
            val type = Class.forName(checkNotNull(intent.component).className) as Class<out Activity>
            controller = Robolectric.buildActivity(type, intent).setup()
        } else {
            made.restart().resume().visible()
        }
    }

    fun comeBack(intent: Intent) {
        controller?.newIntent(intent)
    }

    fun pause() {
        controller?.pause()
    }

    fun stop() {
        controller?.stop()
    }

    fun destroy() {
        controller?.destroy()
        controller = null
    }
}
