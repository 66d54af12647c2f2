//! What the resident typed → digits of the dial → the value that is sent.
//!
//! The text is never turned into a float: the fraction is dropped (or kept, or rounded, as the utility wants)
//! on the digits themselves. The same parse tells the screen which drums are black and which are greyed out.

use super::{Dial, FractionPolicy, Volume};

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

/// Why the text is no reading. Positions count characters from 1, as a person would.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypedProblem {
    /// Nothing but spaces.
    #[error("nothing was typed")]
    Empty,
    /// Something that is neither a digit, a comma nor a space between groups.
    #[error("{character:?} at position {position} is not a digit")]
    NotADigit {
        /// Where.
        position: i32,
        /// What.
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

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' | '\n' | '\r')
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
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
        let leading = text.chars().take_while(|c| is_space(*c)).count();
        let body = text.trim_matches(is_space);
        if body.is_empty() {
            return Err(TypedProblem::Empty);
        }
        let mut typed = Self::default();
        let mut comma = false;
        // The space that opened the group being read, and the group's digits so far.
        let mut group: Option<(i32, usize)> = None;
        for (index, c) in body.chars().enumerate() {
            let position = count(leading + index + 1);
            match c {
                '0'..='9' => {
                    if comma { &mut typed.fraction } else { &mut typed.whole }.push(c);
                    if let Some((_, digits)) = &mut group {
                        *digits += 1;
                    }
                }
                ',' | '.' if comma => return Err(TypedProblem::SecondComma { position }),
                ',' | '.' => {
                    close_group(group.take())?;
                    comma = true;
                }
                '-' | '−' | '–' if index == 0 => return Err(TypedProblem::Negative),
                c if is_space(c) => {
                    close_group(group)?;
                    let first_group_fits = (1..=3).contains(&typed.whole.len()) || group.is_some();
                    if comma || !first_group_fits {
                        return Err(TypedProblem::StraySpace { position });
                    }
                    group = Some((position, 0));
                }
                c => {
                    return Err(TypedProblem::NotADigit { position, character: c.to_string() });
                }
            }
        }
        close_group(group)?;
        if typed.whole.is_empty() {
            return Err(TypedProblem::NoWholeDigits);
        }
        Ok(typed)
    }

    /// The value that the utility wants, and the digits that it does not.
    ///
    /// Rounding up never leaves the dial: 99999,9 on five drums stays 99999.
    #[must_use]
    pub fn keep(&self, policy: FractionPolicy, dial: Dial) -> Kept {
        let whole = self.whole.trim_start_matches('0').parse().unwrap_or(0_i64);
        match policy {
            FractionPolicy::Truncate => {
                Kept { value: Volume::from_units(whole), dropped: self.fraction.clone() }
            }
            FractionPolicy::HalfUp => {
                let highest = 10_i64.pow(u32::from(dial.whole())) - 1;
                let up = i64::from(self.fraction.as_bytes().first().is_some_and(|d| *d >= b'5'));
                Kept { value: Volume::from_units((whole + up).min(highest)), dropped: self.fraction.clone() }
            }
            FractionPolicy::Keep(digits) => {
                let split = self.fraction.len().min(usize::from(digits.min(4)));
                let (kept, dropped) = self.fraction.split_at(split);
                let thousandths = format!("{kept:0<4}").parse().unwrap_or(0_i64);
                Kept {
                    value: Volume::from_ten_thousandths(
                        Volume::from_units(whole).ten_thousandths() + thousandths,
                    ),
                    dropped: dropped.to_owned(),
                }
            }
        }
    }
}

fn close_group(group: Option<(i32, usize)>) -> Result<(), TypedProblem> {
    match group {
        Some((position, digits)) if digits != 3 => Err(TypedProblem::StraySpace { position }),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;
