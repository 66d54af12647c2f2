package ru.vodomer.app

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import ru.vodomer.app.harness.TestKeystore
import ru.vodomer.core.SecretException
import java.security.Security

@RunWith(RobolectricTestRunner::class)
class KeystoreSecretsTest {
    @get:Rule
    val keys = TemporaryFolder()
    private val context get() = RuntimeEnvironment.getApplication()
    private val preferences get() = context.getSharedPreferences("secrets", 0)

    @Before
    fun switchOn() = TestKeystore.install(keys.root)

    @Test
    fun `a secret is there for the next object that asks`() {
        KeystoreSecrets(context).put("refresh", token)
        assertEquals(token, KeystoreSecrets(context).get("refresh"))
    }

    @Test
    fun `a secret is never on the disk as it is, nor twice the same`() {
        val secrets = KeystoreSecrets(context)
        val written =
            List(2) {
                secrets.put("refresh", token)
                preferences.getString("refresh", null).orEmpty()
            }
        assertFalse(written.any { String(android.util.Base64.decode(it, 0), Charsets.ISO_8859_1).contains("rt-1") })
        assertEquals(2, written.toSet().size)
    }

    @Test
    fun `a secret that was removed or never put is absent`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("refresh", token)
        secrets.remove("refresh")
        assertNull(secrets.get("refresh"))
        assertNull(secrets.get("other"))
    }

    @Test
    fun `when the Keystore has lost its key, the secret counts as absent, and a new one can be kept`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("refresh", token)
        TestKeystore.lose()
        assertNull(secrets.get("refresh"))
        secrets.put("refresh", "another")
        assertEquals("another", secrets.get("refresh"))
    }

    @Test
    fun `a secret sealed under a key that is gone for another is absent too`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("old", token)
        TestKeystore.lose()
        secrets.put("new", token)
        assertNull(secrets.get("old"))
    }

    @Test
    fun `one secret cannot be put in the place of another`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("refresh", token)
        preferences.edit().putString("access", preferences.getString("refresh", null)).commit()
        assertNull(secrets.get("access"))
    }

    @Test
    fun `a file that was written by somebody else holds no secrets`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("refresh", token)
        for (text in listOf("", "AAAA", "не то", "A".repeat(100))) {
            preferences.edit().putString("refresh", text).commit()
            assertNull(text, secrets.get("refresh"))
        }
    }

    @Test
    fun `a Keystore that is out of order is not taken for an empty one`() {
        val secrets = KeystoreSecrets(context)
        secrets.put("refresh", token)
        Security.removeProvider("AndroidKeyStore")
        assertThrows(SecretException::class.java) { secrets.get("refresh") }
    }

    private val token = "rt-1-of-the-resident"
}
