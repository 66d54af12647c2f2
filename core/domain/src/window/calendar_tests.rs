use super::super::{Day, LastDay, WindowEnd};
use super::*;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;

pub(super) fn end(day: u8, next_month: bool) -> WindowEnd {
    WindowEnd { day: Day::Number(day), next_month }
}

const LAST: WindowEnd = WindowEnd { day: Day::Last(LastDay::Last), next_month: false };

pub(super) fn rule(opens: WindowEnd, closes: WindowEnd) -> WindowRule {
    WindowRule { opens, closes }
}

fn moscow(opens: WindowEnd, closes: WindowEnd) -> Calendar {
    Calendar::new(chrono_tz::Europe::Moscow, rule(opens, closes))
}

pub(super) fn kursk() -> Calendar {
    moscow(end(23, false), end(25, false))
}

pub(super) fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn days_of(calendar: &Calendar, month: &str) -> (String, String) {
    let window = calendar.window(period(month));
    (window.opens.to_string(), window.closes.to_string())
}

#[test]
fn the_25th_is_in_until_its_last_second_in_moscow_and_the_26th_is_out() {
    let last_second = kursk().position(at("2026-11-25T23:59:59+03:00"));
    assert!(last_second.is_open());
    assert_eq!(last_second.window().period.to_string(), "2026-11");
    let midnight = kursk().position(at("2026-11-26T00:00:00+03:00"));
    assert!(!midnight.is_open());
    assert_eq!(midnight.window().period.to_string(), "2026-12");
    let window = midnight.window();
    assert_eq!(window.opens_at, at("2026-12-23T00:00:00+03:00"));
    assert_eq!(window.closes_at, at("2026-12-26T00:00:00+03:00"));
}

#[test]
fn the_23rd_is_in_from_its_first_moment_on() {
    let eve = kursk().position(at("2026-11-22T23:59:59.999+03:00"));
    assert_eq!(eve, Position::Before(kursk().window(period("2026-11"))));
    let opened = kursk().position(at("2026-11-23T00:00:00+03:00"));
    assert_eq!(opened, Position::Open(kursk().window(period("2026-11"))));
}

#[test]
fn the_phones_zone_does_not_matter() {
    assert!(!kursk().position(at("2026-11-26T04:00:00+07:00")).is_open());
    assert!(kursk().position(at("2026-11-26T03:59:59+07:00")).is_open());
}

#[test]
fn a_window_may_end_in_the_next_month_and_year() {
    let new_year = moscow(end(15, false), end(3, true)).position(at("2027-01-02T12:00:00+03:00"));
    assert!(new_year.is_open());
    assert_eq!(new_year.window().period.to_string(), "2026-12");
    assert_eq!(new_year.window().closes.to_string(), "2027-01-03");
}

#[test]
fn windows_of_real_utilities_fall_on_their_days() {
    let days = |opens: &str, closes: &str| (opens.to_owned(), closes.to_owned());
    let to_the_5th = moscow(end(25, false), end(5, true));
    assert_eq!(days_of(&to_the_5th, "2026-12"), days("2026-12-25", "2027-01-05"));
    let to_the_1st = moscow(end(28, false), end(1, true));
    assert_eq!(days_of(&to_the_1st, "2027-02"), days("2027-02-28", "2027-03-01"));
    assert_eq!(days_of(&moscow(end(1, false), LAST), "2028-02"), days("2028-02-01", "2028-02-29"));
    let after_the_month = moscow(end(1, true), end(10, true));
    assert_eq!(days_of(&after_the_month, "2026-12"), days("2027-01-01", "2027-01-10"));
    assert_eq!(after_the_month.period_of(at("2027-01-05T12:00:00+03:00")), period("2026-12"));
    assert_eq!(after_the_month.period_of(at("2027-01-11T00:00:00+03:00")), period("2027-01"));
}

#[test]
fn a_day_that_the_month_lacks_is_its_last() {
    let calendar = moscow(end(25, false), end(31, false));
    assert_eq!(calendar.window(period("2027-02")).closes, day("2027-02-28"));
    assert_eq!(calendar.window(period("2027-04")).closes, day("2027-04-30"));
    assert_eq!(calendar.window(period("2027-05")).closes, day("2027-05-31"));
    assert_eq!(days_of(&moscow(end(31, false), LAST), "2028-02"), ("2028-02-29".into(), "2028-02-29".into()));
    assert_eq!(moscow(end(0, false), LAST).window(period("2027-02")).opens, day("2027-02-01"));
}

#[test]
fn a_changed_rule_holds_for_the_periods_that_begin_under_it() {
    let changed = |from: &str| Calendar {
        changes: vec![Since { from: Some(day(from)), rule: rule(end(15, false), end(3, true)) }],
        ..kursk()
    };
    let opens = |from: &str, month: &str| changed(from).window(period(month)).opens.to_string();
    assert_eq!(opens("2027-07-01", "2027-06"), "2027-06-23");
    assert_eq!(opens("2027-07-01", "2027-07"), "2027-07-15");
    assert_eq!(opens("2027-07-02", "2027-07"), "2027-07-23", "July began under the old rule");
    assert_eq!(opens("2027-07-02", "2027-08"), "2027-08-15");
    let position = changed("2027-07-01").position(at("2027-08-02T12:00:00+03:00"));
    assert_eq!((position.is_open(), position.window().period), (true, period("2027-07")));
}

#[test]
fn days_that_a_zone_skipped_take_no_readings_and_begin_with_the_next() {
    let samoa = Calendar::new(chrono_tz::Pacific::Apia, rule(end(30, false), end(30, false)));
    let empty = samoa.window(period("2011-12"));
    assert_eq!(empty.opens_at, empty.closes_at);
    assert_eq!(empty.opens_at, at("2011-12-30T10:00:00Z"));
    let position = samoa.position(empty.opens_at);
    assert_eq!((position.is_open(), position.window().period), (false, period("2012-01")));
    let before = samoa.position(empty.opens_at - TimeDelta::milliseconds(1));
    assert_eq!((before.is_open(), before.window().period), (false, period("2011-12")));
}

#[test]
fn any_moment_that_can_be_written_has_a_position() {
    for zone in [chrono_tz::Pacific::Kiritimati, chrono_tz::Pacific::Niue, chrono_tz::UTC] {
        for (opens, closes) in
            [(end(1, false), LAST), (end(25, true), end(28, true)), (end(31, false), end(1, true))]
        {
            let calendar = Calendar {
                changes: vec![Since { from: Some(NaiveDate::MAX), rule: rule(closes, opens) }],
                late: LateReadings::SendUntil(closes),
                ..Calendar::new(zone, rule(opens, closes))
            };
            for (now, year) in [(DateTime::<Utc>::MIN_UTC, "000"), (DateTime::<Utc>::MAX_UTC, "999")] {
                let position = calendar.position(now);
                let written = position.window().period.to_string();
                assert!(written.starts_with(year), "{written}");
                assert!(calendar.period_of(now).to_string().starts_with(year));
                assert!(calendar.date(now).to_string().starts_with(year));
                assert!(position.window().hours_left(now) >= 0);
            }
            let _ = (calendar.start_of(NaiveDate::MIN), calendar.start_of(NaiveDate::MAX));
            let _ = (calendar.window(period("0000-01")), calendar.window(period("9999-12")));
        }
    }
}

#[test]
fn an_impossible_rule_that_nobody_validated_still_comes_to_an_end() {
    let backwards = moscow(end(25, false), end(1, false));
    let position = backwards.position(at("2026-11-26T00:00:00+03:00"));
    assert_eq!((position.is_open(), position.window().period), (false, period("2026-12")));
}

/// Rules that hold up under validation, in the field's usual shapes and others.
pub(super) fn rules() -> impl Strategy<Value = WindowRule> {
    let day = || prop_oneof![4 => (1_u8..=31).prop_map(Day::Number), 1 => Just(Day::Last(LastDay::Last))];
    let ends = move || (day(), any::<bool>()).prop_map(|(day, next_month)| WindowEnd { day, next_month });
    (ends(), ends())
        .prop_map(|(opens, closes)| rule(opens, closes))
        .prop_filter("a sound rule", |rule| rule.validate().is_ok())
}

/// Sound calendars in any zone, with a change or two in some of them.
pub(super) fn calendars() -> impl Strategy<Value = Calendar> {
    let changes = proptest::collection::vec((0_u64..40_000, rules()), 0..3);
    (0..chrono_tz::TZ_VARIANTS.len(), rules(), changes)
        .prop_map(|(zone, rule, changes)| {
            let change = |(days, rule)| Since { from: Some(day("1950-01-01") + Days::new(days)), rule };
            let changes = changes.into_iter().map(change).collect();
            Calendar { changes, ..Calendar::new(chrono_tz::TZ_VARIANTS[zone], rule) }
        })
        .prop_filter("a sound calendar", |calendar| calendar.validate().is_ok())
}

proptest! {
    #[test]
    fn windows_follow_one_another_and_none_meets_the_next(calendar in calendars(), month in 0_u32..1_500) {
        let first = calendar.window(period("2070-01").months_back(month));
        let second = calendar.window(first.period.next());
        prop_assert!(first.opens <= first.closes && first.closes < second.opens);
        prop_assert!(first.opens_at <= first.closes_at && first.closes_at <= second.opens_at);
    }

    #[test]
    fn a_moment_is_in_one_window_at_most_and_counts_for_its_period(
        calendar in calendars(), minutes in -40_000_000_i64..60_000_000,
    ) {
        let now = Utc.timestamp_opt(minutes * 60, 0).unwrap();
        let today = Period::of(calendar.date(now));
        let around = [today.months_back(2), today.previous(), today, today.next()];
        let open: Vec<Window> = around.map(|p| calendar.window(p)).into_iter().filter(|w| w.contains(now)).collect();
        match calendar.position(now) {
            Position::Open(window) => {
                prop_assert_eq!(&open, &[window]);
                prop_assert_eq!(calendar.period_of(now), window.period);
            }
            Position::Before(window) => {
                prop_assert!(open.is_empty());
                prop_assert!(now < window.opens_at);
                prop_assert!(calendar.window(window.period.previous()).closes_at <= now);
            }
        }
    }

    #[test]
    fn a_moment_written_by_any_phone_is_the_same_moment(
        calendar in calendars(), minutes in -40_000_000_i64..60_000_000, phone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let now = Utc.timestamp_opt(minutes * 60, 0).unwrap();
        let written = now.with_timezone(&chrono_tz::TZ_VARIANTS[phone]).fixed_offset();
        // A clock off by seconds can't be written down in minutes.
        prop_assume!(written.offset().local_minus_utc() % 60 == 0);
        let read = at(&written.to_rfc3339());
        prop_assert_eq!(calendar.position(read), calendar.position(now));
        prop_assert_eq!(calendar.place(read), calendar.place(now));
    }
}
