//! Reminders of the submission window, planned on the phone with no server.
//!
//! A window has a few moments at which a resident who is not done is told: its first day, its second, the
//! morning of the last, and three hours before the end. [`schedule`] is a pure function of the moment and of
//! what is left to do, so it may be called at any time, any number of times: after a reboot, a change of clock
//! or zone, or after weeks in which the app was not opened.

use chrono::{Days, NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;

use super::window::local_instant;
use super::{Calendar, Instant, Position, Window};

/// Reminders come at this hour of the utility's day: late enough to be awake, early enough to act.
const MORNING: NaiveTime = hour(10);
/// The last call comes so long before the end.
const LAST_CALL_HOURS: i64 = 3;
/// Nobody is woken between these hours of the phone's day (rules: quiet hours).
const QUIET_FROM: NaiveTime = hour(22);
const QUIET_UNTIL: NaiveTime = hour(8);
/// A deadline that falls into the night is announced at this hour of the evening before.
const EVENING: NaiveTime = hour(21);

const fn hour(hour: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, 0, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

/// Which moment of the window a reminder belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReminderKind {
    /// The window has opened.
    FirstDay,
    /// The day after.
    SecondDay,
    /// The morning of the last day.
    LastDay,
    /// Three hours are left.
    LastHours,
}

impl ReminderKind {
    const ALL: [Self; 4] = [Self::FirstDay, Self::SecondDay, Self::LastDay, Self::LastHours];

    const fn name(self) -> &'static str {
        match self {
            Self::FirstDay => "first-day",
            Self::SecondDay => "second-day",
            Self::LastDay => "last-day",
            Self::LastHours => "last-hours",
        }
    }

    const fn announces_the_end(self) -> bool {
        matches!(self, Self::LastDay | Self::LastHours)
    }
}

/// What is left to do in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agenda {
    /// Meters without a reading.
    pub missing: usize,
    /// Readings taken that have not left the phone.
    pub unsent: usize,
}

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The window's moment.
    pub kind: ReminderKind,
    /// The window.
    pub window: Window,
    /// When it is to be shown.
    pub at: Instant,
}

impl Reminder {
    /// The same for every planning of the same reminder: `2026-11/first-day`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}", self.window.period, self.kind.name())
    }
}

/// What to show now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// To be shown now; several missed moments are one reminder, the latest.
    pub due: Option<Reminder>,
    /// When to ask again.
    pub next_wake: Instant,
}

/// Plans the reminders of the open or coming window.
///
/// `was_shown` tells of a reminder's id whether the resident has seen it. A day in which nothing is left to do is
/// silent, and what has not left the phone is spoken of only near the end, because it mostly leaves by itself.
#[must_use]
pub fn schedule(
    now: Instant,
    calendar: &Calendar,
    phone_zone: Tz,
    agenda: Agenda,
    was_shown: impl Fn(&str) -> bool,
) -> Schedule {
    let position = calendar.position(now);
    let window = position.window();
    let worth_it = |r: &Reminder| agenda.missing > 0 || (agenda.unsent > 0 && r.kind.announces_the_end());
    let moments = moments(calendar, window, phone_zone);
    let due = match position {
        Position::Before(_) => None,
        Position::Open(_) => {
            moments.iter().rev().find(|r| r.at <= now).filter(|r| worth_it(r) && !was_shown(&r.id())).cloned()
        }
    };
    let next_wake = moments
        .into_iter()
        .filter(|r| r.at > now && (worth_it(r) || !position.is_open()))
        .map(|r| r.at)
        .next()
        .unwrap_or_else(|| first_moment(calendar, calendar.window(window.period.next()), phone_zone));
    Schedule { due, next_wake }
}

fn first_moment(calendar: &Calendar, window: Window, phone_zone: Tz) -> Instant {
    moments(calendar, window, phone_zone).first().map_or(window.opens_at, |r| r.at)
}

/// The moments of a window in the order of their time.
fn moments(calendar: &Calendar, window: Window, phone_zone: Tz) -> Vec<Reminder> {
    let second = window.opens + Days::new(1);
    let mut moments: Vec<Reminder> = ReminderKind::ALL
        .into_iter()
        .filter(|kind| match kind {
            ReminderKind::FirstDay => window.opens < window.closes,
            ReminderKind::SecondDay => second < window.closes,
            ReminderKind::LastDay | ReminderKind::LastHours => true,
        })
        .map(|kind| {
            let wanted = match kind {
                ReminderKind::FirstDay => calendar.at(window.opens, MORNING),
                ReminderKind::SecondDay => calendar.at(second, MORNING),
                ReminderKind::LastDay => calendar.at(window.closes, MORNING),
                ReminderKind::LastHours => window.closes_at - TimeDelta::hours(LAST_CALL_HOURS),
            };
            let at = outside_quiet_hours(wanted, kind, window, phone_zone);
            Reminder { kind, window, at }
        })
        .collect();
    moments.sort_by_key(|r| (r.at, r.kind));
    moments
}

fn outside_quiet_hours(wanted: Instant, kind: ReminderKind, window: Window, zone: Tz) -> Instant {
    let local = wanted.with_timezone(&zone);
    let (date, time) = (local.date_naive(), local.time());
    let late = time.hour() >= QUIET_FROM.hour();
    if !late && time.hour() >= QUIET_UNTIL.hour() {
        return wanted;
    }
    let morning_after = local_instant(zone, if late { date + Days::new(1) } else { date }, QUIET_UNTIL);
    let evening_before = local_instant(zone, if late { date } else { date - Days::new(1) }, EVENING);
    if kind.announces_the_end() || morning_after >= window.closes_at {
        evening_before.max(window.opens_at)
    } else {
        morning_after
    }
}

#[cfg(test)]
#[path = "reminder_tests.rs"]
mod tests;
