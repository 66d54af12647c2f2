use super::plan_tests::{at, due, payment, planned, shown, verification, visit, wake};
use super::*;

#[test]
fn a_verification_is_announced_60_30_and_7_days_before() {
    let due = |now| due(now, &verification("2026-12-31"));
    assert!(due("2026-11-01T09:59").is_empty());
    assert_eq!(due("2026-11-01T10:00"), ["verify/m1/2026-12-31/60"]);
    assert_eq!(due("2026-11-30T21:59"), ["verify/m1/2026-12-31/60"]);
    assert_eq!(due("2026-12-01T10:00"), ["verify/m1/2026-12-31/30"]);
    assert_eq!(due("2026-12-24T10:00"), ["verify/m1/2026-12-31/7"]);
    assert_eq!(due("2026-12-31T21:59"), ["verify/m1/2026-12-31/7"]);
    assert!(due("2027-01-01T09:00").is_empty(), "its readings no longer count: too late to remind");
    assert_eq!(wake("2026-10-26T12:00", &verification("2026-12-31")), at("2026-11-01T10:00"));
}

#[test]
fn the_days_left_are_counted_from_the_day_of_showing() {
    let left = |now: &str| match &planned(now, &verification("2026-12-31"), &[]).due.unwrap().topics[0].kind {
        TopicKind::Verification { days_left, .. } => *days_left,
        other @ (TopicKind::Window { .. } | TopicKind::Visit { .. } | TopicKind::Payment { .. }) => {
            panic!("{other:?}")
        }
    };
    assert_eq!((left("2026-11-01T10:00"), left("2026-11-04T12:00"), left("2026-12-31T12:00")), (60, 57, 0));
}

#[test]
fn a_visit_is_announced_in_the_evening_before_and_in_the_morning() {
    let whole_day = visit("2026-11-12", "", "");
    assert!(due("2026-11-11T18:59", &whole_day).is_empty());
    assert_eq!(due("2026-11-11T19:00", &whole_day), ["visit/v1/2026-11-12T-/eve"]);
    assert_eq!(due("2026-11-11T21:59", &whole_day), ["visit/v1/2026-11-12T-/eve"]);
    assert_eq!(due("2026-11-12T10:00", &whole_day), ["visit/v1/2026-11-12T-/day"]);
    assert_eq!(due("2026-11-12T21:59", &whole_day), ["visit/v1/2026-11-12T-/day"]);
    assert!(due("2026-11-13T09:00", &whole_day).is_empty());
}

#[test]
fn an_early_visit_is_announced_two_hours_before_it_and_never_after_it() {
    let early = visit("2026-11-12", "11:00:00", "13:00:00");
    let day = ["visit/v1/2026-11-12T11:00-13:00/day"];
    assert_eq!(wake("2026-11-11T19:30", &early), at("2026-11-12T09:00"));
    assert_eq!(due("2026-11-12T09:00", &early), day);
    assert_eq!(due("2026-11-12T12:59", &early), day);
    assert!(due("2026-11-12T13:00", &early).is_empty());
    let afternoon = visit("2026-11-12", "15:00:00", "");
    assert_eq!(wake("2026-11-11T19:30", &afternoon), at("2026-11-12T10:00"));
    assert_eq!(due("2026-11-12T14:59", &afternoon).len(), 1);
    assert!(due("2026-11-12T15:00", &afternoon).is_empty());
    let until_eleven = visit("2026-11-12", "", "11:00:00");
    assert_eq!(wake("2026-11-11T19:30", &until_eleven), at("2026-11-12T09:00"));
    assert!(due("2026-11-12T11:00", &until_eleven).is_empty());
}

#[test]
fn a_visit_that_begins_with_the_morning_is_announced_when_the_night_ends() {
    let early = visit("2026-11-12", "08:30:00", "12:00:00");
    assert_eq!(wake("2026-11-11T19:30", &early), at("2026-11-12T08:00"));
    let mixed_up = visit("2026-11-12", "12:00:00", "11:00:00");
    assert_eq!(due("2026-11-12T11:59", &mixed_up).len(), 1, "an end before the beginning is none");
    assert!(due("2026-11-12T12:00", &mixed_up).is_empty());
}

#[test]
fn nobody_is_woken_for_a_visit_that_is_over_when_the_night_ends() {
    let at_dawn = visit("2026-11-12", "", "08:00:00");
    for now in ["2026-11-11T21:30", "2026-11-12T07:00"] {
        let records = [shown("visit/v1/2026-11-12T-08:00/eve", "2026-11-11T19:00")];
        assert_eq!(planned(now, &at_dawn, &records).next_wake, at("2026-12-23T10:00"));
    }
    assert_eq!(planned("2026-11-12T07:00", &at_dawn, &[]).next_wake, at("2026-12-23T10:00"));
    assert_eq!(due("2026-11-11T19:00", &at_dawn), ["visit/v1/2026-11-12T-08:00/eve"]);
}

#[test]
fn a_visit_says_its_times_and_whether_it_is_today() {
    let kind = |now: &str| {
        planned(now, &visit("2026-11-12", "15:00:00", "17:00:00"), &[]).due.unwrap().topics[0].kind.clone()
    };
    let expected = |days_left| TopicKind::Visit {
        visit_id: "v1".into(),
        date: "2026-11-12".parse().unwrap(),
        from: "15:00:00".parse().ok(),
        until: "17:00:00".parse().ok(),
        days_left,
    };
    assert_eq!((kind("2026-11-11T20:00"), kind("2026-11-12T10:00")), (expected(1), expected(0)));
}

#[test]
fn a_payment_is_announced_three_days_before_and_on_the_last_morning() {
    let bill = payment("2026-11-15", 66_708);
    assert!(due("2026-11-12T09:59", &bill).is_empty());
    assert_eq!(due("2026-11-12T10:00", &bill), ["pay/a1/2026-10/2026-11-15/3"]);
    assert_eq!(due("2026-11-15T10:00", &bill), ["pay/a1/2026-10/2026-11-15/0"]);
    assert!(due("2026-11-16T09:00", &bill).is_empty());
    assert_eq!(wake("2026-11-10T12:00", &bill), at("2026-11-12T10:00"));
    let kind = planned("2026-11-13T10:00", &bill, &[]).due.unwrap().topics[0].kind.clone();
    assert_eq!(
        kind,
        TopicKind::Payment {
            account_id: "a1".into(),
            period: "2026-10".parse().unwrap(),
            pay_by: "2026-11-15".parse().unwrap(),
            kopecks: 66_708,
            days_left: 2,
        }
    );
}

#[test]
fn nothing_is_said_of_what_is_paid() {
    for kopecks in [0, -1] {
        assert!(due("2026-11-15T10:00", &payment("2026-11-15", kopecks)).is_empty());
    }
    assert_eq!(due("2026-11-15T10:00", &payment("2026-11-15", 1)).len(), 1);
}
