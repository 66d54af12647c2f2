package ru.vodomer.app.sync

import android.app.Activity
import android.app.Application
import android.os.Bundle
import ru.vodomer.app.App

/**
 * A pass whenever the resident comes to the app, so that what is shown is fresh; without a network, as soon as there
 * is one. It also brings back the job and the alarm that a "force stop" has taken away.
 *
 * Besides the job, which runs only when something waits, this is the only occasion: nothing is polled.
 */
class ForegroundRefresh(private val app: App) : Application.ActivityLifecycleCallbacks {
    private var started = 0
    private var rotating = false

    override fun onActivityStarted(activity: Activity) {
        started++
        // A rotated screen is stopped and started again, and the resident has not been away.
        if (started == 1 && !rotating) if (app.online) app.tryNow() else app.afterCapture()
        rotating = false
    }

    override fun onActivityStopped(activity: Activity) {
        started--
        rotating = activity.isChangingConfigurations
    }

    override fun onActivityCreated(activity: Activity, savedInstanceState: Bundle?) = Unit

    override fun onActivityResumed(activity: Activity) = Unit

    override fun onActivityPaused(activity: Activity) = Unit

    override fun onActivitySaveInstanceState(activity: Activity, outState: Bundle) = Unit

    override fun onActivityDestroyed(activity: Activity) = Unit
}
