package ru.vodomer.app.story

import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import java.io.IOException
import java.net.ConnectException
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import kotlin.concurrent.thread

class RelayTest {
    private val echo = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    private val relay = Relay(URI("http://127.0.0.1:${echo.localPort}")).apply { mend() }

    init {
        thread(isDaemon = true) {
            while (!echo.isClosed) {
                runCatching {
                    echo.accept().use { it.getInputStream().transferTo(it.getOutputStream()) }
                }
            }
        }
    }

    @After
    fun close() {
        relay.close()
        echo.close()
    }

    @Test
    fun `what is said comes through`() = connect().use { assertEquals('a'.code, it.say('a')) }

    @Test
    fun `a cut resets what was connected and refuses what comes`() {
        val connected = connect().apply { say('a') }
        relay.cut()
        assertThrows(IOException::class.java) { if (connected.say('b') < 0) throw IOException("closed") }
        assertThrows(IOException::class.java) { connect() }
    }

    @Test
    fun `cut, it refuses from the first moment on`() = repeat(200) {
        relay.cut()
        assertThrows(ConnectException::class.java) { connect().close() }
        relay.mend()
    }

    @Test
    fun `mended, it is where it was`() {
        val before = relay.address
        relay.cut()
        relay.mend()
        assertEquals(before, relay.address)
        connect().use { assertEquals('c'.code, it.say('c')) }
    }

    private fun connect() = URI(relay.address).let { Socket(it.host, it.port) }

    private fun Socket.say(character: Char): Int {
        getOutputStream().write(character.code)
        return getInputStream().read()
    }
}
