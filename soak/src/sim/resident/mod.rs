//! What the resident does with the phone.
//!
//! - `readings`: captures, corrects, answers, takes back, hands over; `letters`: writes
//! - `leaving`: signs out, and wipes
//! - `meanwhile`: does one of these while a request is on the wire

mod leaving;
mod letters;
pub mod meanwhile;
mod readings;

use vodomer_core::app::{App, SyncOutcome, SyncReport};

use super::device::{BUDGET_MS, Device, Scene, Stop};
use super::template::credentials;

impl Device {
    pub(in crate::sim) fn sign_in(&mut self, scene: &Scene<'_>) -> Result<(), Stop> {
        let right = scene.utility.office().password.clone();
        let typed = if self.rng.u8(..5) == 0 { "wrong".to_owned() } else { right };
        let report = self.attempt(scene, "login", |app| app.login(&credentials(&typed)))?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("signed in: {:?}", report.outcome));
            self.wants_password = false;
        }
        Ok(())
    }

    pub(in crate::sim) fn sync(&mut self, scene: &mut Scene<'_>) -> Result<Option<SyncReport>, Stop> {
        self.draw_meanwhile(scene)?;
        let by_itself = self.rng.u8(..3) == 0;
        let report = self.pass(scene, by_itself);
        self.note_meanwhile(scene)?;
        report
    }

    /// A pass, and nothing besides.
    pub(in crate::sim) fn pass(
        &mut self,
        scene: &Scene<'_>,
        by_itself: bool,
    ) -> Result<Option<SyncReport>, Stop> {
        let pass = |app: &App| if by_itself { app.sync_unattended(BUDGET_MS) } else { app.sync(BUDGET_MS) };
        let report = self.attempt(scene, "sync", pass)?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("{report:?}"));
            self.wants_password |= report.outcome == SyncOutcome::NeedsSignIn;
            self.asked |= report.asked > 0;
        }
        Ok(report)
    }

    /// The app's other process has its turn, if there are two of it.
    pub(in crate::sim) fn take_turns(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        if self.takes_turns && self.rng.bool() {
            self.phone.change_places();
            // Started, if it did not run.
            self.call(scene, "another process", |_| Ok(()))?;
            scene.trace.count("turns of another process");
        }
        Ok(())
    }

    pub(in crate::sim) fn look(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        self.call(scene, "home", App::home)?;
        self.call(scene, "plan", App::plan)?;
        self.check_list(scene).map(|_| ())
    }
}
