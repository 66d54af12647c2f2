package ru.vodomer.app

import android.util.Log

/**
 * Runs [work] where no screen can say what went wrong: in a receiver, a job, or beside a screen. Tells whether it came
 * to its end.
 *
 * A failure, be it the core's, its bindings' or Android's, must not end the process: what was stored is, the next
 * occasion tries again, and the screen that is opened next meets the same and says it.
 */
internal fun unattended(work: () -> Unit): Boolean = try {
    work()
    true
} catch (@Suppress("TooGenericExceptionCaught") failure: Exception) {
    // The kind alone: a message may name what it was about.
    Log.w("Vodomer", failure.javaClass.name)
    false
}
