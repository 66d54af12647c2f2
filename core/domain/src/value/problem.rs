//! Why a typed text is no reading: the reason and the place, for the screen to put into words.

/// Why the text is no reading. Positions count characters from 1, as a person would: an accent belongs to the
/// character under it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedProblem {
    /// Nothing but spaces.
    #[error("nothing was typed")]
    Empty,
    /// Something that is none of the digits 0–9, a comma, or a space between groups; digits of other scripts too.
    #[error("{character:?} at position {position} is none of the digits 0–9")]
    NotADigit {
        /// Where.
        position: i32,
        /// What: the character with its accents, or `U+200B` for one that can't be seen.
        character: String,
    },
    /// A second comma or point.
    #[error("a second comma at position {position}")]
    SecondComma {
        /// Where.
        position: i32,
    },
    /// A space that does not part groups of three digits.
    #[error("a space at position {position} inside the number")]
    StraySpace {
        /// Where.
        position: i32,
    },
    /// A minus sign.
    #[error("a reading is never below zero")]
    Negative,
    /// Only the fraction was typed.
    #[error("no digits before the comma")]
    NoWholeDigits,
    /// More significant digits before the comma than the dial has.
    #[error("{typed} whole digits typed, the dial has {dial}")]
    TooManyWholeDigits {
        /// Black drums of the dial.
        dial: i32,
        /// Significant digits typed.
        typed: i32,
    },
    /// More digits after the comma than the dial has.
    #[error("{typed} fractional digits typed, the dial has {dial}")]
    TooManyFractionDigits {
        /// Red drums of the dial.
        dial: i32,
        /// Digits typed.
        typed: i32,
    },
}
