//! When a line or an office is open, in the utility's zone.
//!
//! Holidays are not known: a line that is told to be open on weekdays is told to be open on 1 January too, if that
//! is one.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Contacts, Phone, ProfileProblems, clock_time};
use crate::Instant;
use crate::window::local_instant;

/// When a line answers, in the utility's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Not on Saturday and Sunday.
    #[serde(default)]
    pub weekdays_only: bool,
    /// `HH:MM`, with `until`; without both, all day or unknown within the day.
    #[serde(default, with = "clock_time::optional")]
    pub from: Option<NaiveTime>,
    /// `HH:MM`, exclusive.
    #[serde(default, with = "clock_time::optional")]
    pub until: Option<NaiveTime>,
    /// Day and night, every day.
    #[serde(default)]
    pub always: bool,
}

/// A line, and whether somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub phone: Phone,
    /// Whether somebody answers.
    pub answers: Answers,
}

/// Whether somebody answers at a moment. Holidays are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Yes.
    Now {
        /// The first moment at which nobody does; none for a line that always answers.
        until: Option<Instant>,
    },
    /// No.
    Closed {
        /// The utility's day on which somebody will.
        next_on: NaiveDate,
        /// The moment, where the hours are known.
        next_at: Option<Instant>,
    },
    /// The profile does not say.
    Unknown,
}

impl Contacts {
    /// Who answers at a moment, line by line in the profile's order.
    #[must_use]
    pub fn lines_at(&self, at: Instant, zone: Tz) -> Vec<Line> {
        let answers =
            |phone: &Phone| phone.hours.as_ref().map_or(Answers::Unknown, |h| h.answers_at(at, zone));
        self.phones.iter().map(|phone| Line { phone: phone.clone(), answers: answers(phone) }).collect()
    }
}

impl Hours {
    /// Whether the line answers at a moment; `None` when the profile does not say at which hours.
    #[must_use]
    pub fn open_at(&self, at: Instant, zone: Tz) -> Option<bool> {
        match self.answers_at(at, zone) {
            Answers::Now { .. } => Some(true),
            Answers::Closed { .. } => Some(false),
            Answers::Unknown => None,
        }
    }

    /// Whether somebody answers at a moment, until when, and if not, when next.
    #[must_use]
    pub fn answers_at(&self, at: Instant, zone: Tz) -> Answers {
        if self.always {
            return Answers::Now { until: None };
        }
        let local = at.with_timezone(&zone);
        let (today, now) = (local.date_naive(), local.time());
        let closed_until = |date: NaiveDate| Answers::Closed {
            next_on: date,
            next_at: self.from.map(|from| local_instant(zone, date, from)),
        };
        if !self.is_day(today) {
            return closed_until(self.next_day(today));
        }
        let (Some(from), Some(until)) = (self.from, self.until) else {
            return Answers::Unknown;
        };
        if now < from {
            closed_until(today)
        } else if now < until {
            Answers::Now { until: Some(local_instant(zone, today, until)) }
        } else {
            closed_until(self.next_day(today))
        }
    }

    fn is_day(&self, date: NaiveDate) -> bool {
        !self.weekdays_only || date.weekday().number_from_monday() <= 5
    }

    fn next_day(&self, date: NaiveDate) -> NaiveDate {
        let coming = (1..=3).filter_map(|days| date.checked_add_days(Days::new(days)));
        coming.into_iter().find(|day| self.is_day(*day)).unwrap_or(date)
    }

    pub(super) fn check(&self, path: &str, problems: &mut ProfileProblems) {
        match (self.from, self.until) {
            (Some(_), None) => problems.add(format!("{path}.until"), "is missing, and from is there"),
            (None, Some(_)) => problems.add(format!("{path}.from"), "is missing, and until is there"),
            (Some(from), Some(until)) => {
                problems.unless(from < until, format!("{path}.until"), "is not after from");
            }
            (None, None) => {}
        }
        let limited = self.weekdays_only || self.from.is_some();
        problems.unless(!(self.always && limited), format!("{path}.always"), "is said together with limits");
    }
}
