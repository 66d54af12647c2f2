//! What the resident does with the phone.

use vodomer_core::app::{
    App, CaptureOutcome, CaptureRequest, Channel, Error, Happened, LetterKind, LetterRequest, OutboxEntry,
    Status, SyncOutcome, SyncReport, Withdrawn,
};
use vodomer_core::domain::Volume;

use super::device::{BUDGET_MS, Device, Scene, Stop, Told};
use super::template::credentials;
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, HOT};

impl Device {
    pub(super) fn sign_in(&mut self, scene: &Scene<'_>) -> Result<(), Stop> {
        let right = scene.utility.office().password.clone();
        let typed = if self.rng.u8(..5) == 0 { "wrong".to_owned() } else { right };
        let report = self.attempt(scene, "login", |app| app.login(&credentials(&typed)))?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("signed in: {:?}", report.outcome));
            self.wants_password = false;
        }
        Ok(())
    }

    pub(super) fn sync(&mut self, scene: &Scene<'_>) -> Result<Option<SyncReport>, Stop> {
        let by_itself = self.rng.u8(..3) == 0;
        let pass = |app: &App| if by_itself { app.sync_unattended(BUDGET_MS) } else { app.sync(BUDGET_MS) };
        let report = self.attempt(scene, "sync", pass)?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("{report:?}"));
            self.wants_password |= report.outcome == SyncOutcome::NeedsSignIn;
            self.asked |= report.asked > 0;
        }
        Ok(report)
    }

    pub(super) fn capture(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let n = self.rng.usize(..2);
        let meter = [COLD, HOT][n];
        let litres = scene.dials.litres(n, scene.time.millis());
        let litres = match self.rng.u8(..100) {
            0..82 => litres,
            82..86 => litres * 10,
            86..90 => litres - 30_000,
            90..95 => litres + 40_000,
            _ => self.rng.i64(0..2_000),
        }
        .clamp(0, 99_999_999);
        let same_as_last = self.rng.u8(..100) < 9;
        let mut request = CaptureRequest {
            meter_id: meter.to_owned(),
            typed: format!("{:05},{:03}", litres / 1000, litres % 1000),
            same_as_last,
            ..CaptureRequest::default()
        };
        for _ in 0..4 {
            let value = (!same_as_last).then(|| Volume::from_units(litres / 1000));
            let outcome = match self.phone.app() {
                Ok(app) => app.capture(&request),
                Err(error) => Err(error),
            };
            if matches!(outcome, Err(Error::StorageFull | Error::StorageNotWritable)) {
                scene.ledger.attempted(self.n, meter, value);
            }
            match self.attempt(scene, "capture", |_| outcome)? {
                Some(CaptureOutcome::Saved { saved }) => {
                    let (item, value, period) = (&saved.item_id, saved.value, saved.period);
                    scene
                        .trace
                        .event(self.who(), format_args!("captured {value} of {meter} for {period}: {item}"));
                    scene.trace.count("captures");
                    scene.ledger.acknowledged(self.n, item, meter, period, value);
                    return Ok(());
                }
                Some(CaptureOutcome::Asked { question }) => {
                    scene
                        .trace
                        .event(self.who(), format_args!("{meter} {}: {:?}?", request.typed, question.doubt));
                    match self.rng.u8(..6) {
                        0 => return Ok(()),
                        1 => request.happened = Some(Happened::RolledOver),
                        2 => {
                            let (final_typed, initial_typed) =
                                (question.previous.to_string(), "0".to_owned());
                            request.happened = Some(Happened::Replaced { final_typed, initial_typed });
                        }
                        _ => request.confirmed.push(question.doubt),
                    }
                }
                None => return Ok(()),
            }
        }
        Ok(())
    }

    /// The resident looks what the utility asks, and says that it is so, or reads the dial again.
    pub(super) fn answer(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let list = self.call(scene, "outbox", App::outbox)?;
        self.asked = false;
        for entry in list.iter().filter(|e| e.status == Status::NeedsAnswer) {
            if self.rng.u8(..3) > 0 {
                self.attempt(scene, "confirm", |app| app.confirm(&entry.item_id))?;
                scene.trace.event(self.who(), format_args!("confirmed {}", entry.item_id));
                scene.trace.count("questions confirmed");
            } else {
                self.capture(scene)?;
            }
        }
        Ok(())
    }

    /// The resident takes something of the list back.
    pub(super) fn withdraw(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let list = self.call(scene, "outbox", App::outbox)?;
        let Some(entry) = self.rng.choice(&list) else { return Ok(()) };
        scene.ledger.taken_back(&entry.item_id);
        if let Some(done) = self.attempt(scene, "withdraw", |app| app.withdraw(&entry.item_id))? {
            scene.trace.event(self.who(), format_args!("takes {} back: {done:?}", entry.item_id));
            scene.trace.count("withdrawals");
            if done == Withdrawn::AtOnce {
                scene.ledger.never_leaves(&entry.item_id);
            }
        }
        Ok(())
    }

    pub(super) fn write(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let kind =
            [LetterKind::ServiceRequest, LetterKind::Question, LetterKind::Appeal][self.rng.usize(..3)];
        let request = LetterRequest {
            kind,
            account_id: (kind != LetterKind::Appeal).then(|| ACCOUNT.to_owned()),
            topic: "other".to_owned(),
            text: "Прошу проверить счётчик.".to_owned(),
            meter_id: None,
            wanted_on: None,
            name: Some("Жилец".to_owned()),
            contact: Some("+70000000000".to_owned()),
        };
        let written = self.phone.app().and_then(|app| app.write_letter(&request));
        match &written {
            Ok(item) => scene.ledger.wrote(self.n, Some(item.clone())),
            Err(Error::StorageFull | Error::StorageNotWritable) => scene.ledger.wrote(self.n, None),
            Err(_) => {}
        }
        if let Some(item) = self.attempt(scene, "letter", |_| written)? {
            scene.trace.event(self.who(), format_args!("writes {kind:?} {item}"));
            scene.trace.count("letters");
        }
        Ok(())
    }

    pub(super) fn hand_over(&mut self, scene: &Scene<'_>) -> Result<Vec<Told>, Stop> {
        let count = self.call(scene, "hand over", |app| app.hand_over(ACCOUNT, Channel::Sms))?;
        if count == 0 {
            return Ok(Vec::new());
        }
        scene.trace.count("hand-overs by SMS");
        let list = self.call(scene, "outbox", App::outbox)?;
        let goes = |e: &&OutboxEntry| e.channel.is_some() && e.received_by_nobody();
        let told = list.iter().filter(goes).map(|e| Told {
            meter: if e.meter_id == COLD { COLD } else { HOT },
            period: e.period,
            value: e.value,
        });
        Ok(told.collect())
    }

    pub(super) fn look(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        self.call(scene, "home", App::home)?;
        self.call(scene, "plan", App::plan)?;
        self.check_list(scene).map(|_| ())
    }
}

/// What the list does not say in one word.
trait Sent {
    fn received_by_nobody(&self) -> bool;
}

impl Sent for OutboxEntry {
    fn received_by_nobody(&self) -> bool {
        !matches!(self.status, Status::Accepted | Status::Accounted | Status::Rejected)
    }
}
