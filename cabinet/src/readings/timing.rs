//! Which month a reading counts for.

use chrono::{DateTime, Duration, Utc};

use super::Refusal;
use crate::config::Rules;
use crate::domain::Period;

/// A phone's clock may be this much ahead before its readings are turned away.
const CLOCK_TOLERANCE: Duration = Duration::hours(1);

/// When a reading was taken and came, and which month it is meant for.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The month that the resident means.
    pub period: Period,
    /// When it was taken.
    pub taken: DateTime<Utc>,
    /// When it came.
    pub now: DateTime<Utc>,
    /// The last month that the account was charged for.
    pub billed: Option<Period>,
}

/// The month that a reading counts for.
///
/// In the window, the month itself. After it, still the month if the reading was taken before the window's end, comes
/// within the grace, and the month is not charged yet: the cellar had no network. Taken after the window's end,
/// the next month. Anything later is refused, for its value would be taken for another month's.
pub fn effective_period(rules: &Rules, moment: Moment) -> Result<Period, Refusal> {
    let Moment { period, taken, now, billed } = moment;
    if taken > now + CLOCK_TOLERANCE {
        return Err(Refusal::DateInFuture);
    }
    let window = rules.window.of(period);
    if now < window.opens {
        return Err(Refusal::PeriodNotOpen { opens_at: window.opens });
    }
    let is_billed = billed.is_some_and(|billed| period <= billed);
    let in_time = taken < window.closes;
    if in_time && now < last_call(rules, period) && !is_billed {
        return Ok(period);
    }
    let next = rules.window.next_to_close(now);
    if !in_time && next == period.plus(1) {
        Ok(next)
    } else {
        Err(Refusal::PeriodClosed { next_period: next })
    }
}

/// The first instant at which a month is closed for good: its window's end, and the grace for late sending.
pub fn last_call(rules: &Rules, period: Period) -> DateTime<Utc> {
    rules.window.of(period).closes + Duration::days(i64::from(rules.readings.grace_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a November reading counts for; instants are Moscow's local time.
    fn counts(taken: &str, now: &str, billed: Option<&str>) -> Result<String, &'static str> {
        let at = |text: &str| format!("{text}:00+03:00").parse().unwrap_or_default();
        let month = |text: &str| text.parse().unwrap_or(Period::of(chrono::NaiveDate::MIN));
        let moment =
            Moment { period: month("2026-11"), taken: at(taken), now: at(now), billed: billed.map(month) };
        let period = effective_period(&Rules::demo(), moment);
        period.map(|period| period.to_string()).map_err(|refusal| refusal.code())
    }

    #[test]
    fn in_the_window_a_reading_counts_for_its_month() {
        assert_eq!(counts("2026-11-23T10:00", "2026-11-23T10:00", None), Ok("2026-11".to_owned()));
        assert_eq!(counts("2026-11-25T23:59", "2026-11-25T23:59", None), Ok("2026-11".to_owned()));
        assert_eq!(counts("2026-11-20T10:00", "2026-11-23T00:00", None), Ok("2026-11".to_owned()));
    }

    #[test]
    fn a_reading_taken_on_the_25th_and_sent_on_the_26th_counts_as_taken_in_time() {
        assert_eq!(counts("2026-11-25T21:00", "2026-11-26T00:02", None), Ok("2026-11".to_owned()));
        assert_eq!(counts("2026-11-25T21:00", "2026-11-28T23:59", None), Ok("2026-11".to_owned()));
        assert_eq!(counts("2026-11-25T21:00", "2026-11-29T00:00", None), Err("PERIOD_CLOSED"));
        assert_eq!(counts("2026-11-25T21:00", "2026-11-26T00:02", Some("2026-11")), Err("PERIOD_CLOSED"));
    }

    #[test]
    fn a_reading_taken_after_the_window_counts_for_the_next_month_and_no_later_one() {
        assert_eq!(counts("2026-11-26T00:00", "2026-11-26T00:02", None), Ok("2026-12".to_owned()));
        assert_eq!(counts("2026-11-26T00:00", "2026-12-25T23:59", Some("2026-11")), Ok("2026-12".to_owned()));
        assert_eq!(counts("2026-11-26T00:00", "2026-12-26T00:00", None), Err("PERIOD_CLOSED"));
    }

    #[test]
    fn before_the_window_a_reading_must_wait() {
        assert_eq!(counts("2026-11-22T23:59", "2026-11-22T23:59", None), Err("PERIOD_NOT_OPEN"));
    }

    #[test]
    fn a_clock_may_be_an_hour_ahead_and_not_more() {
        assert_eq!(counts("2026-11-23T11:00", "2026-11-23T10:00", None), Ok("2026-11".to_owned()));
        assert_eq!(counts("2026-11-23T11:01", "2026-11-23T10:00", None), Err("DATE_IN_FUTURE"));
    }
}
