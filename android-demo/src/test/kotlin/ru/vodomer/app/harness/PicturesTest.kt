package ru.vodomer.app.harness

import android.app.Activity
import android.graphics.BitmapFactory
import android.graphics.Color
import android.util.TypedValue
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import ru.vodomer.app.R

@RunWith(RobolectricTestRunner::class)
class PicturesTest {
    @Test
    fun `a picture of a window holds the compiled resources at two pixels a dp`() {
        val activity = Phone().open(Activity::class.java).get()
        activity.setContentView(line(activity, Color.WHITE))
        val picture = BitmapFactory.decodeFile(Pictures.window(activity, "probe/window").path)
        assertEquals(720 to 1480, picture.width to picture.height)
        val colours = (0 until picture.width).flatMap { x -> (0 until 200).map { y -> picture.getPixel(x, y) } }.toSet()
        assertTrue("letters are drawn", colours.size > 10)
    }

    @Test
    fun `a whole picture is as tall as the content`() {
        val activity = Phone(widthDp = 320, night = true, fontScale = 2f).open(Activity::class.java).get()
        val column = LinearLayout(activity).apply { orientation = LinearLayout.VERTICAL }
        repeat(60) { column.addView(line(activity, Color.BLACK)) }
        activity.setContentView(ScrollView(activity).apply { addView(column) })
        val picture = BitmapFactory.decodeFile(Pictures.whole(activity, "probe/whole").path)
        assertEquals(640, picture.width)
        assertTrue("${picture.height} is taller than the window", picture.height > 1480)
        assertNotEquals(
            "the last line is drawn",
            1,
            (0 until 640).map {
                picture.getPixel(it, picture.height - 40)
            }.toSet().size,
        )
    }

    @Test
    fun `type grows as Android 14 grows it, less for headlines`() {
        Phone(fontScale = 2f).pickUp()
        val metrics = org.robolectric.RuntimeEnvironment.getApplication().resources.displayMetrics
        val display = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, 34f, metrics) / metrics.density
        assertEquals(41.5f, display, 0.6f)
    }

    private fun line(activity: Activity, background: Int) = TextView(activity).apply {
        setText(R.string.app_name)
        textSize = 18f
        setTextColor(Color.GRAY)
        setBackgroundColor(background)
    }
}
