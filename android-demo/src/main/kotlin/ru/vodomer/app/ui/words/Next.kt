// The meter to go on with.

package ru.vodomer.app.ui.words

import ru.vodomer.core.Hero
import ru.vodomer.core.Home

/** The first meter without a reading, as the core names it; null when none is left. */
fun nextMeter(home: Home): String? = when (val hero = home.hero) {
    is Hero.Before -> hero.nextMeter
    is Hero.Open -> hero.nextMeter
    is Hero.LastDay -> hero.nextMeter
    is Hero.Missed -> hero.nextMeter
    is Hero.Done, is Hero.NoMeters -> null
}
