//! A dial's value or a volume of water, exact.
//!
//! Ten-thousandths of the meter's unit (m³) in an integer: as fine as any dial read (0–4 digits after the
//! comma), nine whole digits and a hundred years of sums fit, and there is no float anywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const SCALE: i64 = 10_000;
const SCALE_DIGITS: usize = 4;

/// A value in ten-thousandths of the meter's unit. Written as a decimal: `127`, `127.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Volume(i64);

/// The text is not a decimal number with at most four fractional digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal of at most {SCALE_DIGITS} fractional digits: {0:?}")]
pub struct NotADecimal(String);

impl Volume {
    /// Whole units.
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units * SCALE)
    }

    /// From ten-thousandths of a unit, as stored.
    #[must_use]
    pub const fn from_ten_thousandths(raw: i64) -> Self {
        Self(raw)
    }

    /// Ten-thousandths of a unit, as stored.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// `self − earlier`: what was used between two readings, below zero when the dial went back.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0 - earlier.0)
    }

    /// The same digits with the comma moved `places` to the left, cut to ten-thousandths.
    #[must_use]
    pub fn shifted_right(self, places: u32) -> Self {
        Self(self.0 / 10_i64.pow(places))
    }

    /// Whole units, the fraction dropped.
    #[must_use]
    pub const fn truncated(self) -> Self {
        Self(self.0 / SCALE * SCALE)
    }

    /// `self × times`.
    #[must_use]
    pub const fn times(self, times: i64) -> Self {
        Self(self.0 * times)
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
            || whole.len() > 12
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_volume_survives_being_written_and_read(raw in -1_000_000_000_000_i64..1_000_000_000_000) {
            let volume = Volume::from_ten_thousandths(raw);
            prop_assert_eq!(volume.to_string().parse::<Volume>().unwrap(), volume);
        }
    }

    #[test]
    fn a_volume_is_written_without_needless_zeros() {
        let written = |raw| Volume::from_ten_thousandths(raw).to_string();
        assert_eq!(written(1_270_000), "127");
        assert_eq!(written(1_275_000), "127.5");
        assert_eq!(written(-1), "-0.0001");
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in ["", ".", "1.", ".5", "1.23456", "1e3", "--1", "1,5", "+1", "1 0", "1234567890123"] {
            assert!(text.parse::<Volume>().is_err(), "{text:?}");
        }
    }
}
