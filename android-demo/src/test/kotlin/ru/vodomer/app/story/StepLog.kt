package ru.vodomer.app.story

import org.json.JSONArray
import org.json.JSONObject
import java.io.File

/**
 * What happened, step by step: one line on the console for each, and a file for the page that shows the story.
 *
 * The file is read back at the start, because the story goes on in a second process.
 */
class StepLog(out: File) {
    private val file = File(out, "steps.json")
    private val steps = if (file.exists()) JSONArray(file.readText()) else JSONArray()
    private lateinit var step: JSONObject

    fun step(number: Int, title: String) {
        step = JSONObject().put("number", number).put("title", title)
        listOf("lines", "pictures", "checked").forEach { step.put(it, JSONArray()) }
        steps.put(step)
        keep()
    }

    /** The step that is being played. */
    val number: Int get() = step.getInt("number")

    /** A line of the story, in English, quoting the app. */
    fun line(text: String) = add("lines", text)

    fun picture(path: String) = add("pictures", path)

    /** What was checked and is so. */
    fun checked(what: String) = add("checked", what)

    /** Prints the step that is over. */
    fun done() = tell(step)

    /** Prints all steps so far: another process played them. */
    fun tellAll() = steps.objects().forEach(::tell)

    private fun tell(step: JSONObject) =
        println("story: ${step.getInt("number")}. ${step.getJSONArray("lines").strings().joinToString(" ")}")

    private fun add(list: String, text: String) {
        step.getJSONArray(list).put(text)
        keep()
    }

    private fun keep() = file.apply { parentFile.mkdirs() }.writeText(steps.toString(2))
}
