//! A dial's value or a volume of water, exact.
//!
//! Ten-thousandths of the meter's unit (m³) in an integer: as fine as any dial read (0–4 digits after the
//! comma), nine whole digits and a hundred years of sums fit, and there is no float anywhere.
//!
//! Arithmetic stops at [`Volume::MAX`] and [`Volume::MIN`], a thousand times what the largest dial shows: no
//! server's number, however wrong, makes it wrap or panic, and whatever comes out can be written and read back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const SCALE: i64 = 10_000;
const SCALE_DIGITS: usize = 4;
const WHOLE_DIGITS: usize = 12;
const MOST: i64 = 9_999_999_999_999_999;
const LEAST: i64 = -MOST;

/// A value in ten-thousandths of the meter's unit, of at most twelve whole digits. Written as a decimal: `127`,
/// `127.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Volume(i64);

/// The text is not a decimal number with at most four fractional digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal of at most {SCALE_DIGITS} fractional digits: {0:?}")]
pub struct NotADecimal(String);

impl Volume {
    /// The largest: twelve nines before the point and four after it.
    pub const MAX: Self = Self(MOST);
    /// The smallest, as far below zero.
    pub const MIN: Self = Self(LEAST);

    /// Whole units; more than twelve digits are [`Volume::MAX`] (or [`Volume::MIN`]).
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self::from_ten_thousandths(units.saturating_mul(SCALE))
    }

    /// From ten-thousandths of a unit, as stored; what is out of range is [`Volume::MAX`] or [`Volume::MIN`].
    #[must_use]
    pub const fn from_ten_thousandths(raw: i64) -> Self {
        match raw {
            MOST.. => Self::MAX,
            ..=LEAST => Self::MIN,
            within => Self(within),
        }
    }

    /// Ten-thousandths of a unit, as stored.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// `self + other`, within [`Volume::MIN`] and [`Volume::MAX`].
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self::from_ten_thousandths(self.0 + other.0)
    }

    /// `self − earlier`: what was used between two readings, below zero when the dial went back; within
    /// [`Volume::MIN`] and [`Volume::MAX`].
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self::from_ten_thousandths(self.0 - earlier.0)
    }

    /// Whole units, the fraction dropped.
    #[must_use]
    pub const fn truncated(self) -> Self {
        Self(self.0 / SCALE * SCALE)
    }

    /// `self × times`, within [`Volume::MIN`] and [`Volume::MAX`].
    #[must_use]
    pub const fn times(self, times: i64) -> Self {
        Self::from_ten_thousandths(self.0.saturating_mul(times))
    }

    /// Below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Exactly zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let raw = self.0.unsigned_abs();
        let scale = SCALE.unsigned_abs();
        let (whole, fraction) = (raw / scale, raw % scale);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:0SCALE_DIGITS$}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl FromStr for Volume {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotADecimal(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let point_without_digits = digits.contains('.') && fraction.is_empty();
        if whole.is_empty()
            || whole.len() > WHOLE_DIGITS
            || fraction.len() > SCALE_DIGITS
            || point_without_digits
            || !all_digits(whole)
            || !all_digits(fraction)
        {
            return Err(refuse());
        }
        let padded = format!("{whole}{fraction:0<SCALE_DIGITS$}");
        let raw: i64 = padded.parse().map_err(|_| refuse())?;
        Ok(Self(if negative { -raw } else { raw }))
    }
}

impl TryFrom<String> for Volume {
    type Error = NotADecimal;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Volume> for String {
    fn from(volume: Volume) -> Self {
        volume.to_string()
    }
}

#[cfg(test)]
#[path = "volume_tests.rs"]
mod tests;
