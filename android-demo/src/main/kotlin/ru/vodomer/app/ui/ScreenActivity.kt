// What all screens share: edge-to-edge insets, the bar, the core, re-reading.

package ru.vodomer.app.ui

import android.app.Activity
import android.graphics.Rect
import android.os.Build
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.view.View
import android.view.WindowInsets
import android.widget.ImageView
import android.widget.TextView
import ru.vodomer.app.App
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.Note
import ru.vodomer.app.ui.view.NoteTone
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.view.showWater
import ru.vodomer.app.ui.words.FailureWords
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.WaterLook
import ru.vodomer.app.ui.words.Words
import ru.vodomer.core.VodomerException
import ru.vodomer.core.VodomerInterface
import java.lang.ref.WeakReference
import java.time.ZoneId

/** A screen that shows what the core says, read anew at each resume, and keeps none of it. */
abstract class ScreenActivity : Activity() {
    /** The app, lending the core and the background thread. */
    protected val app: App get() = App.of(this)

    /** The core; throws [VodomerException] when its file cannot be opened. */
    protected val core: VodomerInterface get() = app.core

    /** Names and sentences. */
    protected val words: Words get() = Words(resources)

    /** Read once: what a failing core is to be told in must not need the core. */
    private val knownFormat by lazy { Format(resources, ZoneId.of(core.home().zone)) }

    /** Values as people write them, in the utility's zone. */
    protected fun format(): Format = knownFormat

    /** Shows what the core says now. */
    protected abstract fun refresh()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        drawUnderBars()
    }

    override fun onResume() {
        super.onResume()
        visible = WeakReference(this)
        redraw()
    }

    override fun onPause() {
        visible = null
        super.onPause()
    }

    /** Shows what the core says now, or the way out when it cannot. */
    protected fun redraw() {
        try {
            refresh()
        } catch (failure: VodomerException) {
            cannotShow(failure)
        }
    }

    /** What the screen is about is gone, or the core cannot be read. */
    protected open fun cannotShow(failure: VodomerException) = when (failure) {
        is VodomerException.NotFound -> finish()
        else -> startActivity(Screens.trouble(this))
    }

    /** Does what the resident asked for. Gives the words for what kept the core from it; all is then as it was. */
    protected fun attempt(work: () -> Unit): Note? = try {
        work()
        null
    } catch (failure: VodomerException) {
        Note(FailureWords(resources, format()).notDone(failure), R.drawable.ic_warn, NoteTone.WRONG)
    }

    /** Inflates a screen: its insets, its back arrow, its name for a screen reader. */
    protected fun show(layout: Int, screenTitle: CharSequence) {
        setContentView(layout)
        title = screenTitle
        val screen = findViewById<View>(R.id.screen)
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) screen.accessibilityPaneTitle = screenTitle
        findViewById<View?>(R.id.bar_back)?.setOnClickListener { goBack() }
        screen.setOnApplyWindowInsetsListener { _, insets -> insets.also(::applyInsets) }
        screen.requestApplyInsets()
    }

    /** What the arrow and the system's Back do. */
    protected open fun goBack() = finish()

    @Deprecated("The way back for a target below 36")
    override fun onBackPressed() = goBack()

    /** Fills the bar. */
    protected fun bar(title: CharSequence, subtitle: CharSequence? = null, water: WaterLook? = null) {
        findViewById<TextView>(R.id.bar_title).text = title
        findViewById<TextView>(R.id.bar_subtitle).showText(subtitle)
        val disc = findViewById<ImageView>(R.id.bar_disc)
        disc.visibility = if (water == null) View.GONE else View.VISIBLE
        water?.let(disc::showWater)
    }

    /** Runs [work] off the main thread, then [done] with its result if the screen is still there. */
    protected fun <T> inBackground(work: () -> T, done: (Result<T>) -> Unit) {
        app.background.execute {
            val result = runCatching(work)
            runOnUiThread { if (!isDestroyed) done(result) }
        }
    }

    private fun drawUnderBars() {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            window.setDecorFitsSystemWindows(false)
        } else {
            @Suppress("DEPRECATION")
            window.decorView.systemUiVisibility = window.decorView.systemUiVisibility or
                View.SYSTEM_UI_FLAG_LAYOUT_STABLE or View.SYSTEM_UI_FLAG_LAYOUT_FULLSCREEN
        }
    }

    private fun applyInsets(insets: WindowInsets) {
        val edges = edges(insets)
        val screen = findViewById<View>(R.id.screen)
        val pinned = findViewById<View?>(R.id.pinned)
        val lowest = pinned?.let(::listOf) ?: listOfNotNull(
            findViewById<View?>(R.id.scroll),
            findViewById<View?>(R.id.scroll_left),
        )
        screen.setPadding(edges.left, edges.top, edges.right, 0)
        lowest.forEach { it.addBottom(edges.bottom) }
    }

    private fun edges(insets: WindowInsets): Rect = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        val types = WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime()
        insets.getInsets(types).run { Rect(left, top, right, bottom) }
    } else {
        @Suppress("DEPRECATION")
        Rect(
            insets.systemWindowInsetLeft,
            insets.systemWindowInsetTop,
            insets.systemWindowInsetRight,
            insets.systemWindowInsetBottom,
        )
    }

    /** Adds [inset] to the padding that the layout gave, once or again. */
    private fun View.addBottom(inset: Int) {
        val own = getTag(R.id.own_bottom) as? Int ?: paddingBottom.also { setTag(R.id.own_bottom, it) }
        setPadding(paddingLeft, paddingTop, paddingRight, own + inset)
    }

    companion object {
        private var visible: WeakReference<ScreenActivity>? = null

        /** Re-reads the core on the screen that is open, if one is; from any thread. */
        fun refreshVisible() {
            Handler(Looper.getMainLooper()).post { visible?.get()?.redraw() }
        }
    }
}
