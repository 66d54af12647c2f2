use super::plan_tests::{at, calendar, due, ids, missing, planned, shown};
use super::*;
use chrono_tz::Europe::Moscow;

#[test]
fn what_a_wrong_clock_has_shown_comes_again_at_its_time() {
    let records =
        [shown("2027-01/first-day", "2027-01-23T10:00"), shown("2026-11/first-day", "2026-11-23T10:00")];
    let mended = planned("2026-11-24T09:00", &missing(1), &records);
    assert_eq!(mended.forget, ["2027-01/first-day"]);
    assert_eq!(ids(&mended.standing), ["2026-11/first-day"]);
    let kept = [records[1].clone()];
    let then = planned("2027-01-23T10:00", &missing(1), &kept);
    assert_eq!(ids(&then.due.unwrap().topics), ["2027-01/first-day"]);
}

#[test]
fn a_clock_that_goes_back_by_a_day_before_its_reminder_makes_it_come_again() {
    let records = [shown("2026-11/first-day", "2026-11-23T10:00")];
    let plan = planned("2026-11-22T12:00", &missing(1), &records);
    assert_eq!((plan.next_wake, plan.forget.len()), (at("2026-11-23T10:00"), 1));
}

#[test]
fn a_clock_mended_by_an_hour_rings_nobody_twice() {
    let records = [shown("2026-11/first-day", "2026-11-23T11:00")];
    let plan = planned("2026-11-23T10:00", &missing(1), &records);
    assert!(plan.due.is_none() && plan.forget.is_empty());
    let plan = planned("2026-11-23T09:59:59+03:00", &missing(1), &records);
    assert_eq!(plan.forget, ["2026-11/first-day"]);
}

#[test]
fn a_clock_that_no_phone_can_have_plans_nothing_and_forgets_nothing() {
    let records = [shown("2026-11/first-day", "2026-11-23T10:00")];
    for year in ["1970", "2023", "9999"] {
        let now = format!("{year}-11-23T12:00");
        let plan = planned(&now, &missing(1), &records);
        assert!(plan.due.is_none() && plan.standing.is_empty() && plan.forget.is_empty(), "{year}");
        assert_eq!(plan.next_wake, at(&now) + TimeDelta::days(1), "{year}");
    }
    assert_eq!(due("2024-11-23T12:00", &missing(1)), ["2024-11/first-day"]);
    assert_eq!(due("9998-11-23T12:00", &missing(1)), ["9998-11/first-day"]);
    for now in [Instant::MIN_UTC, Instant::MAX_UTC] {
        let all = everything_on(chrono::NaiveDate::MAX);
        let schedule = plan(now, &calendar(), Moscow, &ReminderRules::default(), &all, &[]);
        assert!(schedule.due.is_none());
    }
}

fn everything_on(date: chrono::NaiveDate) -> Occasions {
    let mut all = missing(1);
    all.verifications.push(VerificationDue { meter_id: "m".into(), verify_by: date });
    all.visits.push(AgreedVisit { id: "v".into(), date, from: None, until: None });
    let period = crate::Period::of(date);
    all.payments.push(PaymentDue { account_id: "a".into(), period, pay_by: date, kopecks: i64::MAX });
    all
}

#[test]
fn a_day_that_no_calendar_shows_has_no_reminders() {
    for date in [chrono::NaiveDate::MIN, chrono::NaiveDate::MAX, "9999-01-01".parse().unwrap()] {
        let schedule = planned("2026-11-10T12:00", &everything_on(date), &[]);
        assert_eq!((schedule.due, schedule.next_wake), (None, at("2026-11-23T10:00")));
    }
    assert_eq!(due("9998-12-31T11:00", &everything_on("9998-12-31".parse().unwrap())).len(), 3);
}
