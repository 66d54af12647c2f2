//! The window of one period, and where a moment stands against the windows.

use chrono::{NaiveDate, TimeDelta};

use crate::{Instant, Period};

/// The window of one period.
///
/// Where the zone skipped every day of it (Samoa had no 30.12.2011), it holds no moment: it opens as it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The period whose readings it takes.
    pub period: Period,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day, inclusive.
    pub closes: NaiveDate,
    /// The first moment of the first day.
    pub opens_at: Instant,
    /// The first moment that is too late.
    pub closes_at: Instant,
}

/// Where a moment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Between windows; the next one is given.
    Before(Window),
    /// Inside the window given.
    Open(Window),
}

impl Window {
    /// Whether readings are taken at a moment.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        (self.opens_at..self.closes_at).contains(&at)
    }

    /// Hours until it closes, rounded up: one millisecond left is an hour, none is 0, and so is every moment after.
    #[must_use]
    pub fn hours_left(&self, now: Instant) -> i32 {
        let almost_an_hour = TimeDelta::hours(1) - TimeDelta::nanoseconds(1);
        let left = (self.closes_at - now).max(TimeDelta::zero());
        i32::try_from((left + almost_an_hour).num_hours()).unwrap_or(i32::MAX)
    }

    /// Days after `today` (of the utility's zone) on which readings are taken, as the calendar counts them: 0 on
    /// the last day and ever after.
    #[must_use]
    pub fn days_left(&self, today: NaiveDate) -> i32 {
        days(today, self.closes)
    }

    /// Days from `today` (of the utility's zone) to the first day: 1 on the day before it, 0 from then on.
    #[must_use]
    pub fn days_until_open(&self, today: NaiveDate) -> i32 {
        days(today, self.opens)
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> i32 {
    i32::try_from((to - from).num_days().max(0)).unwrap_or(i32::MAX)
}

impl Position {
    /// The window that the position speaks of.
    #[must_use]
    pub const fn window(self) -> Window {
        match self {
            Self::Before(window) | Self::Open(window) => window,
        }
    }

    /// Whether readings are taken now.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open(_))
    }
}

#[cfg(test)]
#[path = "position_tests.rs"]
mod tests;
