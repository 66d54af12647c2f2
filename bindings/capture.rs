//! Records of the capture screen: what was typed goes in as text, what was kept comes out.

use vodomer_core::app::{
    CaptureOutcome, CaptureRequest, CaptureScreen, Doubt, LastReading, NextMeter, Preview, Question,
    Resource, Saved, Suggestion, TypedProblem,
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
    /// Doubts that the resident has answered "it is so".
    #[uniffi(default = [])]
    pub confirmed: Vec<Doubt>,
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
}

/// What is odd about a value.
#[uniffi::remote(Enum)]
pub enum Doubt {
    /// The same as last time: was no water used?
    NothingUsed,
    /// Lower than last time: a typo, a replaced meter, or a dial that went round.
    Lower,
    /// Much more than usual.
    Higher,
    /// Much more than usual, and usual with a comma put in.
    CommaLost,
}

/// A doubt with the numbers that led to it.
#[uniffi::remote(Record)]
pub struct Question {
    /// What is odd.
    pub doubt: Doubt,
    /// The value in question.
    pub value: Volume,
    /// The last actual value.
    pub previous: Volume,
    /// `value − previous`.
    pub used: Volume,
    /// Average use of a month.
    pub usual: Option<Volume>,
    /// What was probably meant.
    pub suggestion: Option<Suggestion>,
}

/// A guess at what the dial shows.
#[uniffi::remote(Record)]
pub struct Suggestion {
    /// The value that would be sent.
    pub value: Volume,
    /// The dial's whole face, to be compared with it.
    pub face: Volume,
}

/// Why the text is no reading. Positions count characters from 1, as a person would.
#[uniffi::remote(Enum)]
pub enum TypedProblem {
    /// Nothing but spaces.
    Empty,
    /// Something that is neither a digit, a comma nor a space between groups.
    NotADigit {
        /// Where.
        position: i32,
        /// What.
        character: String,
    },
    /// A second comma or point.
    SecondComma {
        /// Where.
        position: i32,
    },
    /// A space that does not part groups of three digits.
    StraySpace {
        /// Where.
        position: i32,
    },
    /// A minus sign.
    Negative,
    /// Only the fraction was typed.
    NoWholeDigits,
    /// More significant digits before the comma than the dial has.
    TooManyWholeDigits {
        /// Black drums of the dial.
        dial: i32,
        /// Significant digits typed.
        typed: i32,
    },
    /// More digits after the comma than the dial has.
    TooManyFractionDigits {
        /// Red drums of the dial.
        dial: i32,
        /// Digits typed.
        typed: i32,
    },
}
