// Sizes in the units of the screen.

package ru.vodomer.app.ui.view

import android.content.Context
import android.content.res.Resources
import android.util.TypedValue
import android.view.View
import kotlin.math.roundToInt

/** From this font scale on, icons beside text grow with it. */
private const val BIG_TYPE = 1.5f

/** From this font scale on, capture takes its compact form. */
private const val COMPACT_TYPE = 1.3f

/** Below this height of the window (dp), capture takes its compact form. */
private const val COMPACT_HEIGHT = 700

private const val BIG_ICON_SCALE = 1.25f
private const val BIGGEST_ICON = 32f

/** [dp] in pixels. */
fun Resources.dp(dp: Float): Float = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, dp, displayMetrics)

/** [dp] in whole pixels. */
fun Resources.dp(dp: Int): Int = dp(dp.toFloat()).roundToInt()

/** [dp] in whole pixels. */
fun View.dp(dp: Int): Int = resources.dp(dp)

/** [dp] in pixels. */
fun View.dp(dp: Float): Float = resources.dp(dp)

/** The resident enlarged the type so much that icons must grow too. */
val Resources.bigType: Boolean get() = configuration.fontScale >= BIG_TYPE

/** There is little room for the dial, the facts and the pad at once. */
val Resources.compactCapture: Boolean
    get() = configuration.fontScale >= COMPACT_TYPE || configuration.screenHeightDp < COMPACT_HEIGHT

/** The side of an icon that is [usual] pixels beside type of ordinary size. */
fun Resources.icon(usual: Float): Int =
    if (bigType) (usual * BIG_ICON_SCALE).coerceAtMost(dp(BIGGEST_ICON)).toInt() else usual.toInt()

/** A colour role of the theme. */
fun Context.role(colour: Int): Int = getColor(colour)
