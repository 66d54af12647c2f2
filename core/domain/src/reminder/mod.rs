//! Reminders, planned on the phone with no server.
//!
//! An occasion (the submission window, a verification, an agreed visit, a payment) has a few moments at which a
//! resident who is not done is told. [`plan`] is a pure function of the moment, of what is left to do and of what
//! was shown, so it may be called at any time, any number of times: after a reboot, a change of clock or zone, or
//! after months in which the app was not opened.
//!
//! - One moment, one ring: whatever is due is one notification of several topics. A ring also takes along what
//!   would ring within [`GATHER`] after it, so that 08:00 and 10:00 do not ring in a row; only the last call of a
//!   window is never early, because "three hours" is what it says.
//! - Of several missed moments of one occasion only the latest counts, and once a later one was shown, the earlier
//!   ones are spoken for.
//! - Wake-ups may come late by less than [`SLACK`]. No ring falls into the quiet hours, however late the wake-up is;
//!   one that is later than that rings after them, if the occasion is not over by then.
//! - Nothing is said of an occasion that is over or done.

mod occasion;
mod quiet;
mod rules;
mod shown;
mod timetable;
mod topic;

use chrono::{Datelike, TimeDelta};
use chrono_tz::Tz;

use super::{Calendar, Instant};

pub use occasion::{Agenda, AgreedVisit, Occasions, PaymentDue, VerificationDue};
pub use rules::ReminderRules;
pub use shown::Shown;
pub use topic::{ReminderKind, Topic, TopicKind};

use timetable::Timetable;

/// Android delivers an inexact alarm within an hour, unless the phone sleeps deeply.
const SLACK: TimeDelta = TimeDelta::hours(1);
/// A ring takes along what would ring within this time after it: the end of the quiet hours takes along the
/// reminders of the morning.
const GATHER: TimeDelta = TimeDelta::hours(2);
/// No right clock shows a year outside of these: a phone whose battery was empty wakes in 1970.
const CREDIBLE_YEARS: std::ops::Range<i32> = 2024..9999;

/// What to show now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// To be shown now, with sound.
    pub due: Option<Due>,
    /// Was shown and is still to be done, the most urgent first. With neither this nor [`due`](Self::due), whatever
    /// notification is still on show is to be taken away.
    pub standing: Vec<Topic>,
    /// When to ask again; after `now` always.
    pub next_wake: Instant,
    /// Ids of records that a wrong clock has made, to be deleted: otherwise their reminders stay silent when their
    /// real time comes.
    pub forget: Vec<String>,
}

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// When it was to be shown: the earliest of its topics' moments. After `now` never.
    pub at: Instant,
    /// What it says, the most urgent first. After showing, record each topic's id as [`Shown`].
    pub topics: Vec<Topic>,
}

/// Plans the reminders of everything that is left to do.
///
/// Days are the utility's (`calendar`), quiet hours the phone's (`phone_zone`). `shown` holds what the resident has
/// been shown, in any order. Asking changes nothing.
#[must_use]
pub fn plan(
    now: Instant,
    calendar: &Calendar,
    phone_zone: Tz,
    rules: &ReminderRules,
    occasions: &Occasions,
    shown: &[Shown],
) -> Schedule {
    if !CREDIBLE_YEARS.contains(&now.year()) {
        let next_wake = now.checked_add_signed(TimeDelta::days(1)).unwrap_or(Instant::MAX_UTC);
        return Schedule { due: None, standing: Vec::new(), next_wake, forget: Vec::new() };
    }
    let timetable = Timetable { now, calendar, phone_zone, rules };
    let night = rules.night(now, phone_zone);
    let stands: Vec<Stand> =
        timetable.occasions(occasions).into_iter().map(|topics| Stand::of(topics, now, shown)).collect();

    let rings = !night.holds(now) && stands.iter().any(|s| s.due.is_some());
    let next_window = timetable.first_of_the_next_window();
    let mut schedule = Schedule {
        due: None,
        standing: Vec::new(),
        next_wake: next_window,
        forget: shown.iter().filter(|s| !s.is_credible(now)).map(|s| s.id.clone()).collect(),
    };
    let mut topics = Vec::new();
    for stand in stands {
        let close = if rings { stand.coming.iter().take_while(|t| t.is_close(now)).count() } else { 0 };
        let (taken_along, coming) = stand.coming.split_at(close);
        if let Some(topic) = taken_along.last().or(stand.due.as_ref().filter(|_| rings)) {
            topics.push(topic.clone());
        } else {
            schedule.standing.extend(stand.said);
        }
        let after_the_night =
            stand.due.as_ref().filter(|t| !rings && night.ends < t.until).map(|_| night.ends);
        let wakes = after_the_night.into_iter().chain(coming.first().map(|t| t.at));
        schedule.next_wake = wakes.fold(schedule.next_wake, Instant::min);
    }
    schedule.standing.sort_by_key(Topic::urgency);
    topics.sort_by_key(Topic::urgency);
    schedule.due = topics.iter().map(|t| t.at).min().map(|at| Due { at, topics });
    schedule
}

/// Where an occasion stands.
struct Stand {
    /// Begun and not shown.
    due: Option<Topic>,
    /// Not begun.
    coming: Vec<Topic>,
    /// Shown, and nothing later is.
    said: Option<Topic>,
}

impl Stand {
    /// `topics` are one occasion's, in the order of their moments.
    fn of(topics: Vec<Topic>, now: Instant, shown: &[Shown]) -> Self {
        let was_shown = |t: &Topic| shown.iter().any(|s| s.id == t.id && s.is_credible(now));
        let mut stand = Self { due: None, coming: Vec::new(), said: None };
        for topic in topics {
            if was_shown(&topic) {
                stand = Self { due: None, coming: Vec::new(), said: Some(topic) };
            } else if topic.at <= now {
                stand.due = Some(topic);
            } else {
                stand.coming.push(topic);
            }
        }
        stand
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod clock_tests;
#[cfg(test)]
#[path = "merge_tests.rs"]
mod merge_tests;
#[cfg(test)]
#[path = "occasion_tests.rs"]
mod occasion_tests;
#[cfg(test)]
#[path = "plan_tests.rs"]
mod plan_tests;
#[cfg(test)]
#[path = "property_tests.rs"]
mod property_tests;
