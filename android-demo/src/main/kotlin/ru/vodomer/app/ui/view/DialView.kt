// The dial of a meter, drawn.

package ru.vodomer.app.ui.view

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.RectF
import android.graphics.Typeface
import android.util.AttributeSet
import android.view.View
import ru.vodomer.app.R
import kotlin.math.roundToInt

/**
 * Black drums for cubic metres, a comma, greyed red drums for litres, as on the meter itself.
 *
 * Digits are sized from the drum, for the drum is large already; the captions below are ordinary text and grow.
 */
class DialView @JvmOverloads constructor(context: Context, attrs: AttributeSet? = null) : View(context, attrs) {
    /** What the drums show. */
    var face = DialFace(wholeDrums = 5, redDrums = 3)
        set(value) {
            val sameDrums = value.black.size == field.black.size && value.red.size == field.red.size
            field = value
            if (sameDrums) invalidate() else requestLayout()
        }

    private val fill = Paint(Paint.ANTI_ALIAS_FLAG)
    private val line = Paint(Paint.ANTI_ALIAS_FLAG).apply { style = Paint.Style.STROKE }
    private val type = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        typeface = Typeface.create("sans-serif-medium", Typeface.NORMAL)
        textAlign = Paint.Align.CENTER
    }
    private val box = RectF()

    private val drums get() = face.black.size + face.red.size
    private val gaps: Float get() {
        val inner = (face.black.size - 1).coerceAtLeast(0) + (face.red.size - 1).coerceAtLeast(0)
        return inner * dp(DRUM_GAP) + if (face.red.isEmpty()) 0f else dp(COMMA_GAP)
    }

    private fun drumWidth(width: Int): Float =
        ((width - 2 * dp(FRAME) - gaps) / drums.coerceAtLeast(1)).coerceAtMost(dp(WIDEST_DRUM))

    private fun drumHeight(drumWidth: Float): Float = (drumWidth * DRUM_SHAPE).coerceAtLeast(dp(LOWEST_DRUM))

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        val width = MeasureSpec.getSize(widthMeasureSpec)
        val height = drumHeight(drumWidth(width)) + 2 * dp(FRAME)
        setMeasuredDimension(width, height.roundToInt())
    }

    override fun onDraw(canvas: Canvas) {
        drawFrame(canvas)
        val drum = drumWidth(width)
        var left = (width - drum * drums - gaps) / 2
        val top = dp(FRAME)
        val bottom = height - dp(FRAME)
        face.black.forEachIndexed { index, digit ->
            box.set(left, top, left + drum, bottom)
            drawBlack(canvas, digit, index == face.cursorDrum)
            left += drum + dp(DRUM_GAP)
        }
        if (face.red.isEmpty()) return
        drawComma(canvas, left - dp(DRUM_GAP) + dp(COMMA_GAP) / 2, drum, bottom)
        left += dp(COMMA_GAP) - dp(DRUM_GAP)
        face.red.forEachIndexed { index, digit ->
            box.set(left, top, left + drum, bottom)
            drawRed(canvas, digit, face.black.size + index == face.cursorDrum)
            left += drum + dp(DRUM_GAP)
        }
    }

    private fun drawFrame(canvas: Canvas) {
        box.set(0f, 0f, width.toFloat(), height.toFloat())
        fill.color = context.role(R.color.dial_frame)
        canvas.drawRoundRect(box, dp(FRAME_RADIUS), dp(FRAME_RADIUS), fill)
        if (face.doubtful) drawLine(canvas, R.color.err, dp(DOUBT_LINE), dp(FRAME_RADIUS))
    }

    private fun drawBlack(canvas: Canvas, digit: Char?, isNext: Boolean) {
        fill.color = context.role(R.color.dial)
        canvas.drawRoundRect(box, dp(DRUM_RADIUS), dp(DRUM_RADIUS), fill)
        drawDigit(canvas, digit ?: '0', if (digit == null) R.color.dial_dim else R.color.dial_text)
        drawEdge(canvas, R.color.dial_border, isNext)
    }

    private fun drawRed(canvas: Canvas, digit: Char?, isNext: Boolean) {
        fill.color = context.role(R.color.dial_red)
        canvas.drawRoundRect(box, dp(DRUM_RADIUS), dp(DRUM_RADIUS), fill)
        drawDigit(canvas, digit ?: '–', if (digit == null) R.color.dial_red_line else R.color.dial_red_text)
        drawEdge(canvas, R.color.dial_red_line, isNext)
    }

    private fun drawEdge(canvas: Canvas, colour: Int, isNext: Boolean) {
        if (isNext) {
            drawLine(canvas, R.color.focus, dp(RING), dp(DRUM_RADIUS))
        } else {
            drawLine(canvas, colour, dp(1f), dp(DRUM_RADIUS))
        }
    }

    private fun drawLine(canvas: Canvas, colour: Int, width: Float, radius: Float) {
        line.color = context.role(colour)
        line.strokeWidth = width
        val inset = width / 2
        box.inset(inset, inset)
        canvas.drawRoundRect(box, radius - inset, radius - inset, line)
        box.inset(-inset, -inset)
    }

    private fun drawDigit(canvas: Canvas, digit: Char, colour: Int) {
        type.color = context.role(colour)
        type.textSize = box.width() * DIGIT_SIZE
        // Digits have no descenders: half of the cap height below the middle puts them in the middle.
        val baseline = box.centerY() + type.textSize * CAP_HEIGHT / 2
        canvas.drawText(digit.toString(), box.centerX(), baseline, type)
    }

    private fun drawComma(canvas: Canvas, centre: Float, drum: Float, bottom: Float) {
        type.color = context.role(R.color.on)
        type.textSize = drum * COMMA_SIZE
        canvas.drawText(",", centre, bottom - dp(COMMA_ABOVE), type)
    }

    private companion object {
        const val FRAME = 8f
        const val FRAME_RADIUS = 14f
        const val DRUM_GAP = 4f
        const val COMMA_GAP = 12f
        const val DRUM_RADIUS = 8f
        const val WIDEST_DRUM = 48f
        const val LOWEST_DRUM = 52f
        const val DRUM_SHAPE = 1.3f
        const val DIGIT_SIZE = 0.86f
        const val CAP_HEIGHT = 0.711f
        const val COMMA_SIZE = 0.98f
        const val COMMA_ABOVE = 8f
        const val DOUBT_LINE = 2f
        const val RING = 3f
    }
}
