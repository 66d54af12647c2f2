//! A month of account (расчётный период).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// The months that four digits of a year can write: the first, and the last day of the last.
const FIRST: Option<NaiveDate> = NaiveDate::from_ymd_opt(0, 1, 1);
const LAST: Option<NaiveDate> = NaiveDate::from_ymd_opt(9999, 12, 31);

/// A calendar month in the utility's zone, of the years 0 to 9999; what lies outside is the nearest of them.
/// Written `2026-11`.
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
        let within = date.clamp(FIRST.unwrap_or(date), LAST.unwrap_or(date));
        Self { first: within.with_day(1).unwrap_or(within) }
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first + Months::new(1))
    }

    /// The month before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        self.months_back(1)
    }

    /// The month so many before this one.
    #[must_use]
    pub fn months_back(self, months: u32) -> Self {
        Self::of(self.first.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN))
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.first + Months::new(1) - Days::new(1)
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
        // Only digits: chrono itself would take a sign or a space for part of a year.
        let well_formed = text.len() == 7
            && text.bytes().enumerate().all(|(i, b)| if i == 4 { b == b'-' } else { b.is_ascii_digit() });
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
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn december_is_followed_by_january_of_the_next_year() {
        let december = period("2026-12");
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.next().previous(), december);
        assert_eq!(december.next().months_since(december), 1);
        assert_eq!(december.months_since(period("2027-02")), -2);
        assert_eq!(december.months_back(14).to_string(), "2025-10");
    }

    #[test]
    fn february_of_a_leap_year_has_its_29th() {
        assert_eq!(period("2028-02").last_day().to_string(), "2028-02-29");
        assert_eq!(period("2027-02").last_day().to_string(), "2027-02-28");
        assert_eq!(period("2026-12").last_day().to_string(), "2026-12-31");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in [
            "2026-13",
            "2026-00",
            "2026-1",
            "26-11",
            "2026/11",
            "",
            "2026-11-01",
            "+999-11",
            " 999-11",
            "2026- 1",
        ] {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod(text.to_owned())), "{text:?}");
        }
    }

    #[test]
    fn months_beyond_four_digits_of_a_year_are_the_first_and_the_last() {
        let (first, last) = (period("0000-01"), period("9999-12"));
        assert_eq!((Period::of(NaiveDate::MIN), Period::of(NaiveDate::MAX)), (first, last));
        assert_eq!((first.previous(), last.next()), (first, last));
        assert_eq!(
            (first.next().to_string().as_str(), last.previous().to_string().as_str()),
            ("0000-02", "9999-11")
        );
        assert_eq!(last.last_day().to_string(), "9999-12-31");
        assert_eq!((period("2026-11").months_back(u32::MAX), last.months_back(119_999)), (first, first));
        assert_eq!(last.months_since(first), 119_999);
    }

    #[test]
    fn a_stored_period_is_its_text() {
        let stored = serde_json::to_string(&period("2026-11")).unwrap();
        assert_eq!(stored, "\"2026-11\"");
        assert_eq!(serde_json::from_str::<Period>(&stored).unwrap(), period("2026-11"));
    }

    proptest! {
        #[test]
        fn every_date_lies_in_its_month_and_months_are_written_and_read(days in 0_i64..3_652_000, back in 0_u32..500) {
            let date = FIRST.unwrap() + TimeDelta::days(days);
            let month = Period::of(date);
            prop_assert!((month.first_day()..=month.last_day()).contains(&date));
            prop_assert_eq!(period(&month.to_string()), month);
            let earlier = month.months_back(back);
            prop_assert_eq!(earlier, (0..back).fold(month, |m, _| m.previous()));
        }
    }
}
