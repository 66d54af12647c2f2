//! The utility's calendar: its zone and its rules, answering everything about dates.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::local::{local_date, local_instant, supported};
use super::{EarlyReadings, LateReadings, Placement, Position, TakenWhen, Window, WindowRule};
use crate::{Instant, Period, Since, in_force};

/// The windows of a utility, in its zone.
///
/// Every period has exactly one window. Moments before the year 1 or after the year 9998 are taken for the ends
/// of that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The utility's zone.
    pub zone: Tz,
    /// The rule of all periods that no change reaches.
    pub rule: WindowRule,
    /// Rules that hold from a day on, in any order: a period goes by the one in force on its first day.
    pub changes: Vec<Since<WindowRule>>,
    /// What happens to readings taken before a window.
    pub early: EarlyReadings,
    /// What happens to readings taken after it.
    pub late: LateReadings,
}

impl Calendar {
    /// A calendar of one rule that always held, of a utility that takes nothing early and nothing late.
    #[must_use]
    pub fn new(zone: Tz, rule: WindowRule) -> Self {
        Self {
            zone,
            rule,
            changes: Vec::new(),
            early: EarlyReadings::default(),
            late: LateReadings::default(),
        }
    }

    /// The rule that a period goes by.
    #[must_use]
    pub fn rule_of(&self, period: Period) -> WindowRule {
        *in_force(&self.changes, period.first_day()).unwrap_or(&self.rule)
    }

    /// The window of a period.
    #[must_use]
    pub fn window(&self, period: Period) -> Window {
        let rule = self.rule_of(period);
        let (opens, closes) = (rule.opens.date(period), rule.closes.date(period));
        let (opens_at, closes_at) = (self.start_of(opens), self.end_of(closes));
        Window { period, opens, closes, opens_at, closes_at }
    }

    /// The window that is open now, or else the next to open.
    #[must_use]
    pub fn position(&self, now: Instant) -> Position {
        let now = supported(now);
        let this_month = Period::of(self.date(now));
        // No window ends later than the month after its own, and none of the coming month has ended.
        let window = [this_month.previous(), this_month]
            .into_iter()
            .map(|period| self.window(period))
            .find(|window| now < window.closes_at)
            .unwrap_or_else(|| self.window(this_month.next()));
        if window.opens_at <= now { Position::Open(window) } else { Position::Before(window) }
    }

    /// What a reading taken at a moment counts for, and whether it waits for its window.
    #[must_use]
    pub fn place(&self, taken_at: Instant) -> Placement {
        let taken_at = supported(taken_at);
        match self.position(taken_at) {
            Position::Open(window) => {
                Placement { period: window.period, taken: TakenWhen::InTime, held_until: None }
            }
            Position::Before(next) => {
                let closed = next.period.previous();
                if self.late_until(closed).is_some_and(|until| taken_at < until) {
                    return Placement { period: closed, taken: TakenWhen::Late, held_until: None };
                }
                let held = self.early == EarlyReadings::Hold;
                Placement {
                    period: next.period,
                    taken: TakenWhen::Early,
                    held_until: held.then_some(next.opens_at),
                }
            }
        }
    }

    /// The period that a reading taken at this moment counts for: the open window's; else the closed one's, where
    /// the utility still takes that; else the next one's.
    #[must_use]
    pub fn period_of(&self, taken_at: Instant) -> Period {
        self.place(taken_at).period
    }

    /// The first moment at which not even late readings of a period are sent; `None` when none ever are.
    #[must_use]
    pub fn late_until(&self, period: Period) -> Option<Instant> {
        match self.late {
            LateReadings::NextPeriod => None,
            LateReadings::SendUntil(end) => Some(self.end_of(end.date(period))),
        }
    }

    /// The date in the utility's zone.
    #[must_use]
    pub fn date(&self, at: Instant) -> NaiveDate {
        local_date(self.zone, at)
    }

    /// The first moment of a day. Where a zone's clock jumps over midnight, the day begins after the jump; where
    /// the zone skipped the whole day, that is the first moment of the next one.
    #[must_use]
    pub fn start_of(&self, date: NaiveDate) -> Instant {
        self.at(date, NaiveTime::MIN)
    }

    /// A time of a day; the earlier one of two, and the first moment after a gap.
    #[must_use]
    pub fn at(&self, date: NaiveDate, time: NaiveTime) -> Instant {
        local_instant(self.zone, date, time)
    }

    /// The first moment after a day.
    #[must_use]
    pub fn end_of(&self, date: NaiveDate) -> Instant {
        self.start_of(date.checked_add_days(Days::new(1)).unwrap_or(date))
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "late_tests.rs"]
mod late;
