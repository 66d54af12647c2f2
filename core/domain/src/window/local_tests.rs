//! The jumps of zones with odd clocks; `tests/every_month.rs` knows those of all zones.

use chrono::{Days, Offset};

use super::*;

fn start(zone: Tz, date: &str) -> String {
    local_instant(zone, date.parse().unwrap(), NaiveTime::MIN).to_rfc3339()
}

#[test]
fn a_day_without_midnight_begins_after_the_gap() {
    assert_eq!(start(chrono_tz::Asia::Beirut, "2026-03-29"), "2026-03-28T22:00:00+00:00");
}

#[test]
fn a_day_begins_at_the_exact_second_where_clocks_were_off_by_seconds() {
    // Monrovia stood 44 minutes 30 seconds behind until a midnight of 1972, and jumped over it.
    assert_eq!(start(chrono_tz::Africa::Monrovia, "1972-01-07"), "1972-01-07T00:44:30+00:00");
}

#[test]
fn a_day_that_the_zone_skipped_begins_with_the_next_one() {
    for (zone, skipped, first) in [
        (chrono_tz::Pacific::Apia, "2011-12-30", "2011-12-30T10:00:00+00:00"),
        (chrono_tz::Pacific::Kwajalein, "1993-08-21", "1993-08-21T12:00:00+00:00"),
    ] {
        let after = skipped.parse::<NaiveDate>().unwrap() + Days::new(1);
        assert_eq!(start(zone, skipped), first);
        assert_eq!(start(zone, &after.to_string()), first);
    }
}

#[test]
fn of_a_midnight_that_came_twice_the_first_begins_the_day() {
    // St. John's put its clocks back at one minute past midnight.
    assert_eq!(start(chrono_tz::America::St_Johns, "2009-11-01"), "2009-11-01T02:30:00+00:00");
}

#[test]
fn a_time_inside_a_gap_is_its_first_moment_however_fine_the_time() {
    let date = "2026-03-29".parse().unwrap();
    for time in ["02:00:00", "02:00:00.001", "02:59:59.999999999"] {
        let berlin = local_instant(chrono_tz::Europe::Berlin, date, time.parse().unwrap());
        assert_eq!(berlin.to_rfc3339(), "2026-03-29T01:00:00+00:00", "{time}");
    }
    let after = local_instant(chrono_tz::Europe::Berlin, date, "03:00:00.5".parse().unwrap());
    assert_eq!(after.to_rfc3339(), "2026-03-29T01:00:00.500+00:00");
}

#[test]
fn dates_and_moments_beyond_the_supported_years_are_brought_to_their_ends() {
    let zone = chrono_tz::Pacific::Kiritimati;
    assert_eq!(local_date(zone, Instant::MAX_UTC), local_date(zone, supported(Instant::MAX_UTC)));
    assert_eq!(supported(Instant::MIN_UTC).to_rfc3339(), "0001-01-01T00:00:00+00:00");
    assert_eq!(supported(Instant::MAX_UTC).to_rfc3339(), "9999-01-01T00:00:00+00:00");
    for (date, year) in [(NaiveDate::MIN, "0000"), (NaiveDate::MAX, "+10001")] {
        let at = local_instant(Tz::UTC, date, NaiveTime::MIN).to_rfc3339();
        assert!(at.starts_with(year), "{at}");
    }
}

/// Zones with odd clocks: off by seconds, put back over midnight, across the date line, by half an hour.
const ODD: [Tz; 8] = [
    chrono_tz::Africa::Monrovia,
    chrono_tz::Europe::Amsterdam,
    chrono_tz::Asia::Manila,
    chrono_tz::Pacific::Apia,
    chrono_tz::Pacific::Kwajalein,
    chrono_tz::America::St_Johns,
    chrono_tz::Australia::Lord_Howe,
    chrono_tz::Africa::El_Aaiun,
];

/// Moments from 1880 to 2040 at which the clock of a zone jumps, and how far ahead of UTC it is on both sides.
fn jumps(zone: Tz) -> Vec<(i64, i64, i64)> {
    let offset = |second: i64| {
        let utc = DateTime::from_timestamp(second, 0).unwrap().naive_utc();
        i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
    };
    let mut jumps = Vec::new();
    for day in (-2_840_140_800..2_208_988_800).step_by(86_400) {
        let (mut before, mut after) = (day, day + 86_400);
        if offset(before) == offset(after) {
            continue;
        }
        while after - before > 1 {
            let between = i64::midpoint(before, after);
            if offset(between) == offset(day) { before = between } else { after = between }
        }
        jumps.push((after, offset(before), offset(after)));
    }
    jumps
}

#[test]
fn around_a_jump_a_time_is_the_first_moment_that_shows_it_or_more() {
    let moment = |second| DateTime::from_timestamp(second, 0).unwrap();
    for zone in ODD {
        let jumps = jumps(zone);
        assert!(!jumps.is_empty(), "{zone}");
        for (jump, before, after) in jumps {
            let step = (after - before).abs();
            let edge = jump + before.max(after);
            for local in [edge - step - 1, edge - step, edge - step + 1, edge - 1, edge, edge + 1] {
                // By the definition: before the jump while the old clock shows it, then at the jump or later.
                let by_the_old_clock = local - before;
                let first = if by_the_old_clock < jump { by_the_old_clock } else { jump.max(local - after) };
                let wanted = moment(local).naive_utc();
                let found = local_instant(zone, wanted.date(), wanted.time());
                assert_eq!(found, moment(first), "{zone} {wanted}");
            }
        }
    }
}
