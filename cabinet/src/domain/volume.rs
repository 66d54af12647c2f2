//! Volumes as exact decimals: text outside, ten-thousandths of the meter's unit inside. No floats anywhere.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Decimal places that are kept; as fine as any dial.
const PLACES: usize = 4;
/// Whole digits that are read; nine stay far from the end of an `i64`, sums of thousands of years included.
const WHOLE_DIGITS: usize = 9;
const UNIT: i64 = 10_000;

/// A meter's value, or a use of water, in the unit of the meter (cubic metres).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Volume(i64);

/// The text is not a plain decimal like `127` or `127.5`.
#[derive(Debug, thiserror::Error)]
#[error("not a decimal of at most {WHOLE_DIGITS} whole digits and {PLACES} places")]
pub struct NotAVolume;

impl Volume {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole units.
    pub const fn whole(units: i64) -> Self {
        Self(units * UNIT)
    }

    /// From ten-thousandths, as the storage keeps it.
    pub const fn from_ten_thousandths(ten_thousandths: i64) -> Self {
        Self(ten_thousandths)
    }

    /// Ten-thousandths of the unit.
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// The value at which a dial of so many whole digits starts again from zero.
    pub const fn dial_end(whole_digits: u32) -> Self {
        Self(10_i64.pow(whole_digits) * UNIT)
    }

    /// How many decimal places it takes to write it.
    pub fn places(self) -> u32 {
        let mut rest = self.0 % UNIT;
        let mut places = 0;
        while rest != 0 {
            rest = rest * 10 % UNIT;
            places += 1;
        }
        places
    }

    /// `self × times ÷ parts`, rounded half up to so many places: one rounding, at the end.
    ///
    /// `parts` is above zero.
    pub fn scaled(self, times: i64, parts: i64, places: u32) -> Self {
        let step = i128::from(10_i64.pow(PLACES as u32 - places.min(PLACES as u32)));
        let steps = half_up(i128::from(self.0) * i128::from(times), i128::from(parts) * step);
        Self((steps * step) as i64)
    }

    /// What it costs at so many kopecks a unit, half up to a kopeck.
    pub fn cost(self, tariff_kopecks: i64) -> i64 {
        half_up(i128::from(self.0) * i128::from(tariff_kopecks), i128::from(UNIT)) as i64
    }
}

/// Division rounded half up, towards plus infinity for a negative half.
fn half_up(dividend: i128, divisor: i128) -> i128 {
    (2 * dividend + divisor).div_euclid(2 * divisor)
}

impl std::ops::Add for Volume {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Volume {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::iter::Sum for Volume {
    fn sum<I: Iterator<Item = Self>>(volumes: I) -> Self {
        volumes.fold(Self::ZERO, |sum, volume| sum + volume)
    }
}

impl FromStr for Volume {
    type Err = NotAVolume;

    fn from_str(text: &str) -> Result<Self, NotAVolume> {
        let (whole, fraction) =
            text.split_once('.').map_or((text, None), |(whole, rest)| (whole, Some(rest)));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || whole.len() > WHOLE_DIGITS {
            return Err(NotAVolume);
        }
        let mut ten_thousandths = whole.parse::<i64>().map_err(|_| NotAVolume)? * UNIT;
        if let Some(fraction) = fraction {
            if !digits(fraction) || fraction.len() > PLACES {
                return Err(NotAVolume);
            }
            ten_thousandths += format!("{fraction:0<PLACES$}").parse::<i64>().map_err(|_| NotAVolume)?;
        }
        Ok(Self(ten_thousandths))
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) =
            (self.0.unsigned_abs() / UNIT.unsigned_abs(), self.0.unsigned_abs() % UNIT.unsigned_abs());
        write!(f, "{sign}{whole}")?;
        if fraction != 0 {
            let digits = format!("{fraction:0PLACES$}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl Serialize for Volume {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Volume {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_read_and_they_are_written_without_idle_zeros() {
        for (text, written) in [("127", "127"), ("00127.500", "127.5"), ("0", "0"), ("0.0001", "0.0001")] {
            assert_eq!(
                text.parse::<Volume>().map(|v| v.to_string()).ok().as_deref(),
                Some(written),
                "{text}"
            );
        }
        for text in ["", "-5", "1e3", "1,5", "1.", ".5", "1.2.3", "1234567890", "0.12345", " 1", "+1"] {
            assert!(text.parse::<Volume>().is_err(), "{text}");
        }
        assert_eq!((Volume::whole(1) - Volume::from_ten_thousandths(25_000)).to_string(), "-1.5");
    }

    #[test]
    fn scaling_and_cost_round_once_and_half_up() {
        assert_eq!(Volume::whole(11).scaled(1, 3, 0), Volume::whole(4)); // 3.67
        assert_eq!(Volume::whole(21).scaled(1, 6, 0), Volume::whole(4)); // 3.5
        assert_eq!(Volume::whole(10).scaled(1, 3, 0), Volume::whole(3)); // 3.33
        assert_eq!(Volume::whole(10).scaled(1, 3, 3).to_string(), "3.333");
        assert_eq!(Volume::from_ten_thousandths(15_000).cost(333), 500); // 499.5
        assert_eq!(Volume::whole(-2).cost(1000), -2000);
    }

    #[test]
    fn places_are_those_that_writing_it_takes() {
        assert_eq!(Volume::whole(12).places(), 0);
        assert_eq!(Volume::from_ten_thousandths(123_450).places(), 3);
        assert_eq!(Volume::from_ten_thousandths(1).places(), 4);
    }
}
