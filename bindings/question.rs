//! What is asked about a value, and why a typed text or a claim can't be taken.

use vodomer_core::app::{
    Cause, ClaimProblem, Doubt, Guess, Question, RegistersProblem, ReplacedField, Suggestion, TypedProblem,
};

use crate::values::Volume;

/// A doubt with the numbers that led to it.
#[uniffi::remote(Record)]
pub struct Question {
    /// What is odd.
    pub doubt: Doubt,
    /// The value in question.
    pub value: Volume,
    /// The last actual value.
    pub previous: Volume,
    /// What was used since, under the resident's claim if there is one.
    pub used: Volume,
    /// Months since the last actual value, at least 1.
    pub months: i32,
    /// Average use of a month, rounded for showing.
    pub usual: Option<Volume>,
    /// The most that the utility believes of those months; with [`Doubt::AboveLimit`] only.
    pub limit: Option<Volume>,
    /// What probably happened.
    pub guess: Option<Guess>,
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
    /// More than the utility believes of any month. Asked about, too: it is for the utility to refuse.
    AboveLimit,
}

/// What probably happened, from the digits as typed and from the other meters.
#[uniffi::remote(Record)]
pub struct Guess {
    /// What kind of slip.
    pub cause: Cause,
    /// The value that was probably meant, where there is only one such.
    pub suggestion: Option<Suggestion>,
    /// The meter that the typed value probably belongs to, when meters were swapped.
    pub other_meter: Option<String>,
}

/// What went wrong between the dial and the screen.
#[uniffi::remote(Enum)]
pub enum Cause {
    /// Red digits typed as black ones.
    CommaLost,
    /// Another meter's value.
    MetersSwapped,
    /// Two neighbouring digits changed places.
    DigitsSwapped,
    /// A digit too many.
    ExtraDigit,
    /// A digit too few.
    MissingDigit,
    /// No slip: the dial went over its end. There is nothing to correct, only to say so.
    RolledOver,
}

/// A guess at what the dial shows.
#[uniffi::remote(Record)]
pub struct Suggestion {
    /// The value that would be sent.
    pub value: Volume,
    /// The dial's whole face, to be compared with it.
    pub face: Volume,
}

/// Why the text is no reading. Positions count characters from 1, as a person would: an accent belongs to the
/// character under it.
#[uniffi::remote(Enum)]
pub enum TypedProblem {
    /// Nothing but spaces.
    Empty,
    /// Something that is none of the digits 0–9, a comma, or a space between groups; digits of other scripts too.
    NotADigit {
        /// Where.
        position: i32,
        /// What: the character with its accents, or `U+200B` for one that can't be seen.
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

/// Which of the two values of a replaced meter.
#[uniffi::remote(Enum)]
pub enum ReplacedField {
    /// What the old meter showed at its end.
    Final,
    /// What the new one showed when it was put in.
    Initial,
}

/// Why a claim can't be true.
#[uniffi::remote(Enum)]
pub enum ClaimProblem {
    /// A dial that went round shows less than before; this one does not, or nothing is known of before.
    NothingToRollOver,
    /// The last value has more digits than the dial: the meter's record is wrong, and no use can be told from it.
    PreviousNotOnDial {
        /// The last actual value.
        previous: Volume,
    },
    /// The old meter can't have ended below what it showed before.
    FinalBelowPrevious {
        /// The last actual value.
        previous: Volume,
    },
    /// The new meter can't show less than when it was put on.
    ValueBelowInitial {
        /// What the new meter began with.
        initial: Volume,
    },
}

/// Why a meter's zones can't be taken. Nothing of the others is taken either.
#[uniffi::remote(Enum)]
pub enum RegistersProblem {
    /// The text of a zone is no reading.
    NotAReading {
        /// The zone.
        zone: String,
        /// The reason and its place in the zone's text.
        problem: TypedProblem,
    },
    /// The meter has no such zone.
    Unknown {
        /// The zone.
        zone: String,
    },
    /// A zone of the meter was not handed in.
    Missing {
        /// The zone.
        zone: String,
    },
    /// A zone was handed in twice, or the meter names two of its registers alike.
    Duplicate {
        /// The zone.
        zone: String,
    },
}
