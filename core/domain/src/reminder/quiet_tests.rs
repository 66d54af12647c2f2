use super::super::plan_tests::at;
use super::*;
use chrono::{TimeDelta, Timelike};
use chrono_tz::Europe::Moscow;
use proptest::prelude::*;

fn settled(wanted: &str, from: &str, until: &str) -> Instant {
    ReminderRules::default().settle(at(wanted), at(from), at(until), Moscow)
}

#[test]
fn a_moment_in_waking_hours_stays() {
    for wanted in ["2026-11-25T08:00", "2026-11-25T12:00", "2026-11-25T21:00"] {
        assert_eq!(settled(wanted, "2026-11-25T00:00", "2026-11-26T00:00"), at(wanted));
    }
}

#[test]
fn a_moment_with_time_left_moves_to_the_morning() {
    let until = "2026-11-27T00:00";
    assert_eq!(settled("2026-11-25T21:00:01+03:00", "2026-11-23T00:00", until), at("2026-11-26T08:00"));
    assert_eq!(settled("2026-11-26T07:59:59+03:00", "2026-11-23T00:00", until), at("2026-11-26T08:00"));
}

#[test]
fn the_morning_will_do_while_half_of_the_time_is_left() {
    let wanted = "2026-11-26T06:00";
    assert_eq!(settled(wanted, "2026-11-23T00:00", "2026-11-26T10:00"), at("2026-11-26T08:00"));
    assert_eq!(settled(wanted, "2026-11-23T00:00", "2026-11-26T09:59"), at("2026-11-25T21:00"));
}

#[test]
fn an_evening_before_there_is_anything_to_say_will_not_do() {
    let wanted = "2026-11-26T06:00";
    assert_eq!(settled(wanted, "2026-11-25T21:00", "2026-11-26T09:00"), at("2026-11-25T21:00"));
    assert_eq!(settled(wanted, "2026-11-25T21:01", "2026-11-26T09:00"), at("2026-11-26T08:00"));
}

#[test]
fn quiet_hours_after_midnight_are_one_dates() {
    let time = |text: &str| text.parse().unwrap();
    let rules = ReminderRules {
        quiet_from: time("00:30:00"),
        quiet_until: time("07:00:00"),
        ..ReminderRules::default()
    };
    let night = rules.night(at("2026-11-25T23:30"), Moscow);
    assert_eq!(
        (night.evening, night.starts, night.ends),
        (at("2026-11-25T23:30"), at("2026-11-26T00:30"), at("2026-11-26T07:00"),)
    );
    assert_eq!(rules.night(at("2026-11-25T23:29"), Moscow).ends, at("2026-11-25T07:00"));
}

proptest! {
    #[test]
    fn a_settled_moment_is_never_quiet_nor_within_the_slack_before(
        minute in 0_i64..5_000_000, lead in 1_i64..3_000, zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let rules = ReminderRules::default();
        let wanted = at("2024-01-02T00:00") + TimeDelta::minutes(minute);
        let settled = rules.settle(wanted, wanted - TimeDelta::days(1), wanted + TimeDelta::minutes(lead), zone);
        for at in [settled, settled + SLACK - TimeDelta::seconds(1)] {
            let hour = at.with_timezone(&zone).hour();
            prop_assert!((8..22).contains(&hour), "{wanted} {settled} {zone}");
        }
        prop_assert!((settled - wanted).abs() <= TimeDelta::hours(12));
    }

    #[test]
    fn a_night_is_quiet_exactly_between_ten_and_eight(
        minute in 0_i64..5_000_000, zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let now = at("2024-01-02T00:00") + TimeDelta::minutes(minute);
        let quiet = !(8..22).contains(&now.with_timezone(&zone).hour());
        prop_assert_eq!(ReminderRules::default().night(now, zone).holds(now), quiet);
    }
}
