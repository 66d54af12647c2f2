// Home.

package ru.vodomer.app.ui

import android.os.Bundle
import android.view.View
import ru.vodomer.app.R
import ru.vodomer.app.ui.home.HomeActions
import ru.vodomer.app.ui.home.HomeScreen
import ru.vodomer.app.ui.home.ReminderNote
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.core.Channel

/** The hub: everything is one tap from here. */
class HomeActivity :
    ScreenActivity(),
    HomeActions {
    private val reminders by lazy { ReminderNote(this) }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_home, getString(R.string.app_name))
    }

    override fun refresh() {
        val home = core.home()
        val channels = if (home.waiting?.offerChannels == true) core.otherChannels() else emptyList()
        val recovered = core.recovered()
        val note = if (home.flats.isEmpty()) null else reminders.note()
        val screen = findViewById<View>(R.id.screen)
        screen.drawOnce(listOf(home, channels, recovered, note)) {
            HomeScreen(screen, format(), this).render(home, channels, recovered, note)
        }
    }

    override fun onPause() {
        reminders.seen()
        super.onPause()
    }

    override fun remind() = reminders.ask()

    override fun recoveryUnderstood() {
        // If it cannot be noted, it is told once more.
        attempt(core::recoveryTold)
        redraw()
    }

    override fun onRequestPermissionsResult(request: Int, permissions: Array<String>, results: IntArray) {
        super.onRequestPermissionsResult(request, permissions, results)
        app.rearm()
        redraw()
    }

    override fun signIn() = startActivity(Screens.login(this))

    override fun capture(meterId: String) = startActivity(Screens.capture(this, meterId))

    override fun proof(itemId: String) = startActivity(Screens.proof(this, itemId))

    override fun queue() = startActivity(Screens.queue(this))

    override fun charges() = startActivity(Screens.charges(this))

    override fun channels(first: Channel?) = startActivity(Screens.channels(this, first))
}
