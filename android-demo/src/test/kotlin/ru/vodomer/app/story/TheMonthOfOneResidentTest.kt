package ru.vodomer.app.story

import org.junit.Assume.assumeTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.io.File
import java.net.URI

/**
 * One resident's month, played through the real app against the reference cabinet.
 *
 * The first two steps are played in a process of their own, which is really killed; this one finds its files.
 */
@RunWith(RobolectricTestRunner::class)
@Config(application = StoryApp::class)
class TheMonthOfOneResidentTest {
    @Test
    fun `a reading typed in a cellar becomes accounted`() {
        assumeTrue("needs a cabinet: cargo xtask demo", Setting.isSet)
        Setting.forgetEarlierStories()
        Setting.relay.mend()
        val port = URI(Setting.relay.address).port
        Setting.relay.cut()
        val log = File(Setting.out, "first-process.log")
        EarlierProcess(BeforeTheKill::class.java, Killed.ready, log, port).use { first ->
            first.awaitReady()
            first.kill()
        }
        AfterTheKill(Story(remindersAllowed = true)).play()
    }
}
