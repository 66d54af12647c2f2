//! Submission windows (сроки передачи показаний): when a utility takes the readings of a period.
//!
//! A rule names a day for each end, of the period's own month or of the next one, so that 23–25, 15 → 3rd of
//! the next month and 28 → 1st all fit. Days are the utility's: the 25th ends at midnight in its zone,
//! wherever the phone is.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Instant, Period};

/// A day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
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

/// What becomes of a reading that is taken after its window has closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReadings {
    /// It counts for the next period, and waits for its window (Kursk; seen).
    #[default]
    NextPeriod,
    /// Up to and including this day it is sent for the period that has closed, and the utility decides.
    SendUntil(WindowEnd),
}

/// Why a rule can't be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WindowProblem {
    /// No month has the day.
    #[error("day {0} is in no month")]
    NoSuchDay(u8),
    /// The end lies before the beginning.
    #[error("it closes before it opens")]
    ClosesBeforeItOpens,
    /// It is still open when the next one opens.
    #[error("it is still open when the next one opens")]
    RunsIntoTheNext,
}

/// The window of one period.
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

/// A rule in a zone: answers everything about dates.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    /// The utility's zone.
    pub zone: Tz,
    /// The utility's rule.
    pub rule: WindowRule,
}

impl WindowEnd {
    fn date(self, period: Period) -> NaiveDate {
        let month = if self.next_month { period.next() } else { period };
        match self.day {
            Day::Last(_) => month.last_day(),
            Day::Number(day) => {
                let wanted = month.first_day() + Days::new(u64::from(day.max(1)) - 1);
                wanted.min(month.last_day())
            }
        }
    }
}

impl WindowRule {
    /// Checks that the rule gives every month one window, apart from its neighbours.
    ///
    /// # Errors
    /// [`WindowProblem`] names what is impossible.
    pub fn validate(&self) -> Result<(), WindowProblem> {
        for end in [self.opens, self.closes] {
            if let Day::Number(day) = end.day
                && !(1..=31).contains(&day)
            {
                return Err(WindowProblem::NoSuchDay(day));
            }
        }
        // Four years hold every pair of month lengths, the leap February included.
        let mut period = Period::of(NaiveDate::default());
        for _ in 0..48 {
            let closes = self.closes.date(period);
            if closes < self.opens.date(period) {
                return Err(WindowProblem::ClosesBeforeItOpens);
            }
            if self.opens.date(period.next()) <= closes {
                return Err(WindowProblem::RunsIntoTheNext);
            }
            period = period.next();
        }
        Ok(())
    }
}

impl Calendar {
    /// The window of a period.
    #[must_use]
    pub fn window(&self, period: Period) -> Window {
        let (opens, closes) = (self.rule.opens.date(period), self.rule.closes.date(period));
        Window {
            period,
            opens,
            closes,
            opens_at: self.start_of(opens),
            closes_at: self.start_of(closes + Days::new(1)),
        }
    }

    /// The window that is open now, or else the next to open.
    #[must_use]
    pub fn position(&self, now: Instant) -> Position {
        let mut window = self.window(Period::of(self.date(now)).previous());
        while window.closes_at <= now {
            window = self.window(window.period.next());
        }
        if window.opens_at <= now { Position::Open(window) } else { Position::Before(window) }
    }

    /// The period that a reading taken at this moment counts for: the open window's, or the next one's.
    #[must_use]
    pub fn period_of(&self, taken_at: Instant) -> Period {
        self.position(taken_at).window().period
    }

    /// The date in the utility's zone.
    #[must_use]
    pub fn date(&self, at: Instant) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The first moment of a day. Where a zone's clock jumps over midnight, the day begins after the jump.
    #[must_use]
    pub fn start_of(&self, date: NaiveDate) -> Instant {
        self.at(date, NaiveTime::MIN)
    }

    /// A time of a day; the earlier one of two, and the first moment after a gap.
    #[must_use]
    pub fn at(&self, date: NaiveDate, time: NaiveTime) -> Instant {
        local_instant(self.zone, date, time)
    }
}

/// The instant of a local time in a zone; the earlier one of two, and the first moment after a gap.
pub(super) fn local_instant(zone: Tz, date: NaiveDate, time: NaiveTime) -> Instant {
    const LONGEST_GAP_QUARTERS: i32 = 26 * 4;
    let wanted = date.and_time(time);
    (0..=LONGEST_GAP_QUARTERS)
        .find_map(|quarter| zone.from_local_datetime(&(wanted + TimeDelta::minutes(15) * quarter)).earliest())
        .map_or_else(|| Utc.from_utc_datetime(&wanted), |local| local.with_timezone(&Utc))
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
#[path = "window_tests.rs"]
mod tests;
