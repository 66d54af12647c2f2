//! A calendar month of accounting, `2026-11`.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A month, as a count of months since year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(i32);

/// The text is not `YYYY-MM`.
#[derive(Debug, thiserror::Error)]
#[error("not a month like 2026-11")]
pub struct NotAPeriod;

impl Period {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + day.month0() as i32)
    }

    /// So many months later; earlier if negative.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Months from an earlier period to this one.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// A day of this month; a day that the month lacks is its last.
    pub fn day(self, day: u32) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.0.div_euclid(12), self.0.rem_euclid(12) as u32 + 1, 1)
            .unwrap_or(NaiveDate::MAX);
        first.with_day(day).unwrap_or_else(|| {
            let next = first.checked_add_months(Months::new(1));
            next.and_then(|next| next.pred_opt()).unwrap_or(first)
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let bytes = text.as_bytes();
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
        if bytes.len() != 7 || bytes[4] != b'-' || !digits(&bytes[..4]) || !digits(&bytes[5..]) {
            return Err(NotAPeriod);
        }
        let (year, month): (i32, i32) = match (text[..4].parse(), text[5..].parse()) {
            (Ok(year), Ok(month)) => (year, month),
            (Err(_), _) | (_, Err(_)) => return Err(NotAPeriod),
        };
        if !(1900..=9000).contains(&year) || !(1..=12).contains(&month) {
            return Err(NotAPeriod);
        }
        Ok(Self(year * 12 + month - 1))
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_strictly_and_counted_over_the_turn_of_the_year() {
        let period: Period = "2026-12".parse().unwrap_or(Period(0));
        assert_eq!(period.plus(1).to_string(), "2027-01");
        assert_eq!(period.plus(1).since(period.plus(-11)), 12);
        for text in ["2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "2026/11", "٢٠٢٦-11"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_that_the_month_lacks_is_its_last() {
        let february: Period = "2027-02".parse().unwrap_or(Period(0));
        assert_eq!(february.day(31).to_string(), "2027-02-28");
        assert_eq!(february.day(28).to_string(), "2027-02-28");
    }
}
