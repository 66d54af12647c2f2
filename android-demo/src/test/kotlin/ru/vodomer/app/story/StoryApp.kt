package ru.vodomer.app.story

import android.content.SharedPreferences
import org.json.JSONObject
import ru.vodomer.app.App
import java.io.File
import java.net.URI
import java.util.concurrent.Executor
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

/**
 * The real app on the story's phone: the story's clock, the utility's profile with the relay's address in it, and
 * files in a folder that outlives the process, as a phone's do.
 */
class StoryApp : App() {
    private val workers = Executors.newCachedThreadPool { work -> Thread(work, "background").apply { isDaemon = true } }
    private val running = AtomicInteger()

    override val clock get() = Setting.clock

    override val profileJson get() = Setting.profile

    /** Counted, so that the story can wait for what the app does beside its screen. */
    override val background = Executor { work ->
        running.incrementAndGet()
        workers.execute {
            try {
                work.run()
            } finally {
                running.decrementAndGet()
            }
        }
    }

    val busy get() = running.get() > 0

    override fun getNoBackupFilesDir(): File = File(Setting.phone, "no_backup").apply { mkdirs() }

    override fun getSharedPreferences(name: String, mode: Int): SharedPreferences =
        baseContext.getSharedPreferences(File(Setting.phone, "shared_prefs/$name.xml"), mode)
}

/** What the command that plays the story hands over, as system properties. */
object Setting {
    val isSet = !property("vodomer.cabinet").isNullOrEmpty()
    val out by lazy { File(checkNotNull(property("vodomer.demo.out"))) }

    /** The phone's flash memory. */
    val phone by lazy { File(out, "phone").apply { mkdirs() } }
    val cabinet by lazy { Cabinet(URI(checkNotNull(property("vodomer.control")))) }
    val clock by lazy { StoryClock(cabinet) }

    /** The port of a relay that an earlier process of the story had, so that the phone finds the utility again. */
    val relay by lazy { Relay(URI(checkNotNull(property("vodomer.cabinet"))), property("vodomer.relay")?.toInt() ?: 0) }
    val profile: String by lazy {
        val profile = JSONObject(File(checkNotNull(property("vodomer.profile"))).readText())
        profile.getJSONObject("portal").put("base_url", relay.address)
        profile.toString()
    }

    fun forgetEarlierStories() {
        File(out, "phone").deleteRecursively()
        File(out, "steps.json").delete()
    }

    private fun property(name: String): String? = System.getProperty(name)
}
