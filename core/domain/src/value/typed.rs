//! What the resident typed → digits of the dial → the value that is sent.
//!
//! The text is never turned into a float: the fraction is dropped (or kept, or rounded, as the utility wants)
//! on the digits themselves. The same parse tells the screen which drums are black and which are greyed out.

use super::scan::{count, scan};
use super::{Dial, FractionPolicy, TypedProblem, Volume};

/// The digits that were typed, leading zeros included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// Digits before the comma.
    pub whole: String,
    /// Digits after the comma, possibly none.
    pub fraction: String,
}

/// What is left of a typed value under a utility's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The value to be sent.
    pub value: Volume,
    /// Fractional digits that are not sent, as typed; empty when none are lost.
    pub dropped: String,
}

impl Typed {
    /// Reads typed text for a dial.
    ///
    /// Accepted: spaces at the ends and between groups of three digits (ordinary, no-break, narrow), one comma
    /// or point, leading zeros.
    ///
    /// # Errors
    /// [`TypedProblem`] says what is wrong and where.
    pub fn parse(text: &str, dial: Dial) -> Result<Self, TypedProblem> {
        let typed = Self::digits(text)?;
        typed.fits(dial)?;
        Ok(typed)
    }

    /// Checks the digits against a dial.
    ///
    /// # Errors
    /// [`TypedProblem::TooManyWholeDigits`], [`TypedProblem::TooManyFractionDigits`].
    pub fn fits(&self, dial: Dial) -> Result<(), TypedProblem> {
        let significant = self.whole.trim_start_matches('0').len();
        if significant > usize::from(dial.whole()) {
            return Err(TypedProblem::TooManyWholeDigits {
                dial: i32::from(dial.whole()),
                typed: count(significant),
            });
        }
        if self.fraction.len() > usize::from(dial.fraction()) {
            return Err(TypedProblem::TooManyFractionDigits {
                dial: i32::from(dial.fraction()),
                typed: count(self.fraction.len()),
            });
        }
        Ok(())
    }

    /// Reads typed text without a look at the dial, so that a screen can show what was typed even when it is too much.
    ///
    /// # Errors
    /// [`TypedProblem`] says what is wrong and where.
    pub fn digits(text: &str) -> Result<Self, TypedProblem> {
        scan(text)
    }

    /// The value that the utility wants, and the digits that it does not.
    ///
    /// For digits that [fit](Self::fits) the dial. Rounding up never leaves it: 99999,9 on five drums stays 99999.
    #[must_use]
    pub fn keep(&self, policy: FractionPolicy, dial: Dial) -> Kept {
        let whole = Volume::from_units(number(&self.whole));
        match policy {
            FractionPolicy::Truncate => Kept { value: whole, dropped: self.fraction.clone() },
            FractionPolicy::HalfUp => {
                let highest = Volume::from_units(10_i64.saturating_pow(u32::from(dial.whole())) - 1);
                let up = i64::from(self.fraction.starts_with(['5', '6', '7', '8', '9']));
                Kept {
                    value: whole.plus(Volume::from_units(up)).min(highest),
                    dropped: self.fraction.clone(),
                }
            }
            FractionPolicy::Keep(digits) => {
                let kept: String = self.fraction.chars().take(usize::from(digits.min(4))).collect();
                let ten_thousandths = Volume::from_ten_thousandths(number(&format!("{kept:0<4}")));
                let dropped = self.fraction.chars().skip(kept.chars().count()).collect();
                Kept { value: whole.plus(ten_thousandths), dropped }
            }
        }
    }
}

/// The number that digits make; more than an integer holds is the greatest there is.
fn number(digits: &str) -> i64 {
    digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .fold(0, |number: i64, digit| number.saturating_mul(10).saturating_add(i64::from(digit)))
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "typed_properties_tests.rs"]
mod properties;
