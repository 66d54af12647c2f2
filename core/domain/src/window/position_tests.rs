use super::*;
use chrono::DateTime;

fn at(text: &str) -> Instant {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn november() -> Window {
    Window {
        period: "2026-11".parse().unwrap(),
        opens: day("2026-11-23"),
        closes: day("2026-11-25"),
        opens_at: at("2026-11-23T00:00:00+03:00"),
        closes_at: at("2026-11-26T00:00:00+03:00"),
    }
}

#[test]
fn hours_left_are_rounded_up_and_run_out_with_the_window() {
    for (now, hours) in [
        ("2026-11-23T00:00:00+03:00", 72),
        ("2026-11-25T20:59:59.999+03:00", 4),
        ("2026-11-25T21:00:00+03:00", 3),
        ("2026-11-25T21:00:00.001+03:00", 3),
        ("2026-11-25T23:00:00+03:00", 1),
        ("2026-11-25T23:59:59.999+03:00", 1),
        ("2026-11-25T23:59:59.999999999+03:00", 1),
        ("2026-11-26T00:00:00+03:00", 0),
        ("2026-12-01T00:00:00+03:00", 0),
    ] {
        assert_eq!(november().hours_left(at(now)), hours, "{now}");
    }
    assert_eq!(november().hours_left(DateTime::<chrono::Utc>::MAX_UTC), 0);
    assert!(november().hours_left(DateTime::<chrono::Utc>::MIN_UTC) > 2_000_000_000);
}

#[test]
fn days_left_are_those_after_today() {
    for (today, left, until_open) in [
        ("2026-11-20", 5, 3),
        ("2026-11-22", 3, 1),
        ("2026-11-23", 2, 0),
        ("2026-11-24", 1, 0),
        ("2026-11-25", 0, 0),
        ("2026-11-26", 0, 0),
        ("2026-12-31", 0, 0),
    ] {
        let counted = (november().days_left(day(today)), november().days_until_open(day(today)));
        assert_eq!(counted, (left, until_open), "{today}");
    }
    assert!(november().days_left(NaiveDate::MIN) > 90_000_000);
    assert_eq!(november().days_left(NaiveDate::MAX), 0);
}

#[test]
fn a_window_holds_its_first_moment_and_not_the_first_that_is_too_late() {
    let almost = TimeDelta::milliseconds(1);
    let window = november();
    let moments = [window.opens_at - almost, window.opens_at, window.closes_at - almost, window.closes_at];
    assert_eq!(moments.map(|at| window.contains(at)), [false, true, true, false]);
}
