package ru.vodomer.app

import android.content.Context
import android.os.SystemClock
import android.provider.Settings
import ru.vodomer.core.Clock
import java.util.TimeZone

/** The phone's clock: the wall clock may be set by the resident, the monotonic one counts on through sleep. */
class AndroidClock(private val context: Context) : Clock {
    override fun nowMs() = System.currentTimeMillis()

    override fun monotonicMs() = SystemClock.elapsedRealtime()

    override fun bootCount() = Settings.Global.getInt(context.contentResolver, Settings.Global.BOOT_COUNT, 0).toLong()

    override fun zoneId(): String = TimeZone.getDefault().id
}
