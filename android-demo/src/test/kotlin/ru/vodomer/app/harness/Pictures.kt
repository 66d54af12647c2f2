package ru.vodomer.app.harness

import android.app.Activity
import android.app.Notification
import android.content.Context
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.os.Handler
import android.os.Looper
import android.view.PixelCopy
import android.view.View
import android.view.ViewGroup
import android.view.Window
import android.widget.FrameLayout
import android.widget.ScrollView
import org.robolectric.shadows.ShadowLooper
import java.io.File

/** Pictures of screens as PNG files, in the folder that the property `vodomer.shots` names. */
object Pictures {
    private val folder get() = File(System.getProperty("vodomer.shots") ?: "target/shots")

    /** The window as the resident sees it. */
    fun window(activity: Activity, name: String): File = window(activity.window, name)

    /** The same of a dialog's. */
    fun window(window: Window, name: String): File {
        idle()
        return save(copyOf(window), File(folder, "$name.png"))
    }

    /** The screen grown until nothing has to be scrolled. */
    fun whole(activity: Activity, name: String): File = save(whole(activity), File(folder, "$name.png"))

    /** The same, as a picture yet to be saved. */
    fun whole(activity: Activity): Bitmap {
        idle()
        val decor = activity.window.decorView
        val height = decor.height + scrolledAway(decor)
        decor.measure(exactly(decor.width), exactly(height))
        decor.layout(0, 0, decor.measuredWidth, decor.measuredHeight)
        val picture = Bitmap.createBitmap(decor.width, height, Bitmap.Config.ARGB_8888)
        decor.draw(Canvas(picture))
        decor.requestLayout()
        idle()
        return picture
    }

    /** A notification as the shade shows it unfolded, with the framework's own template. */
    fun notification(context: Context, notification: Notification): Bitmap {
        val builder = Notification.Builder.recoverBuilder(context, notification)
        val shade = FrameLayout(context)
        val view = (builder.createBigContentView() ?: builder.createContentView()).apply(context, shade)
        shade.addView(view)
        shade.setBackgroundColor(SHADE)
        val width = context.resources.displayMetrics.widthPixels
        shade.measure(exactly(width), View.MeasureSpec.makeMeasureSpec(width, View.MeasureSpec.AT_MOST))
        shade.layout(0, 0, shade.measuredWidth, shade.measuredHeight)
        val picture = Bitmap.createBitmap(shade.width, shade.height, Bitmap.Config.ARGB_8888)
        shade.draw(Canvas(picture))
        return picture
    }

    fun save(picture: Bitmap, file: File): File {
        file.absoluteFile.parentFile.mkdirs()
        file.outputStream().use { check(picture.compress(Bitmap.CompressFormat.PNG, PNG_IS_LOSSLESS, it)) }
        picture.recycle()
        return file
    }

    fun copyOf(window: Window): Bitmap {
        val decor = window.decorView
        val picture = Bitmap.createBitmap(decor.width, decor.height, Bitmap.Config.ARGB_8888)
        var result = -1
        PixelCopy.request(window, picture, { result = it }, Handler(Looper.getMainLooper()))
        idle()
        check(result == PixelCopy.SUCCESS) { "the window could not be copied: $result" }
        return picture
    }

    private fun scrolledAway(view: View): Int {
        val own = if (view is ScrollView) overflow(view) else 0
        val children = if (view is ViewGroup) (0 until view.childCount).map { view.getChildAt(it) } else emptyList()
        return maxOf(own, children.maxOfOrNull(::scrolledAway) ?: 0)
    }

    private fun overflow(scroll: ScrollView): Int {
        val content = scroll.getChildAt(0)?.height ?: 0
        return maxOf(0, content + scroll.paddingTop + scroll.paddingBottom - scroll.height)
    }

    private fun exactly(pixels: Int) = View.MeasureSpec.makeMeasureSpec(pixels, View.MeasureSpec.EXACTLY)

    private const val SHADE = Color.WHITE
    private const val PNG_IS_LOSSLESS = 100
}

/** Lets everything run that waits on the main thread. */
fun idle() = ShadowLooper.idleMainLooper()
