//! Records of the capture screen: what was typed goes in as text, what was kept comes out.

use vodomer_core::app::{
    CaptureOutcome, CaptureRequest, CaptureScreen, Doubt, Guess, Happened, LastReading, NextMeter, Preview,
    Question, Resource, Saved, TypedProblem, ZoneReading, ZonesOutcome,
};

use crate::values::{Period, UtcMillis, Volume};

/// What the capture screen shows before the first key.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct LastReading {
    /// The value.
    pub value: Volume,
    /// Its month.
    pub period: Period,
    /// How many months ago, at least 1.
    pub months_ago: i32,
}

/// What the screen shows at a key press.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct CaptureRequest {
    /// The meter.
    pub meter_id: String,
    /// The text as typed.
    #[uniffi(default = "")]
    pub typed: String,
    /// «Как в прошлом месяце»: the last actual value is taken, `typed` is not looked at.
    #[uniffi(default = false)]
    pub same_as_last: bool,
    /// What the resident says happened to the meter since the last reading.
    #[uniffi(default = None)]
    pub happened: Option<Happened>,
    /// Doubts that the resident has answered "it is so".
    #[uniffi(default = [])]
    pub confirmed: Vec<Doubt>,
}

/// What happened to a meter since its last reading, by the resident's word. Never guessed.
#[uniffi::remote(Enum)]
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

/// What came of it.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Record)]
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
    pub taken_at: UtcMillis,
    /// Set when it waits for its window to open.
    pub held_until: Option<UtcMillis>,
    /// The next meter without a reading.
    pub next: Option<NextMeter>,
}

/// A meter to go on with.
#[uniffi::remote(Record)]
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

/// What was typed for one register.
#[uniffi::remote(Record)]
pub struct ZoneReading {
    /// The tariff zone.
    pub zone: String,
    /// The text as typed.
    pub typed: String,
    /// Doubts about this register that the resident has answered "it is so".
    #[uniffi(default = [])]
    pub confirmed: Vec<Doubt>,
}

/// What came of it.
#[uniffi::remote(Enum)]
pub enum ZonesOutcome {
    /// All of them are on the disk.
    Saved {
        /// What was kept, in the meter's order.
        saved: Vec<Saved>,
    },
    /// Nothing is stored yet: the resident is asked about one of them.
    Asked {
        /// The tariff zone.
        zone: String,
        /// The question.
        question: Question,
    },
}
