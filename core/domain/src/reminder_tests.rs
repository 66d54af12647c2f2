use super::super::{Day, WindowEnd, WindowRule};
use super::*;
use chrono::Utc;
use proptest::prelude::*;
use std::collections::BTreeSet;

const MOSCOW: Tz = chrono_tz::Europe::Moscow;

fn calendar() -> Calendar {
    let end = |day| WindowEnd { day: Day::Number(day), next_month: false };
    Calendar::new(MOSCOW, WindowRule { opens: end(23), closes: end(25) })
}

fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

fn plan(now: &str, zone: Tz, missing: usize, unsent: usize) -> Schedule {
    schedule(at(now), &calendar(), zone, Agenda { missing, unsent }, |_| false)
}

fn due(now: &str, missing: usize, unsent: usize) -> Option<ReminderKind> {
    plan(now, MOSCOW, missing, unsent).due.map(|r| r.kind)
}

#[test]
fn before_the_window_nothing_is_due_and_the_first_day_wakes() {
    let plan = plan("2026-11-22T18:00:00+03:00", MOSCOW, 2, 0);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-23T10:00:00+03:00")));
}

#[test]
fn each_moment_of_the_window_has_its_reminder() {
    assert_eq!(due("2026-11-23T09:59:59+03:00", 2, 0), None);
    assert_eq!(due("2026-11-23T10:00:00+03:00", 2, 0), Some(ReminderKind::FirstDay));
    assert_eq!(due("2026-11-24T10:00:00+03:00", 2, 0), Some(ReminderKind::SecondDay));
    assert_eq!(due("2026-11-25T10:00:00+03:00", 2, 0), Some(ReminderKind::LastDay));
    assert_eq!(due("2026-11-25T21:00:00+03:00", 2, 0), Some(ReminderKind::LastHours));
    assert_eq!(due("2026-11-26T00:00:00+03:00", 2, 0), None);
}

#[test]
fn who_is_done_hears_nothing_until_the_next_window() {
    let plan = plan("2026-11-24T12:00:00+03:00", MOSCOW, 0, 0);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-12-23T10:00:00+03:00")));
}

#[test]
fn what_has_not_left_is_spoken_of_near_the_end_only() {
    assert_eq!(due("2026-11-23T12:00:00+03:00", 0, 1), None);
    assert_eq!(due("2026-11-25T21:00:00+03:00", 0, 1), Some(ReminderKind::LastHours));
    let plan = plan("2026-11-23T12:00:00+03:00", MOSCOW, 0, 1);
    assert_eq!(plan.next_wake, at("2026-11-25T10:00:00+03:00"));
}

#[test]
fn a_reminder_that_was_shown_is_not_shown_again() {
    let now = at("2026-11-23T11:00:00+03:00");
    let agenda = Agenda { missing: 1, unsent: 0 };
    let again = schedule(now, &calendar(), MOSCOW, agenda, |id| id == "2026-11/first-day");
    assert_eq!(again.due, None);
}

#[test]
fn a_deadline_in_the_phones_night_is_announced_in_the_evening_before() {
    let kamchatka = chrono_tz::Asia::Kamchatka;
    let plan = plan("2026-11-25T12:00:00+03:00", kamchatka, 1, 0);
    assert_eq!(plan.due.unwrap().kind, ReminderKind::LastHours);
    let sorted = moments(&calendar(), calendar().window("2026-11".parse().unwrap()), kamchatka);
    for moment in sorted {
        let hour = moment.at.with_timezone(&kamchatka).hour();
        assert!((8..22).contains(&hour), "{moment:?}");
    }
}

#[test]
fn a_window_of_one_day_has_a_morning_and_a_last_call() {
    let end = WindowEnd { day: Day::Number(20), next_month: false };
    let calendar = Calendar::new(MOSCOW, WindowRule { opens: end, closes: end });
    let kinds: Vec<_> = moments(&calendar, calendar.window("2026-11".parse().unwrap()), MOSCOW)
        .into_iter()
        .map(|r| r.kind)
        .collect();
    assert_eq!(kinds, [ReminderKind::LastDay, ReminderKind::LastHours]);
}

proptest! {
    #[test]
    fn waking_as_told_shows_each_reminder_once_and_in_time(
        start in 0_i64..400_000, zone_index in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let zone = chrono_tz::TZ_VARIANTS[zone_index];
        let mut now = at("2026-01-01T00:00:00Z") + TimeDelta::minutes(start);
        let mut shown = BTreeSet::new();
        for _ in 0..12 {
            let agenda = Agenda { missing: 1, unsent: 0 };
            let plan = schedule(now, &calendar(), zone, agenda, |id| shown.contains(id));
            if let Some(reminder) = plan.due {
                prop_assert!(now < reminder.window.closes_at);
                prop_assert!(shown.insert(reminder.id()));
            }
            prop_assert!(plan.next_wake > now);
            now = plan.next_wake;
        }
        prop_assert!(shown.len() >= 8, "{shown:?}");
    }
}
