// A screen in a state, and how to get there.

package ru.vodomer.app.ui

import android.app.Activity
import android.view.View
import android.widget.EditText
import org.robolectric.RuntimeEnvironment
import ru.vodomer.app.R
import ru.vodomer.app.harness.Phone
import ru.vodomer.app.harness.idle
import ru.vodomer.core.CaptureOutcome
import ru.vodomer.core.Channel
import ru.vodomer.core.Flat
import ru.vodomer.core.Hero
import ru.vodomer.core.Proof
import ru.vodomer.core.Question
import ru.vodomer.core.Status
import ru.vodomer.core.Timing
import ru.vodomer.core.VodomerException
import ru.vodomer.core.Waiting

/** A screen in a state: how to set the core up, open the screen and touch it. */
class Scene(val name: String, val isMain: Boolean = false, private val play: Stage.() -> Activity) {
    fun on(phone: Phone): Activity {
        SampleApp.current.reset()
        return Stage(phone).play().also { idle() }
    }
}

/** The phone in hand, the app in it. */
class Stage(private val phone: Phone) {
    val app get() = SampleApp.current
    val fake get() = app.fake

    fun home(
        hero: Hero = Samples.open(),
        waiting: Waiting? = Waiting(1, false),
        flats: List<Flat> = listOf(Samples.mine(), Samples.mothers()),
        needsSignIn: Boolean = false,
        mayRemind: Boolean = true,
    ): HomeActivity {
        fake.home = { Samples.home(hero, waiting, flats, needsSignIn) }
        return phone.stage(HomeActivity::class.java, mayRemind = mayRemind)
    }

    fun capture(typed: String = ""): CaptureActivity =
        phone.stage(CaptureActivity::class.java, Screens.capture(context, "m1")).also { type(it, typed) }

    fun check(question: Question): CaptureActivity {
        fake.capture = { CaptureOutcome.Asked(question) }
        return capture(question.value).also {
            it.submit()
            idle()
            it.underBars()
        }
    }

    fun refused(failure: VodomerException, typed: String): CaptureActivity {
        fake.capture = { throw failure }
        return capture(typed).also { it.submit() }
    }

    fun saved(status: Status): SavedActivity {
        fake.proof = { SentSamples.proof(status) }
        return phone.stage(SavedActivity::class.java, Screens.saved(context, "i"))
    }

    fun queue(): QueueActivity = phone.stage(QueueActivity::class.java)

    fun proof(status: Status, timing: Timing = Timing.IN_TIME): ProofActivity = proof(SentSamples.proof(status, timing))

    fun proof(proof: Proof): ProofActivity {
        fake.proof = { proof }
        return phone.stage(ProofActivity::class.java, Screens.proof(context, "i"))
    }

    fun charges(): ChargesActivity = phone.stage(ChargesActivity::class.java)

    fun receipt(): ReceiptActivity = phone.stage(ReceiptActivity::class.java, Screens.receipt(context, "a1", "2025-10"))

    fun channels(first: Channel? = null): ChannelsActivity =
        phone.stage(ChannelsActivity::class.java, Screens.channels(context, first))

    fun login(password: String, failure: VodomerException): LoginActivity {
        fake.login = { throw failure }
        return phone.stage(LoginActivity::class.java).also {
            it.findViewById<EditText>(R.id.login_name).setText("1204417")
            it.findViewById<EditText>(R.id.login_password).setText(password)
            it.findViewById<View>(R.id.login_enter).performClick()
        }
    }

    fun trouble(failure: VodomerException): StorageTroubleActivity {
        app.opening = { throw failure }
        return phone.stage(StorageTroubleActivity::class.java)
    }

    private val context get() = RuntimeEnvironment.getApplication()

    private fun type(activity: Activity, text: String) {
        if (text.isNotEmpty()) activity.findViewById<EditText>(R.id.typed).append(text)
        idle()
    }
}
