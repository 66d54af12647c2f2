// The app's own file cannot be used.

package ru.vodomer.app.ui

import android.content.res.ColorStateList
import android.os.Bundle
import android.widget.ImageView
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.words.Trouble
import ru.vodomer.core.VodomerException

/** What happened, what became of the readings, what to do; the damaged file is set aside, never deleted. */
class StorageTroubleActivity : ScreenActivity() {
    private var setAside: String? = null
    private var seen = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setAside = savedInstanceState?.getString(SET_ASIDE)
        show(R.layout.screen_trouble, getString(R.string.trouble_title))
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putString(SET_ASIDE, setAside)
    }

    override fun refresh() {
        val name = setAside
        if (name != null) return begunAnew(name)
        try {
            core.home()
            // Whatever failed elsewhere, home would lead here again: leave only when the resident tries anew.
            if (seen) goHome() else explain(Trouble.other)
        } catch (trouble: VodomerException) {
            explain(Trouble.of(trouble))
        }
        seen = true
    }

    private fun explain(trouble: Trouble) {
        icon(trouble.icon, R.color.warn_bg, R.color.on_warn)
        say(getString(trouble.title), getString(trouble.text, breakable(trouble.details)))
        if (trouble.canStartOver) {
            button(R.string.trouble_start_over) {
                setAside = app.setAsideDamaged()
                redraw()
            }
        } else {
            button(R.string.trouble_try_again) { redraw() }
        }
    }

    private fun begunAnew(fileName: String) {
        icon(R.drawable.ic_check, R.color.ok_bg, R.color.on_ok)
        say(getString(R.string.trouble_aside_title), getString(R.string.trouble_aside_text, breakable(fileName)))
        button(R.string.sign_in) {
            goHome()
            startActivity(Screens.login(this))
        }
    }

    /** The name of a file or of a field may part after its dots. */
    private fun breakable(name: String) = name.replace(".", ".\u200B")

    private fun goHome() {
        startActivity(Screens.home(this))
        finish()
    }

    private fun icon(drawable: Int, box: Int, ink: Int) = findViewById<ImageView>(R.id.trouble_disc).run {
        setImageResource(drawable)
        imageTintList = ColorStateList.valueOf(context.role(ink))
        backgroundTintList = ColorStateList.valueOf(context.role(box))
    }

    private fun say(title: String, text: String) {
        findViewById<TextView>(R.id.trouble_title).text = title
        findViewById<TextView>(R.id.trouble_text).text = text
    }

    private fun button(words: Int, action: () -> Unit) = findViewById<ActionButton>(R.id.trouble_button).run {
        label = getString(words)
        setOnClickListener { action() }
    }

    private companion object {
        const val SET_ASIDE = "setAside"
    }
}
