package ru.vodomer.app.story

import org.json.JSONObject
import java.io.File

/** What the first process leaves for the second, besides the phone's own files: what the second shall find again. */
object Killed {
    val ready get() = File(Setting.out, "ready-to-be-killed")
    private val file get() = File(Setting.out, "before-the-kill.json")
    val item: String get() = JSONObject(file.readText()).getString("item")
    val key: String get() = JSONObject(file.readText()).getString("key")

    fun remember(item: String, key: String) = file.writeText(JSONObject().put("item", item).put("key", key).toString())
}
