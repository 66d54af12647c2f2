//! Taking a reading: the screen, each key press, and the moment it is on the disk.

mod keep;
mod subject;
#[cfg(test)]
mod tests;
mod zones;

use super::{App, Error};
use crate::domain::{
    Claim, Doubt, FractionPolicy, Guess, Instant, Period, Question, Resource, Typed, TypedProblem, Volume,
};

pub use zones::{ZoneReading, ZonesOutcome};

/// What the capture screen shows before the first key.
#[derive(Debug, Clone, PartialEq)]
pub struct CaptureScreen {
    /// The meter.
    pub meter_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
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
    /// What was probably meant by more digits than the dial has.
    pub guess: Option<Guess>,
}

/// A reading to be kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaptureRequest {
    /// The meter.
    pub meter_id: String,
    /// The text as typed.
    pub typed: String,
    /// «Как в прошлом месяце»: the last actual value is taken, `typed` is not looked at.
    pub same_as_last: bool,
    /// What the resident says happened to the meter since the last reading.
    pub happened: Option<Happened>,
    /// Doubts that the resident has answered "it is so".
    pub confirmed: Vec<Doubt>,
}

/// What happened to a meter since its last reading, by the resident's word. Never guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// The dial went over its end and began again at zero.
    RolledOver,
    /// «Счётчик меняли».
    Replaced {
        /// What the old meter showed at its end, as typed.
        final_typed: String,
        /// What the new one showed when it was put in, as typed.
        initial_typed: String,
    },
}

/// Which of the two values of a replaced meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedField {
    /// What the old meter showed at its end.
    Final,
    /// What the new one showed when it was put in.
    Initial,
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
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
}

impl App {
    /// What the capture screen shows.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the meter is gone.
    pub fn capture_screen(&self, meter_id: &str) -> Result<CaptureScreen, Error> {
        let s = self.subject(meter_id)?;
        Ok(CaptureScreen {
            last: s.last(),
            meter_id: s.meter.id,
            resource: s.meter.resource,
            place: s.meter.place,
            zone: s.meter.zone,
            serial: s.meter.serial,
            flat: s.account.map(|a| a.address).unwrap_or_default(),
            whole_digits: i32::from(s.meter.dial.whole()),
            fraction_digits: i32::from(s.meter.dial.fraction()),
            fraction_dropped: !matches!(self.profile.fraction, FractionPolicy::Keep(1..)),
            taken: s.taken,
            period: s.place.period,
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
            let guess = matches!(problem, Some(TypedProblem::TooManyWholeDigits { .. }))
                .then(|| self.explain_misfit(&s, &digits))
                .flatten();
            let Typed { whole, fraction } = digits;
            return Ok(Preview { whole, fraction, problem, guess, ..Preview::default() });
        }
        let kept = digits.keep(self.profile.fraction, s.meter.dial);
        // At every key press: whether it is doubtful does not hang on the other meters.
        let thought = self.judge_among(&s, kept.value, Some(&digits), Claim::None, &[], &[])?;
        Ok(Preview {
            whole: digits.whole,
            fraction: digits.fraction,
            kept: Some(kept.value),
            dropped: kept.dropped,
            used: thought.used,
            doubtful: thought.question.is_some_and(|q| q.doubt != Doubt::NothingUsed),
            problem: None,
            guess: None,
        })
    }
}
