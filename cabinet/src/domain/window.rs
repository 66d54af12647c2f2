//! The submission window: from when to when a month's readings are taken, by the utility's own clock.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::Period;

/// One end of the window: a day of the period's month, or of the one after.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowEnd {
    /// 1–31; a day that the month lacks is its last.
    pub day: u32,
    /// Counted in the month after the period.
    #[serde(default)]
    pub next_month: bool,
}

/// The rule for every month's window; both days belong to it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowRule {
    /// First day.
    pub opens: WindowEnd,
    /// Last day.
    pub closes: WindowEnd,
    /// The utility's zone, whose days these are.
    #[serde(default = "moscow")]
    pub zone: Tz,
}

/// One month's window: `opens <= instant < closes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub opens: DateTime<Utc>,
    /// The first instant after it.
    pub closes: DateTime<Utc>,
}

fn moscow() -> Tz {
    Tz::Europe__Moscow
}

impl WindowEnd {
    fn date(self, period: Period) -> NaiveDate {
        period.plus(i32::from(self.next_month)).day(self.day)
    }
}

impl WindowRule {
    /// The window of a month.
    pub fn of(&self, period: Period) -> Window {
        let after = self.closes.date(period).succ_opt().unwrap_or(NaiveDate::MAX);
        Window { opens: self.midnight(self.opens.date(period)), closes: self.midnight(after) }
    }

    /// The first month whose window has not closed yet: what a reading that comes now can count for.
    pub fn next_to_close(&self, now: DateTime<Utc>) -> Period {
        let mut period = Period::of(self.business_day(now)).plus(-2);
        while self.of(period).closes <= now {
            period = period.plus(1);
        }
        period
    }

    /// The day that it is at the utility.
    pub fn business_day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// A rule must open before it closes, before the next window opens, in every month.
    pub fn is_possible(&self) -> bool {
        let days = 1..=31;
        let january_2027 = Period::of(NaiveDate::from_ymd_opt(2027, 1, 1).unwrap_or_default());
        days.contains(&self.opens.day)
            && days.contains(&self.closes.day)
            && (0..14).all(|month| {
                let window = self.of(january_2027.plus(month));
                window.opens < window.closes && window.closes <= self.of(january_2027.plus(month + 1)).opens
            })
    }

    /// The first instant of a local day, also where the clocks are put forward at midnight.
    fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        let local = day.and_time(NaiveTime::MIN);
        let at = (0..4)
            .find_map(|hour| self.zone.from_local_datetime(&(local + Duration::hours(hour))).earliest());
        at.map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(opens: (u32, bool), closes: (u32, bool)) -> WindowRule {
        let end = |(day, next_month)| WindowEnd { day, next_month };
        WindowRule { opens: end(opens), closes: end(closes), zone: moscow() }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap_or(Period::of(NaiveDate::MIN))
    }

    #[test]
    fn the_25th_ends_at_moscow_midnight() {
        let window = rule((23, false), (25, false)).of(period("2026-11"));
        assert_eq!(window.opens, at("2026-11-22T21:00:00Z"));
        assert_eq!(window.closes, at("2026-11-25T21:00:00Z"));
    }

    #[test]
    fn a_window_may_run_into_the_next_month() {
        let rule = rule((25, false), (5, true));
        assert_eq!(rule.of(period("2026-12")).closes, at("2027-01-05T21:00:00Z"));
        assert_eq!(rule.next_to_close(at("2027-01-03T00:00:00Z")), period("2026-12"));
        assert_eq!(rule.next_to_close(at("2027-01-05T21:00:00Z")), period("2027-01"));
    }

    #[test]
    fn a_rule_that_closes_before_it_opens_is_impossible() {
        assert!(rule((23, false), (25, false)).is_possible());
        assert!(rule((28, false), (1, true)).is_possible());
        assert!(!rule((25, false), (23, false)).is_possible());
        assert!(!rule((0, false), (23, false)).is_possible());
        assert!(!rule((1, false), (2, true)).is_possible());
    }
}
