// System bars for pictures and checks.

package ru.vodomer.app.ui

import android.app.Activity
import android.app.NotificationManager
import android.content.Intent
import android.graphics.Insets
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager
import android.view.View
import android.view.WindowInsets
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowCameraCharacteristics
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle

/** System bars as high as those of the reference pictures, in dp. */
private const val STATUS_BAR = 28
private const val GESTURE_BAR = 20

/** Opens [screen] under bars as high as those of the reference pictures, on a phone with a flashlight. */
fun <A : Activity> Phone.stage(screen: Class<A>, intent: Intent? = null, mayRemind: Boolean = true): A {
    val app = RuntimeEnvironment.getApplication()
    shadowOf(app.getSystemService(NotificationManager::class.java)).setNotificationsEnabled(mayRemind)
    giveFlashlight(app.getSystemService(CameraManager::class.java))
    return open(screen, intent).get().also { it.underBars() }
}

private fun giveFlashlight(cameras: CameraManager) {
    if (cameras.cameraIdList.isNotEmpty()) return
    val camera = ShadowCameraCharacteristics.newCameraCharacteristics()
    Shadow.extract<ShadowCameraCharacteristics>(camera).set(CameraCharacteristics.FLASH_INFO_AVAILABLE, true)
    shadowOf(cameras).addCamera("0", camera)
}

/** Tells the screen of the bars: Robolectric has none. */
fun Activity.underBars() {
    val density = resources.displayMetrics.density
    val bars = Insets.of(0, (STATUS_BAR * density).toInt(), 0, (GESTURE_BAR * density).toInt())
    val insets = WindowInsets.Builder().setInsets(WindowInsets.Type.systemBars(), bars).build()
    findViewById<View>(R.id.screen).dispatchApplyWindowInsets(insets)
    // They have faded by the time that anybody looks.
    listOf(R.id.scroll, R.id.scroll_left).forEach { findViewById<View?>(it)?.isVerticalScrollBarEnabled = false }
    idle()
}
