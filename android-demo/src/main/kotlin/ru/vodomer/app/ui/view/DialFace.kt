// What stands in the drums of the dial.

package ru.vodomer.app.ui.view

/** Where the next digit goes. */
enum class Cursor { WHOLE, FRACTION, NONE }

/**
 * The dial as typed so far: [whole] and [fraction] are the typed digits, [wholeDrums] and [redDrums] what the meter
 * has. More digits than drums are shown all the same, for hiding a typed digit would lie.
 */
data class DialFace(
    val wholeDrums: Int,
    val redDrums: Int,
    val whole: String = "",
    val fraction: String = "",
    val cursor: Cursor = Cursor.NONE,
    val doubtful: Boolean = false,
) {
    /** The black drums from left to right; null where nothing was typed. */
    val black: List<Char?> get() {
        val digits = whole.withoutSpareZeros()
        return List((wholeDrums - digits.length).coerceAtLeast(0)) { null } + digits.toList()
    }

    /** The red drums from left to right; null where nothing was typed. */
    val red: List<Char?> get() =
        fraction.toList() + List((redDrums - fraction.length).coerceAtLeast(0)) { null }

    /** Index of the drum that the next digit goes to, among black and red ones; none when locked or full. */
    val cursorDrum: Int? get() = when (cursor) {
        Cursor.WHOLE -> black.lastIndex
        Cursor.FRACTION -> (black.size + fraction.length).takeIf { fraction.length < redDrums }
        Cursor.NONE -> null
    }

    private fun String.withoutSpareZeros(): String {
        val spare = takeWhile { it == '0' }.length.coerceAtMost((length - wholeDrums).coerceAtLeast(0))
        return drop(spare)
    }
}
