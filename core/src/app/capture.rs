//! Taking a reading: the screen, each key press, and the moment it is on the disk.

use rusqlite::Connection;

use super::history::{actuals_before, history};
use super::outbox::KEEP_MONTHS;
use super::snapshot::Snapshot;
use super::{App, Error};
use crate::domain::{
    Captured, Doubt, EarlyReadings, FractionPolicy, History, Instant, Period, Question, Resource, Typed,
    TypedProblem, Volume, doubt_about,
};
use crate::store::{self, AccountRow, MeterRow, NewCapture, Seen};
use crate::sync::clock;

/// What the capture screen shows before the first key.
#[derive(Debug, Clone, PartialEq)]
pub struct CaptureScreen {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Factory number.
    pub serial: String,
    /// The flat, by its address.
    pub flat: String,
    /// Black drums.
    pub whole_digits: i32,
    /// Red drums.
    pub fraction_digits: i32,
    /// The utility wants none of the red digits.
    pub fraction_dropped: bool,
    /// The last actual reading.
    pub last: Option<LastReading>,
    /// The value already taken for the period, if there is one: a new one corrects it.
    pub taken: Option<Volume>,
    /// The month that a reading taken now counts for.
    pub period: Period,
}

/// An actual reading of before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastReading {
    /// The value.
    pub value: Volume,
    /// Its month.
    pub period: Period,
    /// How many months ago, at least 1.
    pub months_ago: i32,
}

/// What the screen shows at a key press.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Digits before the comma, as typed; for the black drums.
    pub whole: String,
    /// Digits after the comma, as typed; for the red drums.
    pub fraction: String,
    /// The value that would be sent.
    pub kept: Option<Volume>,
    /// The digits that would be dropped.
    pub dropped: String,
    /// Use since the last actual reading; below zero when the dial went back.
    pub used: Option<Volume>,
    /// The value will be asked about.
    pub doubtful: bool,
    /// Why it is no reading yet.
    pub problem: Option<TypedProblem>,
}

/// A reading to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureRequest {
    /// The meter.
    pub meter_id: String,
    /// The text as typed.
    pub typed: String,
    /// «Как в прошлом месяце»: the last actual value is taken, `typed` is not looked at.
    pub same_as_last: bool,
    /// Doubts that the resident has answered "it is so".
    pub confirmed: Vec<Doubt>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaptureOutcome {
    /// It is on the disk.
    Saved {
        /// What was kept.
        saved: Saved,
    },
    /// Nothing is stored yet: the resident is asked.
    Asked {
        /// The question.
        question: Question,
    },
}

/// A reading on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The item in the queue.
    pub item_id: String,
    /// The value kept.
    pub value: Volume,
    /// The digits dropped.
    pub dropped: String,
    /// Use since the last actual reading.
    pub used: Option<Volume>,
    /// The month it is meant for.
    pub period: Period,
    /// When it was taken, by the utility's clock.
    pub taken_at: Instant,
    /// Set when it waits for its window to open.
    pub held_until: Option<Instant>,
    /// The next meter without a reading.
    pub next: Option<NextMeter>,
}

/// A meter to go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextMeter {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
}

/// A meter with everything that a value of it is judged by.
struct Subject {
    meter: MeterRow,
    account: Option<AccountRow>,
    history: History,
    last_period: Option<Period>,
    period: Period,
    now: Instant,
    opens_at: Instant,
    taken: Option<Volume>,
}

impl App {
    /// What the capture screen shows.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the meter is gone.
    pub fn capture_screen(&self, meter_id: &str) -> Result<CaptureScreen, Error> {
        let s = self.subject(meter_id)?;
        let last = s.history.last.zip(s.last_period);
        Ok(CaptureScreen {
            meter_id: s.meter.id,
            resource: s.meter.resource,
            place: s.meter.place,
            serial: s.meter.serial,
            flat: s.account.map(|a| a.address).unwrap_or_default(),
            whole_digits: i32::from(s.meter.dial.whole()),
            fraction_digits: i32::from(s.meter.dial.fraction()),
            fraction_dropped: !matches!(self.profile.fraction, FractionPolicy::Keep(1..)),
            last: last.map(|(value, period)| LastReading { value, period, months_ago: s.history.months }),
            taken: s.taken,
            period: s.period,
        })
    }

    /// What the screen shows of a typed text; stores nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the meter is gone; a text that is no reading is part of the preview.
    pub fn preview(&self, meter_id: &str, typed: &str) -> Result<Preview, Error> {
        let s = self.subject(meter_id)?;
        let (digits, problem) = match Typed::digits(typed) {
            Ok(digits) => {
                let problem = digits.fits(s.meter.dial).err();
                (digits, problem)
            }
            Err(problem) => (Typed::default(), Some(problem)),
        };
        if problem.is_some() {
            let Typed { whole, fraction } = digits;
            return Ok(Preview { whole, fraction, problem, ..Preview::default() });
        }
        let kept = digits.keep(self.profile.fraction, s.meter.dial);
        let doubt = doubt_about(kept.value, &s.history, s.meter.dial);
        Ok(Preview {
            whole: digits.whole,
            fraction: digits.fraction,
            kept: Some(kept.value),
            dropped: kept.dropped,
            used: s.history.last.map(|last| kept.value.since(last)),
            doubtful: doubt.is_some_and(|q| q.doubt != Doubt::NothingUsed),
            problem: None,
        })
    }

    /// Keeps a reading: when this returns `Saved`, it is on the disk together with its place in the queue.
    ///
    /// # Errors
    /// [`Error::Typed`], [`Error::NotFound`], [`Error::StorageFull`] and its like; nothing is stored then.
    pub fn capture(&self, request: &CaptureRequest) -> Result<CaptureOutcome, Error> {
        let s = self.subject(&request.meter_id)?;
        let (value, dropped, entered) = if request.same_as_last {
            let last = s.history.last.ok_or_else(|| Error::not_found("last reading"))?;
            (last, String::new(), last.to_string())
        } else {
            let kept = Typed::parse(&request.typed, s.meter.dial)?.keep(self.profile.fraction, s.meter.dial);
            (kept.value, kept.dropped, request.typed.clone())
        };
        let mut confirmed = request.confirmed.clone();
        if request.same_as_last {
            confirmed.push(Doubt::NothingUsed);
        }
        let codes = |doubts: &[Doubt]| doubts.iter().map(|d| d.code().to_owned()).collect::<Vec<_>>();
        let question = doubt_about(value, &s.history, s.meter.dial);
        if let Some(question) = question.filter(|q| !codes(&confirmed).contains(&q.doubt.code().to_owned())) {
            return Ok(CaptureOutcome::Asked { question });
        }
        let held = self.profile.early_readings == EarlyReadings::Hold && s.now < s.opens_at;
        let captured = Captured {
            item_id: self.env.new_id(),
            meter_id: s.meter.id.clone(),
            period: s.period,
            value,
            entered,
            taken_at: s.now,
        };
        let used = s.history.last.map(|last| value.since(last));
        self.put_on_disk(&s, captured.clone(), codes(&confirmed), if held { s.opens_at } else { s.now })?;
        Ok(CaptureOutcome::Saved {
            saved: Saved {
                item_id: captured.item_id,
                value,
                dropped,
                used,
                period: s.period,
                taken_at: s.now,
                held_until: held.then_some(s.opens_at),
                next: self.next_meter(&s.meter)?,
            },
        })
    }

    fn put_on_disk(
        &self,
        s: &Subject,
        captured: Captured,
        confirmed: Vec<String>,
        not_before: Instant,
    ) -> Result<(), Error> {
        let idempotency_key = self.env.new_key();
        let monotonic = self.env.clock.monotonic();
        self.store.write(|db| {
            let (account, address) =
                s.account.as_ref().map(|a| (a.number.clone(), a.address.clone())).unwrap_or_default();
            let new = NewCapture {
                captured,
                seen: Seen {
                    serial: s.meter.serial.clone(),
                    resource: s.meter.resource,
                    place: s.meter.place.clone(),
                    zone: s.meter.zone.clone(),
                    account,
                    address,
                },
                account_id: s.meter.account_id.clone(),
                meter_version: s.meter.version,
                skew: clock::skew(db)?,
                monotonic,
                confirmed,
                rollover: false,
                replacement: None,
                idempotency_key,
                not_before,
            };
            store::add(db, &new)
        })?;
        Ok(())
    }

    fn next_meter(&self, after: &MeterRow) -> Result<Option<NextMeter>, Error> {
        let now = self.now()?;
        let snapshot = self.store.read(|db| Snapshot::take(db, &self.calendar(), now))?;
        Ok(snapshot.next_missing(Some(&after.id)).map(|m| NextMeter {
            meter_id: m.id.clone(),
            resource: m.resource,
            place: m.place.clone(),
        }))
    }

    fn subject(&self, meter_id: &str) -> Result<Subject, Error> {
        let subject = self.store.read(|db| self.read_subject(db, meter_id))?;
        subject.ok_or_else(|| Error::not_found("meter"))
    }

    fn read_subject(&self, db: &Connection, meter_id: &str) -> rusqlite::Result<Option<Subject>> {
        let Some(meter) = store::meter(db, meter_id)? else {
            return Ok(None);
        };
        let now = clock::now(db, &self.env)?;
        let window = self.calendar().position(now).window();
        let items = store::entries(db, window.period.months_back(KEEP_MONTHS))?;
        let actuals = actuals_before(db, meter_id, window.period, &items)?;
        let taken = items
            .iter()
            .find(|i| i.captured.meter_id == meter_id && i.captured.period == window.period)
            .map(|i| i.captured.value);
        Ok(Some(Subject {
            account: store::accounts(db)?.into_iter().find(|a| a.id == meter.account_id),
            history: history(&actuals, window.period),
            last_period: actuals.first().map(|a| a.period),
            period: window.period,
            now,
            opens_at: window.opens_at,
            taken,
            meter,
        }))
    }
}
