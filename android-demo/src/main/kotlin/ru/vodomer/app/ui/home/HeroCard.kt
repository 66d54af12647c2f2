// The first card of home.

package ru.vodomer.app.ui.home

import android.content.res.ColorStateList
import android.view.View
import android.widget.TextView
import ru.vodomer.app.R
import ru.vodomer.app.ui.view.ActionButton
import ru.vodomer.app.ui.view.ActionButton.Rank
import ru.vodomer.app.ui.view.IconView
import ru.vodomer.app.ui.view.dp
import ru.vodomer.app.ui.view.role
import ru.vodomer.app.ui.view.showText
import ru.vodomer.app.ui.words.Format
import ru.vodomer.app.ui.words.Spoken
import ru.vodomer.core.Hero

/** What is due and until when, with the one filled button. */
class HeroCard(private val card: View, private val format: Format, private val actions: HomeActions) {
    private val resources = card.resources
    private val icon = card.findViewById<IconView>(R.id.hero_icon)
    private val title = card.findViewById<TextView>(R.id.hero_title)
    private val text = card.findViewById<TextView>(R.id.hero_text)
    private val button = card.findViewById<ActionButton>(R.id.hero_button)

    private enum class Tone(val box: Int, val tint: Int, val title: Int, val text: Int, val rank: Rank) {
        CALM(R.drawable.box_hero, R.color.hero, R.color.on_hero, R.color.on_hero_var, Rank.HERO),
        LOOK_HERE(R.drawable.box_note, R.color.warn_bg, R.color.on_warn, R.color.on_warn, Rank.FILLED),
        DONE(R.drawable.box_note, R.color.ok_bg, R.color.on_ok, R.color.on_ok, Rank.FILLED),
    }

    /** Shows the state of the submission window. */
    fun render(hero: Hero) = when (hero) {
        is Hero.NoMeters -> noMeters()
        is Hero.Before -> before(hero)
        is Hero.Open -> open(hero)
        is Hero.LastDay -> lastDay(hero)
        is Hero.Done -> done(hero)
        is Hero.Missed -> missed(hero)
    }

    private fun noMeters() {
        say(Tone.CALM, string(R.string.hero_no_meters_title), string(R.string.hero_no_meters_text))
        offer(string(R.string.sign_in)) { actions.signIn() }
    }

    private fun before(hero: Hero.Before) {
        val ready = hero.nextMeter == null
        val message = if (ready) R.string.hero_before_ready else R.string.hero_before_text
        say(Tone.CALM, resources.getString(R.string.hero_before_title, format.day(hero.opens)), string(message))
        offerNext(string(R.string.take_early), hero.nextMeter)
    }

    private fun open(hero: Hero.Open) {
        val days = hero.daysLeft
        val deadline = format.day(hero.closes)
        say(
            Tone.CALM,
            resources.getQuantityString(R.plurals.hero_open_title, days, days, deadline),
            left(hero.missing, hero.total),
        )
        offerNext(submit(hero.missing), hero.nextMeter)
    }

    private fun lastDay(hero: Hero.LastDay) {
        val until = resources.getString(R.string.hero_closes_at, hero.until, hero.zonePhrase).trim()
        val message = resources.getString(R.string.sentence_join, until, left(hero.missing, hero.total))
        say(Tone.LOOK_HERE, string(R.string.hero_last_day_title), message)
        offerNext(submit(hero.missing), hero.nextMeter)
    }

    /** Green only when the utility has everything: until then the readings are merely taken. */
    private fun done(hero: Hero.Done) {
        val accepted = if (hero.accepted == 0) {
            string(R.string.hero_none_accepted)
        } else {
            resources.getQuantityString(R.plurals.hero_accepted, hero.accepted, hero.accepted, hero.total)
        }
        val next = resources.getString(R.string.hero_done_next, format.days(hero.opens, hero.closes))
        if (hero.accepted == hero.total) {
            say(Tone.DONE, string(R.string.hero_done_title), "$accepted $next")
        } else {
            say(Tone.CALM, string(R.string.hero_all_taken), "$accepted $next")
        }
        offerNext("", null)
    }

    private fun missed(hero: Hero.Missed) {
        val month = format.month(hero.period)
        val message = if (hero.countsFor == hero.period) {
            val rule = if (hero.byNorm) R.string.hero_missed_else_norm else R.string.hero_missed_else_average
            resources.getString(R.string.hero_missed_still, month, about(string(rule), hero.about))
        } else {
            val rule = if (hero.byNorm) R.string.hero_missed_norm else R.string.hero_missed_average
            val outcome = about(resources.getString(rule, month), hero.about)
            resources.getString(R.string.hero_missed_next, outcome, format.inMonth(hero.countsFor))
        }
        say(Tone.LOOK_HERE, string(R.string.hero_missed_title), message)
        offerNext(submit(hero.missing), hero.nextMeter)
    }

    private fun about(rule: String, volume: String?): String =
        volume?.let { resources.getString(R.string.hero_missed_about, rule, format.volume(it)) } ?: rule

    private fun left(missing: Int, total: Int): String = if (missing == 0) {
        string(R.string.hero_all_taken)
    } else {
        resources.getQuantityString(R.plurals.hero_left, missing, missing, total)
    }

    private fun submit(missing: Int) = string(if (missing == 1) R.string.submit_one else R.string.submit_many)

    private fun say(tone: Tone, headline: String, message: String) {
        card.setBackgroundResource(tone.box)
        card.backgroundTintList = ColorStateList.valueOf(card.context.role(tone.tint))
        title.text = headline
        title.setTextColor(card.context.role(tone.title))
        text.showText(message)
        text.contentDescription = Spoken(resources).aloud(message)
        text.setTextColor(card.context.role(tone.text))
        text.setPadding(0, if (tone == Tone.DONE) card.dp(BELOW_ICON) else 0, 0, 0)
        button.setRank(tone.rank)
        icon.visibility = if (tone == Tone.DONE) View.VISIBLE else View.GONE
        icon.show(R.drawable.ic_check, tone.title)
    }

    private fun offerNext(label: String, next: String?) {
        button.visibility = View.GONE
        if (next != null) offer(label) { actions.capture(next) }
    }

    private fun offer(label: String, action: () -> Unit) {
        button.visibility = View.VISIBLE
        button.label = label
        button.setOnClickListener { action() }
    }

    private fun string(id: Int) = resources.getString(id)

    private companion object {
        const val BELOW_ICON = 4
    }
}
