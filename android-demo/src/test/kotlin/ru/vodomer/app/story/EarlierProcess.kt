package ru.vodomer.app.story

import java.io.Closeable
import java.io.File
import java.lang.management.ManagementFactory
import java.util.concurrent.TimeUnit

/**
 * A Java process of its own in which the beginning of the story is played, so that it can really be killed.
 *
 * It has this process's class path and properties, and the relay's port.
 */
class EarlierProcess(story: Class<*>, private val ready: File, private val log: File, relayPort: Int) : Closeable {
    private val process: Process

    init {
        val machine = ManagementFactory.getRuntimeMXBean().inputArguments
        val java = File(System.getProperty("java.home"), "bin/java").path
        val handedOn =
            System.getProperties().stringPropertyNames()
                .filter { it.startsWith("vodomer.") || it.startsWith("robolectric.") || it.startsWith("uniffi.") }
                .map { "-D$it=${System.getProperty(it)}" }
        val command =
            listOf(java) + machine + handedOn + "-Dvodomer.relay=$relayPort" +
                listOf("-cp", System.getProperty("java.class.path"), "org.junit.runner.JUnitCore", story.name)
        ready.delete()
        process = ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start()
    }

    /** Waits until the story is where the process is to end. */
    fun awaitReady() {
        val patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES)
        while (!ready.exists()) {
            check(process.isAlive) { "the first process failed by itself:\n${log.readText().takeLast(SHOWN)}" }
            check(System.nanoTime() < patience) { "the first process is not ready after $PATIENCE_MINUTES minutes" }
            Thread.sleep(A_MOMENT_MS)
        }
    }

    /** SIGKILL: nothing of it can run on, no file is closed, nothing is said goodbye to. */
    fun kill() {
        process.destroyForcibly().waitFor()
        check(process.exitValue() == KILLED) { "it ended with ${process.exitValue()} before it could be killed" }
    }

    override fun close() {
        process.destroyForcibly()
    }

    private companion object {
        const val PATIENCE_MINUTES = 5L
        const val A_MOMENT_MS = 20L
        const val SHOWN = 4_000

        /** 128 + SIGKILL. */
        const val KILLED = 137
    }
}
