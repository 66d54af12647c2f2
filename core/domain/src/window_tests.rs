use super::*;
use proptest::prelude::*;

fn end(day: u8, next_month: bool) -> WindowEnd {
    WindowEnd { day: Day::Number(day), next_month }
}

fn rule(opens: WindowEnd, closes: WindowEnd) -> WindowRule {
    WindowRule { opens, closes }
}

fn kursk() -> Calendar {
    Calendar { zone: chrono_tz::Europe::Moscow, rule: rule(end(23, false), end(25, false)) }
}

fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

#[test]
fn the_25th_is_in_until_its_last_second_in_moscow_and_the_26th_is_out() {
    let last_second = kursk().position(at("2026-11-25T23:59:59+03:00"));
    assert!(last_second.is_open());
    assert_eq!(last_second.window().period.to_string(), "2026-11");
    let midnight = kursk().position(at("2026-11-26T00:00:00+03:00"));
    assert!(!midnight.is_open());
    assert_eq!(midnight.window().period.to_string(), "2026-12");
}

#[test]
fn the_phones_zone_does_not_matter() {
    assert!(!kursk().position(at("2026-11-26T04:00:00+07:00")).is_open());
    assert!(kursk().position(at("2026-11-26T03:59:59+07:00")).is_open());
}

#[test]
fn a_window_may_end_in_the_next_month_and_year() {
    let calendar = Calendar { zone: chrono_tz::Europe::Moscow, rule: rule(end(15, false), end(3, true)) };
    let new_year = calendar.position(at("2027-01-02T12:00:00+03:00"));
    assert!(new_year.is_open());
    assert_eq!(new_year.window().period.to_string(), "2026-12");
    assert_eq!(new_year.window().closes.to_string(), "2027-01-03");
}

#[test]
fn a_day_that_the_month_lacks_is_its_last() {
    let calendar = Calendar { zone: chrono_tz::Europe::Moscow, rule: rule(end(25, false), end(31, false)) };
    let february = calendar.window("2027-02".parse().unwrap());
    assert_eq!(february.closes.to_string(), "2027-02-28");
}

#[test]
fn impossible_rules_are_refused_by_name() {
    assert_eq!(rule(end(0, false), end(5, false)).validate(), Err(WindowProblem::NoSuchDay(0)));
    assert_eq!(rule(end(1, false), end(32, false)).validate(), Err(WindowProblem::NoSuchDay(32)));
    assert_eq!(rule(end(25, false), end(23, false)).validate(), Err(WindowProblem::ClosesBeforeItOpens));
    assert_eq!(rule(end(5, false), end(5, true)).validate(), Err(WindowProblem::RunsIntoTheNext));
    for fine in [
        rule(end(23, false), end(25, false)),
        rule(end(15, false), end(3, true)),
        rule(end(25, false), end(5, true)),
        rule(end(28, false), end(1, true)),
        rule(end(1, false), WindowEnd { day: Day::Last(LastDay::Last), next_month: false }),
    ] {
        assert_eq!(fine.validate(), Ok(()), "{fine:?}");
    }
}

#[test]
fn a_day_without_midnight_begins_after_the_gap() {
    let lebanon = Calendar { zone: chrono_tz::Asia::Beirut, ..kursk() };
    let start = lebanon.start_of(NaiveDate::from_ymd_opt(2026, 3, 29).unwrap());
    assert_eq!(start, at("2026-03-29T01:00:00+03:00"));
}

proptest! {
    #[test]
    fn every_moment_is_in_one_window_or_before_the_next(minutes in 0_i64..60_000_000) {
        let now = Utc.timestamp_opt(minutes * 60, 0).unwrap();
        let window = kursk().position(now).window();
        prop_assert!(now < window.closes_at);
        prop_assert!(kursk().window(window.period.previous()).closes_at <= now);
    }
}
