//! What is done on a phone while a request of it is on the wire: no lock of the core may be held then.

use std::sync::Arc;

use vodomer_core::app::{
    App, CaptureOutcome, CaptureRequest, Error, LetterKind, LetterRequest, SyncOutcome, SyncReport,
    WipeOutcome, WipeRequest, Withdrawn,
};
use vodomer_core::domain::Volume;

use super::readings::Drawn;
use crate::sim::device::{BUDGET_MS, Device, Scene, Stop};
use crate::sim::faults::Fault;
use crate::sim::ledger::Scope;
use crate::sim::template::credentials;
use crate::utility::books::ACCOUNT;

/// Something that waits for a request to be on the wire.
pub struct Meanwhile {
    app: Arc<App>,
    deed: Deed,
    /// Requests that come before the one that it waits for.
    pub calls: u8,
    /// Before the server handles the request, or after it.
    pub early: bool,
}

enum Deed {
    Capture {
        meter: &'static str,
        value: Option<Volume>,
        request: CaptureRequest,
    },
    Withdraw(String),
    Write(LetterRequest),
    SignOut,
    /// With this password, though the phone may be signed in.
    SignIn(String),
    /// Everything, whatever would be lost.
    Wipe,
    /// Another process wants to send, too.
    Sync,
}

/// What came of it.
pub enum Happened {
    /// A reading was captured, or asked about.
    Captured(&'static str, Option<Volume>, Result<CaptureOutcome, Error>),
    /// An item was taken back.
    Withdrawn(String, Result<Withdrawn, Error>),
    /// A letter was written.
    Written(LetterKind, Result<String, Error>),
    /// The resident has signed out.
    SignedOut(Result<(), Error>),
    /// The resident has signed in.
    SignedIn(Result<SyncReport, Error>),
    /// Everything was taken off the phone.
    Wiped(Result<WipeOutcome, Error>),
    /// Another process has tried to send.
    Synced(Result<SyncReport, Error>),
}

impl Meanwhile {
    /// Does it.
    pub fn happen(self) -> Happened {
        match self.deed {
            Deed::Capture { meter, value, request } => {
                Happened::Captured(meter, value, captured(&self.app, request))
            }
            Deed::Withdraw(item) => {
                let done = self.app.withdraw(&item);
                Happened::Withdrawn(item, done)
            }
            Deed::Write(letter) => Happened::Written(letter.kind, self.app.write_letter(&letter)),
            Deed::SignOut => Happened::SignedOut(self.app.logout(ACCOUNT)),
            Deed::SignIn(password) => Happened::SignedIn(self.app.login(&credentials(&password))),
            Deed::Wipe => Happened::Wiped(wiped(&self.app)),
            Deed::Sync => Happened::Synced(self.app.sync(BUDGET_MS)),
        }
    }
}

/// The resident has no doubts.
fn captured(app: &App, mut request: CaptureRequest) -> Result<CaptureOutcome, Error> {
    for _ in 0..3 {
        match app.capture(&request)? {
            CaptureOutcome::Asked { question } => request.confirmed.push(question.doubt),
            saved @ CaptureOutcome::Saved { .. } => return Ok(saved),
        }
    }
    app.capture(&request)
}

/// The resident agrees to every loss.
fn wiped(app: &App) -> Result<WipeOutcome, Error> {
    let mut request = WipeRequest::default();
    if let WipeOutcome::Asked { readings, letters } = app.wipe(&request)? {
        let items = readings.into_iter().map(|r| r.item_id).chain(letters.into_iter().map(|l| l.item_id));
        request.confirmed = items.collect();
    }
    app.wipe(&request)
}

impl Device {
    /// Draws what is to happen during the requests of the next pass.
    pub(super) fn draw_meanwhile(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        if !scene.faults.has(Fault::Meanwhile) || self.rng.u8(..100) >= 10 {
            return Ok(());
        }
        let by_other = scene.faults.has(Fault::TwoProcesses) && self.rng.u8(..4) == 0;
        let deed = match self.rng.u8(..10) {
            0..5 => {
                let Drawn { meter, value, request } = self.draw_reading(scene);
                Deed::Capture { meter, value, request }
            }
            5..7 => {
                let list = self.call(scene, "outbox", App::outbox)?;
                let Some(entry) = self.rng.choice(&list) else { return Ok(()) };
                Deed::Withdraw(entry.item_id.clone())
            }
            7..9 if !by_other => Deed::Write(self.draw_letter()),
            9 if !by_other && scene.faults.has(Fault::Leaving) => match self.rng.u8(..3) {
                0 => Deed::SignOut,
                1 => Deed::SignIn(scene.utility.office().password.clone()),
                _ => Deed::Wipe,
            },
            _ if by_other => Deed::Sync,
            _ => return Ok(()),
        };
        let process = if by_other { self.phone.other_process() } else { self.phone.process() };
        // Whoever can't be started does nothing; the next call says why.
        let Ok(app) = process.map(Arc::clone) else { return Ok(()) };
        let (calls, early) = (self.rng.u8(..4), self.rng.bool());
        self.line.set_meanwhile(Some(Meanwhile { app, deed, calls, early }));
        Ok(())
    }

    /// Puts into the ledger what has happened during a request.
    pub(super) fn note_meanwhile(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        // It must not outlive the process.
        self.line.set_meanwhile(None);
        let Some(happened) = self.line.take_happened() else { return Ok(()) };
        scene.trace.count(match &happened {
            Happened::Captured(..) => "captures during a request",
            Happened::Withdrawn(..) => "withdrawals during a request",
            Happened::Written(..) => "letters during a request",
            Happened::SignedOut(_) => "sign-outs during a request",
            Happened::SignedIn(_) => "sign-ins during a request",
            Happened::Wiped(_) => "wipes during a request",
            Happened::Synced(_) => "uploads refused to another process",
        });
        match happened {
            Happened::Captured(meter, value, outcome) => {
                self.noted(scene, meter, value, outcome)?;
            }
            Happened::Withdrawn(item, done) => {
                scene.ledger.taken_back(&item);
                self.taken_back(scene, &item, done)?;
            }
            Happened::Written(kind, written) => self.written(scene, kind, written)?,
            Happened::SignedOut(done) => {
                if self.attempt(scene, "logout", |_| done)?.is_some() {
                    self.wants_password = true;
                }
            }
            Happened::SignedIn(report) => {
                if self.attempt(scene, "login", |_| report)?.is_some() {
                    self.wants_password = false;
                }
            }
            Happened::Wiped(outcome) => {
                self.wiped(scene, Scope::Everything, &outcome);
                self.attempt(scene, "wipe", |_| outcome)?;
            }
            Happened::Synced(report) => {
                if let Some(report) = self.attempt(scene, "sync of another process", |_| report)?
                    && report.outcome != SyncOutcome::Busy
                {
                    scene.trace.violation(format!("two processes upload at once: {report:?}"));
                }
            }
        }
        Ok(())
    }
}
