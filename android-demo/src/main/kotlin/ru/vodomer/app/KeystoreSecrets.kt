package ru.vodomer.app

import android.content.Context
import android.content.SharedPreferences
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.KeyProperties
import android.util.Base64
import ru.vodomer.core.SecretException
import ru.vodomer.core.SecretStore
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * Secrets in a private preferences file, sealed by AES-GCM under a key that never leaves the Android Keystore.
 *
 * A Keystore may lose its key (a restored phone, a changed screen lock on some makers' phones). What was sealed under
 * it can never be read again, so it counts as absent, and the resident signs in anew.
 */
class KeystoreSecrets(context: Context) : SecretStore {
    private val sealed = context.getSharedPreferences("secrets", Context.MODE_PRIVATE)

    override fun get(name: String): String? = keystore {
        val text = sealed.getString(name, null) ?: return@keystore null
        val key = storedKey() ?: return@keystore null
        unseal(name, text, key)?.decodeToString()
    }

    /** One at a time, or two threads might each make a key and the first be lost. */
    @Synchronized
    override fun put(name: String, secret: String) = keystore {
        val cipher = sealing()
        cipher.updateAAD(name.toByteArray())
        val text = Base64.encodeToString(cipher.iv + cipher.doFinal(secret.toByteArray()), Base64.NO_WRAP)
        write { putString(name, text) }
    }

    override fun remove(name: String) = write { remove(name) }

    private fun sealing(): Cipher = Cipher.getInstance(TRANSFORMATION).apply {
        try {
            init(Cipher.ENCRYPT_MODE, storedKey() ?: newKey())
        } catch (_: KeyPermanentlyInvalidatedException) {
            init(Cipher.ENCRYPT_MODE, newKey())
        }
    }

    private fun unseal(name: String, text: String, key: SecretKey): ByteArray? = try {
        val stored = Base64.decode(text, Base64.NO_WRAP)
        val cipher = Cipher.getInstance(TRANSFORMATION)
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, stored, 0, IV_BYTES))
        cipher.updateAAD(name.toByteArray())
        cipher.doFinal(stored, IV_BYTES, stored.size - IV_BYTES)
    } catch (_: KeyPermanentlyInvalidatedException) {
        null
    } catch (_: AEADBadTagException) {
        null
    } catch (_: IllegalArgumentException) {
        // Not what this class writes: too short, or no Base64.
        null
    }

    private fun storedKey(): SecretKey? = try {
        KeyStore.getInstance(PROVIDER).run {
            load(null)
            getKey(ALIAS, null) as SecretKey?
        }
    } catch (_: UnrecoverableKeyException) {
        null
    }

    private fun newKey(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec
                .Builder(ALIAS, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
                .build()
        return KeyGenerator
            .getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
            .apply { init(spec) }
            .generateKey()
    }

    /** Written before it returns: a refresh token that only the server knows of locks the resident out. */
    private fun write(change: SharedPreferences.Editor.() -> Unit) {
        if (!sealed.edit().apply(change).commit()) throw SecretException.Unavailable()
    }

    private fun <T> keystore(work: () -> T): T = try {
        work()
    } catch (_: GeneralSecurityException) {
        throw SecretException.Unavailable()
    } catch (_: ProviderException) {
        throw SecretException.Unavailable()
    }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val ALIAS = "vodomer.secrets"
        const val TRANSFORMATION = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128
        const val IV_BYTES = 12
    }
}
