package ru.vodomer.app

import android.content.Intent
import android.content.pm.ApplicationInfo
import android.content.pm.ComponentInfo
import android.content.pm.PackageManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.FakeApp

@RunWith(RobolectricTestRunner::class)
@Config(application = FakeApp::class)
class ManifestTest {
    private val app get() = RuntimeEnvironment.getApplication()
    private val info get() = app.packageManager.getPackageInfo(app.packageName, EVERYTHING)

    @Test
    fun `other apps can open the first screen and nothing else`() {
        assertEquals(listOf("ru.vodomer.app.ui.HomeActivity"), components.filter { it.exported }.map { it.name })
        val launcher = Intent(Intent.ACTION_MAIN).addCategory(Intent.CATEGORY_LAUNCHER).setPackage(app.packageName)
        val opened = app.packageManager.queryIntentActivities(launcher, 0)
        assertEquals(listOf("ru.vodomer.app.ui.HomeActivity"), opened.map { it.activityInfo.name })
    }

    @Test
    fun `the app asks for the network, the reboot and notifications, and for nothing else`() {
        val asked = info.requestedPermissions.orEmpty().map { it.substringAfterLast('.') }.toSet()
        val expected = setOf("INTERNET", "ACCESS_NETWORK_STATE", "RECEIVE_BOOT_COMPLETED", "POST_NOTIFICATIONS")
        assertEquals(expected, asked)
    }

    @Test
    fun `nothing is copied off the phone, and nothing is sent in the clear`() {
        val application = checkNotNull(info.applicationInfo)
        assertFalse(application.flags and ApplicationInfo.FLAG_ALLOW_BACKUP != 0)
        assertFalse(application.flags and ApplicationInfo.FLAG_USES_CLEARTEXT_TRAFFIC != 0)
        assertEquals(26 to 35, application.minSdkVersion to application.targetSdkVersion)
    }

    @Test
    fun `every class that the manifest names is there`() {
        assertTrue(components.isNotEmpty())
        components.forEach { Class.forName(it.name) }
    }

    private val components: List<ComponentInfo>
        get() = listOf(info.activities, info.receivers, info.services).flatMap { it.orEmpty().toList() }

    private companion object {
        const val EVERYTHING =
            PackageManager.GET_ACTIVITIES or PackageManager.GET_RECEIVERS or PackageManager.GET_SERVICES or
                PackageManager.GET_PERMISSIONS
    }
}
