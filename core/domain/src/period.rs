//! A month of account (расчётный период).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar month in the utility's zone. Written `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: NaiveDate,
}

/// The text is not `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a month as YYYY-MM: {0:?}")]
pub struct NotAPeriod(String);

impl Period {
    /// The month that a date lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { first: date.with_day(1).unwrap_or(date) }
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first + Days::new(31))
    }

    /// The month before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.first - Days::new(1))
    }

    /// The month so many before this one.
    #[must_use]
    pub fn months_back(self, months: u32) -> Self {
        (0..months).fold(self, |period, _| period.previous())
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first - Days::new(1)
    }

    /// How many months `earlier` lies before this one; below zero when it lies after.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        let count = |p: Self| p.first.year() * 12 + i32::try_from(p.first.month0()).unwrap_or(0);
        count(self) - count(earlier)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let well_formed = text.len() == 7 && text.is_ascii();
        well_formed
            .then(|| NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok())
            .flatten()
            .map(Self::of)
            .ok_or_else(|| NotAPeriod(text.to_owned()))
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn december_is_followed_by_january_of_the_next_year() {
        let december: Period = "2026-12".parse().unwrap();
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().previous(), december);
        assert_eq!(december.next().months_since(december), 1);
    }

    #[test]
    fn february_of_a_leap_year_has_its_29th() {
        let february: Period = "2028-02".parse().unwrap();
        assert_eq!(february.last_day().to_string(), "2028-02-29");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["2026-13", "2026-1", "26-11", "2026/11", "", "2026-11-01"] {
            assert!(text.parse::<Period>().is_err(), "{text:?}");
        }
    }
}
