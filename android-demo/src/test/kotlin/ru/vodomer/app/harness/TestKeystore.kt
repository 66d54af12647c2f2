package ru.vodomer.app.harness

import java.io.File
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/**
 * Android's Keystore for tests, which have none: one AES key an alias, kept in a folder.
 *
 * A folder that outlives the process is a phone that was switched off; [lose] is a phone whose maker's Keystore
 * forgot.
 */
object TestKeystore {
    private lateinit var folder: File

    fun install(keys: File) {
        folder = keys.apply { mkdirs() }
        Security.removeProvider(NAME)
        Security.addProvider(TestProvider())
    }

    fun lose() = folder.listFiles().orEmpty().forEach { check(it.delete()) }

    private fun file(alias: String) = File(folder, alias)

    private class TestProvider : Provider(NAME, "1", "keys in a folder") {
        init {
            put("KeyStore.$NAME", Store::class.java.name)
            put("KeyGenerator.AES", Generator::class.java.name)
        }
    }

    class Generator : KeyGeneratorSpi() {
        private lateinit var alias: String

        override fun engineInit(params: AlgorithmParameterSpec, random: SecureRandom?) {
            alias = (params as android.security.keystore.KeyGenParameterSpec).keystoreAlias
        }

        override fun engineInit(random: SecureRandom?) = Unit

        override fun engineInit(keysize: Int, random: SecureRandom?) = Unit

        override fun engineGenerateKey(): SecretKey {
            val bytes = ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes)
            file(alias).writeBytes(bytes)
            return SecretKeySpec(bytes, "AES")
        }
    }

    class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?): Key? =
            file(alias).takeIf { it.exists() }?.let { SecretKeySpec(it.readBytes(), "AES") }

        override fun engineContainsAlias(alias: String) = file(alias).exists()

        override fun engineIsKeyEntry(alias: String) = file(alias).exists()

        override fun engineDeleteEntry(alias: String) {
            file(alias).delete()
        }

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(folder.list().orEmpty().toList())

        override fun engineSize() = folder.list().orEmpty().size

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCertificateAlias(cert: Certificate): String? = null

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<out Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<out Certificate>?) =
            throw UnsupportedOperationException()

        override fun engineSetCertificateEntry(alias: String, cert: Certificate) = throw UnsupportedOperationException()

        override fun engineStore(stream: OutputStream?, password: CharArray?) = throw UnsupportedOperationException()
    }

    private const val NAME = "AndroidKeyStore"
    private const val KEY_BYTES = 32
}
