package ru.vodomer.app

import android.os.SystemClock
import android.provider.Settings
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowSystemClock
import ru.vodomer.app.harness.FakeApp
import java.time.Duration

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class AndroidClockTest {
    private val app get() = RuntimeEnvironment.getApplication()
    private val clock by lazy { AndroidClock(app) }

    @Test
    fun `a start of the phone is told from the next`() {
        for (count in listOf(7, 8)) {
            Settings.Global.putInt(app.contentResolver, Settings.Global.BOOT_COUNT, count)
            assertEquals(count.toLong(), clock.bootCount())
        }
    }

    @Test
    fun `the resident can set the wall clock, and the other one only counts on`() {
        val counted = clock.monotonicMs()
        SystemClock.setCurrentTimeMillis(0)
        assertEquals(counted, clock.monotonicMs())
        ShadowSystemClock.advanceBy(Duration.ofHours(1))
        assertEquals(Duration.ofHours(1).toMillis(), clock.monotonicMs() - counted)
    }
}
