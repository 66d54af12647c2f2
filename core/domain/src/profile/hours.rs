//! When a line or an office is open, in the utility's zone.
//!
//! Holidays are not known: a line that is told to be open on weekdays is told to be open on 1 January too, if that
//! is one.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Contacts, Phone, ProfileProblems, clock_time};
use crate::Instant;
use crate::window::{local_date, local_instant, supported};

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
    /// A holiday would make another answer of it.
    pub unless_holiday: bool,
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
        let line = |phone: &Phone| Line {
            phone: phone.clone(),
            answers: Hours::told_at(phone.hours.as_ref(), at, zone),
            unless_holiday: phone.hours.as_ref().is_some_and(Hours::hang_on_holidays),
        };
        self.phones.iter().map(line).collect()
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

    /// The same as [`answers_at`](Self::answers_at) of hours that the profile may have left out.
    #[must_use]
    pub fn told_at(hours: Option<&Self>, at: Instant, zone: Tz) -> Answers {
        hours.map_or(Answers::Unknown, |hours| hours.answers_at(at, zone))
    }

    /// Whether a holiday would make a difference: it makes none to who is there day and night.
    #[must_use]
    pub const fn hang_on_holidays(&self) -> bool {
        !self.always
    }

    /// Whether somebody answers at a moment, until when, and if not, when next.
    #[must_use]
    pub fn answers_at(&self, at: Instant, zone: Tz) -> Answers {
        if self.always {
            return Answers::Now { until: None };
        }
        let at = supported(at);
        let today = local_date(zone, at);
        let Some(stretch) = self.stretch(zone) else {
            return match self.days_after(today).next() {
                Some(next_on) if !self.is_day(today) => Answers::Closed { next_on, next_at: None },
                Some(_) | None => Answers::Unknown,
            };
        };
        // Instants and not local times: an hour of the night may come twice, or not at all.
        let coming = std::iter::once(today).filter(|day| self.is_day(*day)).chain(self.days_after(today));
        let next =
            coming.map(|day| (day, stretch(day))).find(|(_, (from, until))| from < until && at < *until);
        match next {
            Some((_, (from, until))) if from <= at => Answers::Now { until: Some(until) },
            Some((next_on, (from, _))) => Answers::Closed { next_on, next_at: Some(from) },
            None => Answers::Unknown,
        }
    }

    /// The first moment of a day's hours, and the first one after them; none where the hours are not known.
    fn stretch(&self, zone: Tz) -> Option<impl Fn(NaiveDate) -> (Instant, Instant)> {
        let (from, until) = self.from.zip(self.until)?;
        Some(move |day| (local_instant(zone, day, from), local_instant(zone, day, until)))
    }

    fn days_after(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        (1..=7).filter_map(move |days| date.checked_add_days(Days::new(days))).filter(|day| self.is_day(*day))
    }

    fn is_day(&self, date: NaiveDate) -> bool {
        !self.weekdays_only || date.weekday().number_from_monday() <= 5
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
