//! The utility's rules, those of the reference cabinet's demonstration: the window, its grace, and what is usual.
//!
//! Written down a second time on purpose, and without the core's calendar: a model that shares the code under test
//! agrees with its mistakes.

use chrono::{FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use vodomer_core::domain::{Instant, Period, Volume};

use super::refusal::Refusal;

/// Days of the month on which the window opens and closes, both included.
const OPENS_ON: u32 = 23;
const CLOSES_ON: u32 = 25;
/// A reading taken inside the window still counts if it arrives so long after it, before the billing run.
const GRACE: TimeDelta = TimeDelta::days(3);
/// A phone's clock may be this much ahead before its readings are turned away.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::hours(1);
/// Moscow has kept one offset since October 2014.
const MOSCOW_SECONDS: i32 = 3 * 60 * 60;

/// A month's use over so many averages is asked about…
pub const ASK_OVER_AVERAGES: i64 = 3;
/// …unless it is no more than this; one over 100 m³ is asked about whatever the average, one over 1000 refused.
pub const ASK_FROM: Volume = Volume::from_units(10);
/// Asked about, whatever the average.
pub const ASK_OVER: Volume = Volume::from_units(100);
/// Refused, whatever the resident says.
pub const REFUSE_OVER: Volume = Volume::from_units(1000);
/// Keys are kept so long.
pub const KEYS_KEPT: TimeDelta = TimeDelta::days(45);

/// A month's window: `opens <= instant < closes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub opens: Instant,
    /// The first instant after it.
    pub closes: Instant,
}

/// The window of a month.
#[must_use]
pub fn window(period: Period) -> Window {
    let day = |day| period.first_day() + TimeDelta::days(i64::from(day) - 1);
    Window { opens: midnight(day(OPENS_ON)), closes: midnight(day(CLOSES_ON + 1)) }
}

/// Until then a month can still be made good, unless it is charged before.
#[must_use]
pub fn last_call(period: Period) -> Instant {
    window(period).closes + GRACE
}

/// The day that it is at the utility.
#[must_use]
pub fn business_day(at: Instant) -> NaiveDate {
    (at.naive_utc() + TimeDelta::seconds(i64::from(MOSCOW_SECONDS))).date()
}

/// The first month whose window has not closed yet.
#[must_use]
pub fn next_to_close(now: Instant) -> Period {
    let this = Period::of(business_day(now));
    if window(this).closes <= now { this.next() } else { this }
}

/// When a reading was taken and came, and which month it is meant for.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The month that the resident means.
    pub period: Period,
    /// When it was taken.
    pub taken: Instant,
    /// When it came.
    pub now: Instant,
    /// The last month that was charged.
    pub billed: Option<Period>,
}

/// The month that a reading counts for.
///
/// # Errors
/// Why it counts for none.
pub fn effective_period(moment: Moment) -> Result<Period, Refusal> {
    let Moment { period, taken, now, billed } = moment;
    if taken > now + CLOCK_TOLERANCE {
        return Err(Refusal::DateInFuture);
    }
    let window = window(period);
    if now < window.opens {
        return Err(Refusal::PeriodNotOpen { opens_at: window.opens });
    }
    let in_time = taken < window.closes;
    if in_time && now < last_call(period) && billed.is_none_or(|billed| billed < period) {
        return Ok(period);
    }
    let next = next_to_close(now);
    if !in_time && next == period.next() {
        Ok(next)
    } else {
        Err(Refusal::PeriodClosed { next_period: next })
    }
}

fn midnight(day: NaiveDate) -> Instant {
    let zone = FixedOffset::east_opt(MOSCOW_SECONDS);
    let local = day.and_time(NaiveTime::MIN);
    zone.and_then(|zone| local.and_local_timezone(zone).single()).map(|at| at.to_utc()).unwrap_or_default()
}
