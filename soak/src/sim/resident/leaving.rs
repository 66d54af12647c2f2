//! The resident signs out, or has everything taken off the phone.

use vodomer_core::app::{Error, WipeOutcome, WipeRequest};

use super::letters::TEXT;
use crate::disk;
use crate::sim::device::{Device, Scene, Stop};
use crate::sim::fate;
use crate::sim::faults::Fault;
use crate::sim::ledger::Scope;
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, HOT, LOGIN};

/// A wipe touches the disk about so often.
const OPERATIONS: u64 = 200;

impl Device {
    /// Signs out. What waits stays, and goes after the next sign-in.
    pub(in crate::sim) fn sign_out(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let waiting = self.call(scene, "home", |app| Ok(app.home()?.waiting.is_some()))?;
        if self.attempt(scene, "logout", |app| app.logout(ACCOUNT))?.is_some() {
            scene.trace.event(self.who(), format_args!("signed out"));
            scene.trace.count(if waiting { "sign-outs with items waiting" } else { "sign-outs" });
            self.wants_password = true;
        }
        self.check(scene, false)
    }

    /// Asks what a wipe would lose, and goes on with it or not.
    pub(in crate::sim) fn wipe(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        self.check(scene, false)?;
        let scope = if self.rng.bool() { Scope::Everything } else { Scope::Account };
        let account_id = (scope == Scope::Account).then(|| ACCOUNT.to_owned());
        let mut request = WipeRequest { account_id, confirmed: Vec::new() };
        let goes_on = self.rng.u8(..100) < 60;
        for _ in 0..3 {
            if goes_on && scene.faults.has(Fault::PowerLoss) && self.rng.u8(..100) < 30 {
                let operation = self.rng.u64(..OPERATIONS);
                let now = self.phone.disk.operations();
                self.plan_fault(fate::plan(now, operation, disk::Fault::PowerLoss, false));
            }
            let Some(told) = self.ask_to_wipe(scene, &request, scope)? else { return Ok(()) };
            if !goes_on {
                return Ok(());
            }
            request.confirmed.extend(told);
            if self.rng.u8(..4) == 0 {
                // What is captured after the question was not agreed to.
                self.capture(scene)?;
            }
        }
        Ok(())
    }

    /// Wipes once more after a wipe that could not clean the disk.
    pub(in crate::sim) fn wipe_again(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        if !std::mem::take(&mut self.left_traces) {
            return Ok(());
        }
        let request = WipeRequest { account_id: None, confirmed: Vec::new() };
        let told = self.ask_to_wipe(scene, &request, Scope::Everything)?;
        scene.trace.count(if told.is_none() { "traces cleaned later" } else { "traces under something new" });
        Ok(())
    }

    /// Asks once; gives what the phone says would be lost, none when nothing is asked any more.
    fn ask_to_wipe(
        &mut self,
        scene: &mut Scene<'_>,
        request: &WipeRequest,
        scope: Scope,
    ) -> Result<Option<Vec<String>>, Stop> {
        let (n, trace) = (self.n, scene.trace);
        let outcome = self.phone.app().and_then(|app| app.wipe(request));
        trace.event(self.who(), format_args!("wipe {scope:?}: {outcome:?}"));
        self.wiped(scene, scope, &outcome);
        let Some(WipeOutcome::Asked { readings, letters }) = self.attempt(scene, "wipe", |_| outcome)? else {
            return Ok(None);
        };
        trace.count("wipes asked about");
        let agreed = |item: &String| request.confirmed.contains(item);
        let told =
            readings.iter().map(|r| r.item_id.clone()).chain(letters.iter().map(|l| l.item_id.clone()));
        let told: Vec<String> = told.collect();
        if let Some(twice) = told.iter().find(|item| agreed(item)) {
            trace.violation(format!("{twice} is asked about again"));
        }
        if request.confirmed.is_empty() {
            let checked = self.phone.app().and_then(|app| {
                let books = &scene.utility.office().books;
                scene.ledger.check_told(n, app, (&readings, &letters), scope, books, trace)
            });
            self.call(scene, "what a wipe would lose", |_| checked)?;
        }
        Ok(Some(told))
    }

    /// Notes what became of a wipe.
    pub(super) fn wiped(
        &mut self,
        scene: &mut Scene<'_>,
        scope: Scope,
        outcome: &Result<WipeOutcome, Error>,
    ) {
        let (n, trace) = (self.n, scene.trace);
        match outcome {
            Ok(done @ (WipeOutcome::Wiped | WipeOutcome::TracesLeft)) => {
                let clean = *done == WipeOutcome::Wiped;
                trace.count(if clean { "wipes" } else { "wipes that left traces" });
                scene.ledger.wiped(n, scope);
                self.wants_password = true;
                self.asked = false;
                self.left_traces = !clean && scope == Scope::Everything;
                if clean && scope == Scope::Everything {
                    self.look_for_traces(scene);
                }
            }
            Err(Error::StorageFull | Error::StorageNotWritable) => {
                trace.count("wipes cut short");
                scene.ledger.perhaps_wiped(n, scope);
                // What was not synced shows only to whoever opens the files anew.
                self.phone.close();
            }
            Ok(WipeOutcome::Asked { .. }) | Err(_) => {}
        }
    }

    /// Looks what became of a wipe that the phone could not finish.
    pub(in crate::sim) fn look_after_wipe(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        if !scene.ledger.is_perhaps_wiped(self.n) {
            return Ok(());
        }
        let looked = self.phone.app().and_then(|app| scene.ledger.look_after_wipe(self.n, app, scene.trace));
        if let Some(done) = self.call(scene, "after a wipe", |_| looked)? {
            scene.trace.event(self.who(), format_args!("the wipe was done: {done}"));
            scene.trace.count(if done {
                "wipes cut short, and done"
            } else {
                "wipes cut short, and not done"
            });
            self.wants_password |= done;
        }
        Ok(())
    }

    /// Nothing of the resident is in any file, nor in the secret store.
    fn look_for_traces(&self, scene: &Scene<'_>) {
        let image = self.phone.disk.image();
        let words = [TEXT, LOGIN, COLD, HOT, ACCOUNT, "refresh-", "access-"];
        for (name, bytes) in image.files() {
            let mut left = scene.ledger.names(self.n).chain(words);
            if let Some(word) = left.find(|word| bytes.windows(word.len()).any(|w| w == word.as_bytes())) {
                scene.trace.violation(format!("{word} is still in {name} after the wipe"));
            }
        }
        if !self.phone.secrets.contents().is_empty() {
            scene.trace.violation("a token is still in the secret store after the wipe".to_owned());
        }
    }
}
