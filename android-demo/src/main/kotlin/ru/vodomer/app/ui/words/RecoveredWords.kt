// After the app's file was damaged.

package ru.vodomer.app.ui.words

import android.content.res.Resources
import ru.vodomer.app.R
import ru.vodomer.core.Recovered

/** What happened, what of the readings is there again, and what comes by itself. */
class RecoveredWords(private val resources: Resources) {
    /** All of it, to be said once. */
    fun sentence(recovered: Recovered): String {
        val count = recovered.readings
        val back = if (count == 0) {
            resources.getString(R.string.recovered_none)
        } else {
            resources.getQuantityString(R.plurals.recovered_readings, count, count)
        }
        return resources.getString(R.string.recovered, back)
    }
}
