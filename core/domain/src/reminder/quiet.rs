//! Quiet hours: what would ring in the night rings in the evening before or in the morning after.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::super::Instant;
use super::super::window::local_instant;
use super::{ReminderRules, SLACK};

/// One night of the phone's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Night {
    /// The last moment for a wake-up: one that comes late is still not in the night.
    pub evening: Instant,
    /// The first quiet moment.
    pub starts: Instant,
    /// The first moment that is not.
    pub ends: Instant,
}

impl Night {
    /// Whether a moment is quiet.
    pub(super) fn holds(&self, at: Instant) -> bool {
        (self.starts..self.ends).contains(&at)
    }
}

impl ReminderRules {
    /// The night whose evening came last.
    pub(super) fn night(&self, at: Instant, zone: Tz) -> Night {
        let date = at.with_timezone(&zone).date_naive();
        let mut night = self.night_of(date + Days::new(1), zone);
        for days_before in 0..=2 {
            if night.evening <= at {
                break;
            }
            night = self.night_of(date - Days::new(days_before), zone);
        }
        night
    }

    fn night_of(&self, date: NaiveDate, zone: Tz) -> Night {
        let over_midnight = self.quiet_until <= self.quiet_from;
        let last_date = if over_midnight { date + Days::new(1) } else { date };
        let starts = local_instant(zone, date, self.quiet_from);
        let ends = local_instant(zone, last_date, self.quiet_until);
        Night { evening: starts - SLACK, starts, ends }
    }

    /// Moves a moment out of the night. The morning after will do if at least half of the time that the moment gave
    /// is left then; otherwise it is the evening before, unless that is before `from`, when there is nothing to say
    /// yet. The answer may be too late, at `until` or after.
    pub(super) fn settle(&self, wanted: Instant, from: Instant, until: Instant, zone: Tz) -> Instant {
        let night = self.night(wanted, zone);
        if wanted == night.evening || wanted >= night.ends {
            return wanted;
        }
        let morning_will_do = night.ends + (until - wanted) / 2 <= until;
        if morning_will_do || night.evening < from { night.ends } else { night.evening }
    }
}

#[cfg(test)]
#[path = "quiet_tests.rs"]
mod tests;
