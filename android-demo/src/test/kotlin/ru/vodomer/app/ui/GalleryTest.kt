package ru.vodomer.app.ui

import android.graphics.BitmapFactory
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.Pictures

/** Pictures of every screen, to be looked at beside the reference. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class GalleryTest {
    @Test
    fun `every screen in both themes`() = shoot(Screenplay.scenes, "light" to Phone(), "dark" to Phone(night = true))

    @Test
    fun `the main screens with the largest type, on the smallest phone, in English`() = shoot(
        Screenplay.scenes.filter { it.isMain },
        "x2_light" to Phone(fontScale = 2f),
        "320_light" to Phone(widthDp = 320, heightDp = 640),
        "320_x2_dark" to Phone(widthDp = 320, heightDp = 640, fontScale = 2f, night = true),
        "en_light" to Phone(language = "en"),
    )

    @Test
    fun `the main screens lying down and on a tablet`() = shoot(
        Screenplay.scenes.filter { it.isMain },
        "wide_light" to Phone(widthDp = 740, heightDp = 360),
        "tablet_dark" to Phone(widthDp = 900, heightDp = 1200, night = true),
    )

    @Test
    fun `the main screens whole`() {
        for ((suffix, phone) in mapOf("full_light" to Phone(), "x2_long_light" to Phone(fontScale = 2f))) {
            Screenplay.scenes.filter { it.isMain }.forEach { scene ->
                Pictures.whole(scene.on(phone), "${scene.name}_$suffix")
            }
        }
    }

    private fun shoot(scenes: List<Scene>, vararg phones: Pair<String, Phone>) {
        for ((suffix, phone) in phones) {
            for (scene in scenes) {
                val activity = scene.on(phone)
                val file = Pictures.window(activity, "${scene.name}_$suffix")
                val corner = BitmapFactory.decodeFile(file.path).getPixel(2, 2)
                assertEquals("${file.name} has its theme", activity.getColor(R.color.bg), corner)
            }
        }
    }
}
