//! Readings: captured, corrected, confirmed, taken back, handed over.

use vodomer_core::app::{
    App, CaptureOutcome, CaptureRequest, Channel, Error, Happened, OutboxEntry, Status, Withdrawn,
};
use vodomer_core::domain::Volume;

use crate::sim::device::{Device, Scene, Stop, Told};
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, HOT};

/// A reading that is about to be typed in.
pub(super) struct Drawn {
    pub meter: &'static str,
    /// None where it is to be as last month.
    pub value: Option<Volume>,
    pub request: CaptureRequest,
}

impl Device {
    pub(in crate::sim) fn capture(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let Drawn { meter, value, mut request } = self.draw_reading(scene);
        for _ in 0..4 {
            let outcome = match self.phone.app() {
                Ok(app) => app.capture(&request),
                Err(error) => Err(error),
            };
            match self.noted(scene, meter, value, outcome)? {
                Some(CaptureOutcome::Saved { .. }) | None => return Ok(()),
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
            }
        }
        Ok(())
    }

    /// What the resident reads off a dial, mostly rightly.
    pub(super) fn draw_reading(&mut self, scene: &Scene<'_>) -> Drawn {
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
        let request = CaptureRequest {
            meter_id: meter.to_owned(),
            typed: format!("{:05},{:03}", litres / 1000, litres % 1000),
            same_as_last,
            ..CaptureRequest::default()
        };
        Drawn { meter, value: (!same_as_last).then(|| Volume::from_units(litres / 1000)), request }
    }

    /// Puts into the ledger what the phone has said to a capture.
    pub(super) fn noted(
        &mut self,
        scene: &mut Scene<'_>,
        meter: &'static str,
        value: Option<Volume>,
        outcome: Result<CaptureOutcome, Error>,
    ) -> Result<Option<CaptureOutcome>, Stop> {
        match &outcome {
            Err(Error::StorageFull | Error::StorageNotWritable) => {
                scene.ledger.attempted(self.n, meter, value);
            }
            Ok(CaptureOutcome::Saved { saved }) => {
                let (item, value, period) = (&saved.item_id, saved.value, saved.period);
                scene
                    .trace
                    .event(self.who(), format_args!("captured {value} of {meter} for {period}: {item}"));
                scene.trace.count("captures");
                scene.ledger.acknowledged(self.n, item, meter, period, value);
            }
            Ok(CaptureOutcome::Asked { .. }) | Err(_) => {}
        }
        self.attempt(scene, "capture", |_| outcome)
    }

    /// The resident looks what the utility asks, and says that it is so, or reads the dial again.
    pub(in crate::sim) fn answer(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
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
    pub(in crate::sim) fn withdraw(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let list = self.call(scene, "outbox", App::outbox)?;
        let Some(entry) = self.rng.choice(&list) else { return Ok(()) };
        scene.ledger.taken_back(&entry.item_id);
        let done = self.phone.app().and_then(|app| app.withdraw(&entry.item_id));
        self.taken_back(scene, &entry.item_id, done)
    }

    /// Puts into the ledger what the phone has said to a withdrawal.
    pub(super) fn taken_back(
        &mut self,
        scene: &mut Scene<'_>,
        item: &str,
        done: Result<Withdrawn, Error>,
    ) -> Result<(), Stop> {
        if let Some(done) = self.attempt(scene, "withdraw", |_| done)? {
            scene.trace.event(self.who(), format_args!("takes {item} back: {done:?}"));
            scene.trace.count("withdrawals");
            if done == Withdrawn::AtOnce {
                scene.ledger.never_leaves(item);
            }
        }
        Ok(())
    }

    pub(in crate::sim) fn hand_over(&mut self, scene: &Scene<'_>) -> Result<Vec<Told>, Stop> {
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
