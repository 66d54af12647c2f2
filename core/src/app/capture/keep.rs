//! The moment a reading is kept: judged, answered for, and on the disk with its place in the queue.

use chrono::TimeDelta;

use super::subject::Subject;
use super::{CaptureOutcome, CaptureRequest, Happened, NextMeter, ReplacedField, Saved};
use crate::app::snapshot::Snapshot;
use crate::app::{App, Error};
use crate::domain::{Captured, Claim, Dial, Doubt, Instant, Question, Replacement, Typed, Volume};
use crate::store::{self, MeterRow, NewCapture, Seen};
use crate::sync::{clock, policy};

/// A reading that may be put on the disk.
pub(super) struct Ready {
    pub captured: Captured,
    pub subject: Subject,
    pub dropped: String,
    pub used: Option<Volume>,
    claim: Claim,
    confirmed: Vec<String>,
}

/// What came of judging a request.
pub(super) enum Judged {
    Ready(Box<Ready>),
    Asked(Question),
}

impl App {
    /// Keeps a reading: when this returns `Saved`, it is on the disk together with its place in the queue.
    ///
    /// # Errors
    /// [`Error::Typed`], [`Error::ReplacedTyped`], [`Error::Claim`], [`Error::NotFound`], [`Error::StorageFull`] and
    /// its like; nothing is stored then.
    pub fn capture(&self, request: &CaptureRequest) -> Result<CaptureOutcome, Error> {
        loop {
            match self.prepare(request)? {
                Judged::Asked(question) => return Ok(CaptureOutcome::Asked { question }),
                Judged::Ready(ready) => {
                    if self.put_on_disk(std::slice::from_ref(&*ready))? {
                        return Ok(CaptureOutcome::Saved { saved: self.saved(*ready) });
                    }
                }
            }
        }
    }

    pub(super) fn prepare(&self, request: &CaptureRequest) -> Result<Judged, Error> {
        let subject = self.subject(&request.meter_id)?;
        let mut answered = request.confirmed.clone();
        let (value, dropped, entered, digits, claim) = if request.same_as_last {
            let last = subject.past.last.ok_or_else(|| Error::not_found("last reading"))?;
            answered.push(Doubt::NothingUsed);
            (last, String::new(), last.to_string(), None, Claim::None)
        } else {
            let digits = Typed::parse(&request.typed, subject.meter.dial)?;
            let kept = digits.keep(self.profile.fraction, subject.meter.dial);
            let claim = self.claim(request.happened.as_ref(), subject.meter.dial)?;
            (kept.value, kept.dropped, request.typed.clone(), Some(digits), claim)
        };
        let thought = self.judge(&subject, value, digits.as_ref(), claim, &answered)?;
        if let Some(question) = thought.question {
            return Ok(Judged::Asked(question));
        }
        let captured = Captured {
            item_id: self.env.new_id(subject.now),
            meter_id: subject.meter.id.clone(),
            period: subject.place.period,
            value,
            entered,
            taken_at: subject.now,
        };
        let confirmed = thought.answered.iter().map(|doubt| doubt.code().to_owned()).collect();
        Ok(Judged::Ready(Box::new(Ready {
            captured,
            subject,
            dropped,
            used: thought.used,
            claim,
            confirmed,
        })))
    }

    fn claim(&self, happened: Option<&Happened>, dial: Dial) -> Result<Claim, Error> {
        let read = |field, text: &str| match Typed::parse(text, dial) {
            Ok(typed) => Ok(typed.keep(self.profile.fraction, dial).value),
            Err(problem) => Err(Error::ReplacedTyped { field, problem }),
        };
        match happened {
            None => Ok(Claim::None),
            Some(Happened::RolledOver) => Ok(Claim::RolledOver),
            Some(Happened::Replaced { final_typed, initial_typed }) => Ok(Claim::Replaced {
                final_value: read(ReplacedField::Final, final_typed)?,
                initial_value: read(ReplacedField::Initial, initial_typed)?,
            }),
        }
    }

    /// All of them in one transaction, or none: false when a meter by hand has become the utility's, or when the time has turned out to be another since they were judged,
    /// and with it the month perhaps. Nobody would put a reading right that comes after what has put the others right.
    pub(super) fn put_on_disk(&self, readings: &[Ready]) -> Result<bool, Error> {
        let phone_at = self.env.clock.now();
        Ok(self.store.write(|db| {
            let (now, monotonic) = (clock::now(db, &self.env)?, self.env.clock.monotonic());
            let jumped = |s: &Subject| {
                let since = TimeDelta::milliseconds(monotonic.saturating_sub(s.monotonic));
                (now - s.now - since).abs() > policy::CLOCK_TOLERANCE
            };
            if readings.iter().any(|ready| jumped(&ready.subject)) {
                return Ok(false);
            }
            for ready in readings.iter().filter(|ready| ready.subject.is_by_hand()) {
                // Its owner has signed in since: it would be kept for a meter that is no more.
                if store::own_meter(db, &ready.subject.meter.id)?.is_none() {
                    return Ok(false);
                }
            }
            let skew = clock::skew(db, &self.env)?;
            for ready in readings {
                store::add(db, &self.new_capture(ready, skew, phone_at))?;
            }
            Ok(true)
        })?)
    }

    fn new_capture(&self, ready: &Ready, skew: Option<i64>, phone_at: Instant) -> NewCapture {
        let Subject { meter, account, place, now, monotonic, .. } = &ready.subject;
        let (number, address) =
            account.as_ref().map(|a| (a.number.clone(), a.address.clone())).unwrap_or_default();
        NewCapture {
            captured: ready.captured.clone(),
            seen: Seen {
                serial: meter.serial.clone(),
                resource: meter.resource,
                place: meter.place.clone(),
                zone: meter.zone.clone(),
                account: number,
                address,
            },
            account_id: meter.account_id.clone(),
            meter_version: meter.version,
            skew,
            phone_at,
            monotonic: *monotonic,
            boot: self.env.clock.boot(),
            confirmed: ready.confirmed.clone(),
            rollover: ready.claim == Claim::RolledOver,
            replacement: match ready.claim {
                Claim::Replaced { final_value, initial_value } => {
                    Some(Replacement { final_value, initial_value })
                }
                Claim::None | Claim::RolledOver => None,
            },
            idempotency_key: self.env.new_key(),
            not_before: place.held_until.unwrap_or(*now),
        }
    }

    /// What is on the disk is said to be there, also when the disk can't be read any more.
    pub(super) fn saved(&self, ready: Ready) -> Saved {
        Saved {
            next: self.next_meter(&ready.subject.meter).unwrap_or_default(),
            item_id: ready.captured.item_id,
            value: ready.captured.value,
            dropped: ready.dropped,
            used: ready.used,
            period: ready.captured.period,
            taken_at: ready.captured.taken_at,
            held_until: ready.subject.place.held_until,
        }
    }

    fn next_meter(&self, after: &MeterRow) -> Result<Option<NextMeter>, Error> {
        let now = self.now()?;
        let snapshot = self.store.read(|db| Snapshot::take(db, &self.calendar(), now))?;
        Ok(snapshot.next_missing(Some(&after.id)).map(|m| NextMeter {
            meter_id: m.id.clone(),
            resource: m.resource,
            place: m.place.clone(),
            zone: m.zone.clone(),
        }))
    }
}
