// The flashlight.

package ru.vodomer.app.ui.capture

import android.content.Context
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager

/** The phone's flashlight, lit while the screen is there; needs no permission. */
class Torch(context: Context) {
    private val cameras = context.getSystemService(CameraManager::class.java)
    private val lamp: String? = findLamp()

    /** Whether it is lit; null when the phone has none. */
    var lit: Boolean? = lamp?.let { false }
        private set

    private fun findLamp(): String? = try {
        cameras?.cameraIdList?.firstOrNull { id ->
            cameras.getCameraCharacteristics(id).get(CameraCharacteristics.FLASH_INFO_AVAILABLE) == true
        }
    } catch (_: CameraAccessException) {
        null
    }

    /** Switches it; false when another program holds the camera. */
    fun switch(on: Boolean): Boolean {
        val id = lamp ?: return false
        return try {
            cameras.setTorchMode(id, on)
            lit = on
            true
        } catch (_: CameraAccessException) {
            lit = false
            false
        }
    }
}
