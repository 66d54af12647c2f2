//! Local time of a zone ↔ instants, exact to the second at every jump that a zone's clock ever made.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::Instant;

/// Years that the calendar answers for; what lies outside is taken for the nearest end, so that a phone whose
/// clock is set to nonsense gets an answer and not a crash. A year's room on both sides is for windows and zones.
const FIRST_YEAR: i32 = 1;
const LAST_YEAR: i32 = 9998;

/// More than any clock was ever off UTC, or jumped (24 hours, where a zone crossed the date line).
const FURTHEST: TimeDelta = TimeDelta::hours(48);

fn new_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// A moment within the years that the calendar answers for.
pub(crate) fn supported(at: Instant) -> Instant {
    let midnight = |year| new_year(year).and_time(NaiveTime::MIN).and_utc();
    at.clamp(midnight(FIRST_YEAR), midnight(LAST_YEAR + 1))
}

/// The instant of a local time in a zone; the earlier one of two, and the first moment after a gap.
pub(crate) fn local_instant(zone: Tz, date: NaiveDate, time: NaiveTime) -> Instant {
    let wanted = date.clamp(new_year(FIRST_YEAR - 1), new_year(LAST_YEAR + 3)).and_time(time);
    match zone.from_local_datetime(&wanted) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => end_of_gap(zone, wanted),
    }
}

/// The second at which the zone's clock jumped over `wanted`, by halving a stretch that it was in.
fn end_of_gap(zone: Tz, wanted: NaiveDateTime) -> Instant {
    let utc = |second| DateTime::from_timestamp(second, 0).unwrap_or_default();
    let middle = wanted.and_utc().timestamp();
    let (mut before, mut after) = (middle - FURTHEST.num_seconds(), middle + FURTHEST.num_seconds());
    while after - before > 1 {
        let between = before.midpoint(after);
        if zone.from_utc_datetime(&utc(between).naive_utc()).naive_local() < wanted {
            before = between;
        } else {
            after = between;
        }
    }
    utc(after)
}

/// The date in a zone.
pub(crate) fn local_date(zone: Tz, at: Instant) -> NaiveDate {
    supported(at).with_timezone(&zone).date_naive()
}

#[cfg(test)]
#[path = "local_tests.rs"]
mod tests;
