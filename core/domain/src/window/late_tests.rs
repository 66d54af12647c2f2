//! Readings before and after a window.

use super::super::calendar::tests::{at, calendars, end, kursk, period, rule};
use super::*;
use chrono::{TimeZone, Utc};
use proptest::prelude::*;

fn sent_until(day: u8, next_month: bool) -> Calendar {
    Calendar { late: LateReadings::SendUntil(end(day, next_month)), ..kursk() }
}

fn placed(calendar: &Calendar, taken_at: &str) -> (String, TakenWhen, Option<Instant>) {
    let Placement { period, taken, held_until } = calendar.place(at(taken_at));
    (period.to_string(), taken, held_until)
}

#[test]
fn a_reading_before_the_window_is_held_until_it_opens() {
    let opens_at = at("2026-11-23T00:00:00+03:00");
    let early = placed(&kursk(), "2026-11-22T23:59:59+03:00");
    assert_eq!(early, ("2026-11".into(), TakenWhen::Early, Some(opens_at)));
    assert_eq!(placed(&kursk(), "2026-11-23T00:00:00+03:00"), ("2026-11".into(), TakenWhen::InTime, None));
}

#[test]
fn where_the_utility_takes_early_readings_nothing_is_held() {
    let calendar = Calendar { early: EarlyReadings::Send, ..kursk() };
    assert_eq!(placed(&calendar, "2026-11-01T12:00:00+03:00"), ("2026-11".into(), TakenWhen::Early, None));
}

#[test]
fn a_reading_after_the_window_counts_for_the_next_period_and_waits() {
    let december = at("2026-12-23T00:00:00+03:00");
    assert_eq!(kursk().late_until(period("2026-11")), None);
    let late = placed(&kursk(), "2026-11-26T00:00:00+03:00");
    assert_eq!(late, ("2026-12".into(), TakenWhen::Early, Some(december)));
}

#[test]
fn where_late_readings_are_sent_they_count_for_the_closed_period_through_that_day() {
    let calendar = sent_until(28, false);
    assert_eq!(calendar.late_until(period("2026-11")), Some(at("2026-11-29T00:00:00+03:00")));
    assert_eq!(placed(&calendar, "2026-11-25T23:59:59+03:00"), ("2026-11".into(), TakenWhen::InTime, None));
    assert_eq!(placed(&calendar, "2026-11-26T00:00:00+03:00"), ("2026-11".into(), TakenWhen::Late, None));
    assert_eq!(placed(&calendar, "2026-11-28T23:59:59.999+03:00"), ("2026-11".into(), TakenWhen::Late, None));
    let held = Some(at("2026-12-23T00:00:00+03:00"));
    assert_eq!(placed(&calendar, "2026-11-29T00:00:00+03:00"), ("2026-12".into(), TakenWhen::Early, held));
}

#[test]
fn late_readings_may_be_sent_over_the_end_of_the_year() {
    let calendar = sent_until(10, true);
    assert_eq!(placed(&calendar, "2027-01-10T23:59:59+03:00"), ("2026-12".into(), TakenWhen::Late, None));
    assert_eq!(calendar.period_of(at("2027-01-10T23:59:59+03:00")), period("2026-12"));
    assert_eq!(calendar.period_of(at("2027-01-11T00:00:00+03:00")), period("2027-01"));
}

#[test]
fn what_the_profile_says_of_early_and_late_readings_is_read_as_written() {
    assert_eq!(serde_json::from_str::<EarlyReadings>(r#""hold""#).unwrap(), EarlyReadings::Hold);
    assert_eq!(serde_json::from_str::<EarlyReadings>(r#""send""#).unwrap(), EarlyReadings::Send);
    assert_eq!(serde_json::from_str::<LateReadings>(r#""next_period""#).unwrap(), LateReadings::NextPeriod);
    let until = r#"{"send_until":{"day":5,"next_month":true}}"#;
    let read: LateReadings = serde_json::from_str(until).unwrap();
    assert_eq!(read, LateReadings::SendUntil(end(5, true)));
    assert_eq!(serde_json::to_string(&read).unwrap(), until);
    assert_eq!(
        (EarlyReadings::default(), LateReadings::default()),
        (EarlyReadings::Hold, LateReadings::NextPeriod)
    );
}

#[test]
fn a_rule_is_read_as_written() {
    let read: WindowRule =
        serde_json::from_str(r#"{"opens":{"day":15},"closes":{"day":3,"next_month":true}}"#).unwrap();
    assert_eq!(read, rule(end(15, false), end(3, true)));
    let last: WindowRule = serde_json::from_str(r#"{"opens":{"day":1},"closes":{"day":"last"}}"#).unwrap();
    assert_eq!(last.closes.date(period("2028-02")).to_string(), "2028-02-29");
    for bad in [r#"{"opens":{"day":1}}"#, r#"{"opens":{"day":1},"closes":{"day":"first"}}"#] {
        assert!(serde_json::from_str::<WindowRule>(bad).is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn every_moment_has_a_place_that_agrees_with_its_window(
        calendar in calendars(), late_days in 0_u8..60, hold in any::<bool>(), minutes in -40_000_000_i64..60_000_000,
    ) {
        let late = LateReadings::SendUntil(end(late_days % 30 + 1, late_days >= 30));
        let early = if hold { EarlyReadings::Hold } else { EarlyReadings::Send };
        let tried = Calendar { late, ..calendar.clone() };
        let late = if tried.validate().is_ok() { late } else { LateReadings::NextPeriod };
        let calendar = Calendar { early, late, ..calendar };
        let now = Utc.timestamp_opt(minutes * 60, 0).unwrap();
        let place = calendar.place(now);
        let window = calendar.window(place.period);
        prop_assert_eq!(place.held_until, (hold && now < window.opens_at).then_some(window.opens_at));
        match place.taken {
            TakenWhen::Early => prop_assert!(now < window.opens_at),
            TakenWhen::InTime => prop_assert!(window.contains(now)),
            TakenWhen::Late => {
                prop_assert!(now >= window.closes_at && now < calendar.late_until(place.period).unwrap());
                prop_assert!(now < calendar.window(place.period.next()).opens_at);
            }
        }
    }
}
