//! A utility's rule: the day of each end, and what that is in a given month.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::Period;

/// A day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "not a day of 1–31 and not \"last\"")]
pub enum Day {
    /// 1–31; a day that the month lacks is its last day.
    Number(u8),
    /// The last day of the month, written `"last"`.
    Last(LastDay),
}

/// The word `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LastDay {
    /// The word.
    #[serde(rename = "last")]
    Last,
}

/// One end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowEnd {
    /// The day.
    pub day: Day,
    /// Of the month after the period's.
    #[serde(default)]
    pub next_month: bool,
}

/// When readings of a period are taken; both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowRule {
    /// The first day.
    pub opens: WindowEnd,
    /// The last day.
    pub closes: WindowEnd,
}

impl WindowEnd {
    /// The day of this end in the window of a period.
    #[must_use]
    pub fn date(self, period: Period) -> NaiveDate {
        let first = period.first_day() + Months::new(u32::from(self.next_month));
        let last = first + Months::new(1) - Days::new(1);
        match self.day {
            Day::Last(_) => last,
            Day::Number(day) => last.min(first + Days::new(u64::from(day.saturating_sub(1)))),
        }
    }
}
