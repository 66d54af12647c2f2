//! What is asked about a value, and the guess at what happened.

use crate::Volume;

/// What is odd about a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

impl Doubt {
    /// The name in the contract's `confirmed[]` and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NothingUsed => "equal",
            Self::Lower => "lower",
            Self::Higher => "higher",
            Self::AboveLimit => "above_limit",
        }
    }
}

/// A doubt with the numbers that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// What probably happened, from the digits as typed and from the other meters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What kind of slip.
    pub cause: Cause,
    /// The value that was probably meant, where there is only one such.
    pub suggestion: Option<Suggestion>,
    /// The meter that the typed value probably belongs to, when meters were swapped.
    pub other_meter: Option<String>,
}

/// What went wrong between the dial and the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    /// The value that would be sent.
    pub value: Volume,
    /// The dial's whole face, to be compared with it.
    pub face: Volume,
}
