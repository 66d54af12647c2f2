package ru.vodomer.app.ui

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.plain
import ru.vodomer.core.ClaimProblem
import ru.vodomer.core.LetterProblem
import ru.vodomer.core.NoticeTopic
import ru.vodomer.core.TypedProblem
import ru.vodomer.core.Unknown
import ru.vodomer.core.VodomerException
import ru.vodomer.core.Why
import java.io.File

/** Every variant that the core can say has words of its own in both languages. */
@RunWith(RobolectricTestRunner::class)
@Config(application = SampleApp::class)
class WordsTest {
    private val russian = speak("ru")
    private val english = speak("en")

    @Test
    fun `no variant is left out`() {
        val variants = Variants(RuntimeEnvironment.getApplication())
        assertEquals(variantsOf(TypedProblem::class.java), variants.typed.map { it.javaClass }.toSet())
        assertEquals(variantsOf(ClaimProblem::class.java), variants.claims.map { it.javaClass }.toSet())
        assertEquals(variantsOf(Why::class.java), variants.whys.map { it.javaClass }.toSet())
        assertEquals(variantsOf(Unknown::class.java), variants.unknowns.map { it.javaClass }.toSet())
        assertEquals(variantsOf(LetterProblem::class.java), variants.letters.map { it.javaClass }.toSet())
        assertEquals(variantsOf(VodomerException::class.java), variants.failures.map { it.javaClass }.toSet())
        assertEquals(variantsOf(NoticeTopic::class.java), variants.topics.map { it.javaClass }.toSet())
    }

    @Test
    fun `none is empty, unfilled, loud or long`() {
        for (said in (russian.values + english.values).flatten()) {
            assertTrue(said.name, said.words.split(" / ").all(String::isNotBlank))
            assertTrue(said.words, listOf("null", "%", "!", "$", "  ").none { it in said.words })
            val sentences = said.words.plain().split(" / ", "\n", ". ", "? ")
            val long = sentences.filter { it.split(' ').count(::isWord) > TWELVE_WORDS }
            assertEquals("${said.name}: $long", emptyList<String>(), long)
        }
    }

    @Test
    fun `each is told from the others of its kind`() {
        for ((kind, said) in russian) assertEquals(kind, emptyList<List<String>>(), alike(said))
        for ((kind, said) in english) assertEquals(kind, emptyList<List<String>>(), alike(said))
    }

    @Test
    fun `Russian is Russian and English is English`() {
        for (said in russian.values.flatten()) {
            val own = NAMES.fold(said.words.plain()) { text, name -> text.replace(name, "") }
            assertTrue(said.words, own.none { it in 'a'..'z' || it in 'A'..'Z' })
        }
        for (said in english.values.flatten()) {
            assertTrue(said.words, said.words.none { Character.UnicodeScript.of(it.code) == CYRILLIC })
        }
    }

    /** The table that is read by eye. */
    @Test
    fun `the words are written side by side`() {
        val table = File(System.getProperty("vodomer.shots") ?: "target/shots").resolveSibling("words.md")
        table.absoluteFile.parentFile.mkdirs()
        table.writeText(
            russian.entries.joinToString("\n") { (kind, said) ->
                val rows = said.zip(english.getValue(kind)) { ru, en -> "| ${ru.name} | ${cell(ru)} | ${cell(en)} |" }
                "## $kind\n\n| Variant | Russian | English |\n| --- | --- | --- |\n" + rows.joinToString("\n") + "\n"
            },
        )
        assertTrue(table.readText().contains("| MissingLine | Показание принято, а строки в начислении нет. |"))
    }

    private fun isWord(part: String) = part.any(Char::isLetter) && part !in UNITS

    private fun cell(said: Said) = said.words.plain().replace("\n", "<br>")

    private fun speak(language: String): Map<String, List<Said>> {
        Phone(language = language).pickUp()
        return Variants(RuntimeEnvironment.getApplication()).all()
    }

    private fun variantsOf(sealed: Class<*>): Set<Class<*>> =
        sealed.declaredClasses.filter { sealed.isAssignableFrom(it) }.toSet()

    private fun alike(said: List<Said>): List<List<String>> = said.groupBy { it.words }.values
        .map { group -> group.map { it.name } }
        .filter { it.size > 1 && it !in ONE_SENTENCE_FOR }

    private companion object {
        const val TWELVE_WORDS = 12
        val CYRILLIC = Character.UnicodeScript.CYRILLIC

        /** A key of the keyboard, the network of a house and a tariff zone are called so in Russian too. */
        val NAMES = listOf("Caps Lock", "Wi-Fi", "T1")

        /** With their numbers they are read at a glance. */
        val UNITS = listOf("м³", "м³,", "m³", "m³,")

        /** The same is to be done about them. */
        val ONE_SENTENCE_FOR = setOf(
            listOf("Empty", "NoWholeDigits"),
            listOf("NotADigit", "SecondComma"),
            listOf("LOGIN, LOOK_ALIKE_DIGITS", "PASSWORD, LOOK_ALIKE_DIGITS"),
            listOf("LOGIN, SEPARATORS", "PASSWORD, SEPARATORS"),
            listOf("LOGIN, CAPS_LOCK", "PASSWORD, CAPS_LOCK"),
            listOf("ROLLED_OVER", "ROLLED_OVER, meant"),
            listOf("Typed", "ReplacedTyped"),
            listOf("StorageNotOurs", "StorageDamaged"),
        )
    }
}
