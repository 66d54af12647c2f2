package ru.vodomer.app.story

import java.io.Closeable
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.util.concurrent.ConcurrentHashMap
import kotlin.concurrent.thread

/**
 * The network between the phone and the cabinet: a TCP relay on loopback that can be cut and mended.
 *
 * Cut, it refuses new connections and resets those there are, as a phone that goes down into a cellar sees it.
 */
class Relay(private val cabinet: URI, private val port: Int = 0) : Closeable {
    private val sockets = ConcurrentHashMap.newKeySet<Socket>()

    private var door: ServerSocket? = null
    private var doorkeeper: Thread? = null
    private var lastPort: Int? = null

    /** Where the phone connects to; the same after every mending. */
    val address: String get() = "http://127.0.0.1:${checkNotNull(lastPort) { "never mended" }}"

    fun mend() {
        if (door != null) return
        val opened = ServerSocket()
        opened.reuseAddress = true
        opened.bind(InetSocketAddress(InetAddress.getLoopbackAddress(), lastPort ?: port))
        lastPort = opened.localPort
        door = opened
        doorkeeper = thread(isDaemon = true, name = "relay") { admit(opened) }
    }

    fun cut() {
        door?.close()
        // The kernel goes on listening until the thread that was accepting has come back.
        doorkeeper?.join()
        door = null
        sockets.forEach(::reset)
        sockets.clear()
    }

    override fun close() = cut()

    private fun admit(opened: ServerSocket) = quietly {
        while (true) {
            val phone = opened.accept()
            if (opened.isClosed) return@quietly reset(phone)
            val there = Socket(cabinet.host, cabinet.port)
            sockets += listOf(phone, there)
            pump(phone, there)
            pump(there, phone)
        }
    }

    private fun pump(from: Socket, to: Socket) = thread(isDaemon = true, name = "relay") {
        quietly { from.getInputStream().transferTo(to.getOutputStream()) }
        // One side is done: a lost answer has to look lost on the other side too.
        from.close()
        to.close()
        sockets -= setOf(from, to)
    }

    private fun reset(socket: Socket) = quietly {
        socket.setSoLinger(true, 0)
        socket.close()
    }

    private fun quietly(work: () -> Unit) {
        try {
            work()
        } catch (_: IOException) {
            // A socket that was closed under a thread is how a cut looks from here.
        }
    }
}
