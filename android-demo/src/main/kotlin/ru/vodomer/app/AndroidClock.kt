package ru.vodomer.app

import android.os.SystemClock
import ru.vodomer.core.Clock
import java.util.TimeZone

/** The phone's clock: the wall clock may be set by the resident, the monotonic one counts on through sleep. */
class AndroidClock : Clock {
    override fun nowMs() = System.currentTimeMillis()

    override fun monotonicMs() = SystemClock.elapsedRealtime()

    override fun zoneId(): String = TimeZone.getDefault().id
}
