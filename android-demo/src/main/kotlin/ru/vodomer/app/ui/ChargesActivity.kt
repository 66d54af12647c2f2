// «Начисления».

package ru.vodomer.app.ui

import android.os.Bundle
import android.widget.LinearLayout
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.charges.ChargeCards
import ru.vodomer.app.ui.charges.CheckedCharge
import ru.vodomer.app.ui.charges.FlatCharges
import ru.vodomer.app.ui.view.drawOnce
import ru.vodomer.app.ui.view.showText

/** What the utility charged, flat by flat, the newest month first, each with its verdict and its receipt. */
class ChargesActivity : ScreenActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        show(R.layout.screen_list, getString(R.string.charges_title))
        bar(getString(R.string.charges_title))
    }

    override fun refresh() {
        val charges = core.home().flats.map { flat -> FlatCharges(flat, checked(flat.accountId)) }
        val list = findViewById<LinearLayout>(R.id.list)
        list.drawOnce(charges) {
            ChargeCards(list, format()) { accountId, period ->
                startActivity(Screens.receipt(this, accountId, period))
            }.render(charges)
        }
        val nothing = charges.all { it.charges.isEmpty() }
        findViewById<TextView>(R.id.empty).showText(getString(R.string.charges_empty).takeIf { nothing })
    }

    private fun checked(accountId: String) =
        core.charges(accountId).map { CheckedCharge(it, core.checkCharge(accountId, it.period)) }
}
