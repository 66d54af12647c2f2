use super::plan_tests::{at, calendar, ids, missing, payment, planned, shown, verification, visit};
use super::*;
use chrono_tz::Asia::Yekaterinburg;

#[test]
fn one_moment_makes_one_notification_the_most_urgent_first() {
    let all = Occasions {
        verifications: verification("2026-12-25").verifications,
        visits: visit("2026-11-25", "12:00:00", "14:00:00").visits,
        payments: payment("2026-11-25", 100).payments,
        ..missing(1)
    };
    let due = planned("2026-11-25T10:00", &all, &[]).due.unwrap();
    assert_eq!(
        ids(&due.topics),
        [
            "visit/v1/2026-11-25T12:00-14:00/day",
            "2026-11/last-day",
            "pay/a1/2026-10/2026-11-25/0",
            "verify/m1/2026-12-25/30"
        ]
    );
    assert_eq!(due.at, at("2026-11-25T10:00"), "of all of these the verification began at ten");
    let whole_day = Occasions {
        verifications: verification("2026-11-25").verifications,
        visits: visit("2026-11-25", "", "").visits,
        ..all
    };
    let due = planned("2026-11-25T10:00", &whole_day, &[]).due.unwrap();
    let first_words: Vec<&str> = due.topics.iter().map(|t| t.id.split('/').next().unwrap()).collect();
    assert_eq!(first_words, ["2026-11", "visit", "pay", "verify"]);
}

#[test]
fn what_was_shown_stands_in_the_order_of_urgency() {
    let all = Occasions { payments: payment("2026-11-24", 100).payments, ..missing(1) };
    let records = [
        shown("2026-11/first-day", "2026-11-23T10:00"),
        shown("pay/a1/2026-10/2026-11-24/3", "2026-11-23T10:00"),
    ];
    let plan = planned("2026-11-23T12:00", &all, &records);
    assert_eq!(ids(&plan.standing), ["pay/a1/2026-10/2026-11-24/3", "2026-11/first-day"]);
    assert_eq!(plan.next_wake, at("2026-11-24T10:00"));
}

#[test]
fn a_ring_takes_along_what_would_ring_within_two_hours() {
    // In Yekaterinburg, 2 hours east of Moscow: 08:00 there is 06:00 in Moscow.
    let early = visit("2026-11-23", "08:00:00", "09:00:00");
    let both = Occasions { visits: early.visits, ..missing(1) };
    let at_six =
        plan(at("2026-11-23T08:00"), &calendar(), Yekaterinburg, &ReminderRules::default(), &both, &[]);
    let due = at_six.due.unwrap();
    assert_eq!(ids(&due.topics), ["visit/v1/2026-11-23T08:00-09:00/day", "2026-11/first-day"]);
    assert_eq!(at_six.next_wake, at("2026-11-24T10:00"), "ten o'clock is spoken for");
    let a_little_earlier = plan(
        at("2026-11-23T07:59:59+03:00"),
        &calendar(),
        Yekaterinburg,
        &ReminderRules::default(),
        &both,
        &[],
    );
    assert_eq!(ids(&a_little_earlier.due.unwrap().topics), ["visit/v1/2026-11-23T08:00-09:00/day"]);
    assert_eq!(a_little_earlier.next_wake, at("2026-11-23T10:00"));
}

#[test]
fn what_was_taken_along_does_not_ring_again() {
    let both = Occasions { payments: payment("2026-11-26", 1).payments, ..missing(1) };
    let records = [shown("2026-11/first-day", "2026-11-23T08:30")];
    let plan = planned("2026-11-23T10:00", &both, &records);
    assert_eq!(ids(&plan.due.unwrap().topics), ["pay/a1/2026-10/2026-11-26/3"]);
    assert_eq!(ids(&plan.standing), ["2026-11/first-day"]);
}

#[test]
fn nothing_is_taken_along_where_nothing_rings() {
    let records = [shown("visit/v1/2026-11-23T08:00-12:00/day", "2026-11-23T08:00")];
    let both = Occasions { visits: visit("2026-11-23", "08:00:00", "12:00:00").visits, ..missing(1) };
    let plan = planned("2026-11-23T09:00", &both, &records);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-23T10:00")));
}

#[test]
fn the_last_call_is_never_early() {
    let both = Occasions { visits: visit("2026-11-26", "", "").visits, ..missing(1) };
    let records = [shown("2026-11/last-day", "2026-11-25T10:00")];
    let plan = planned("2026-11-25T19:00", &both, &records);
    assert_eq!(ids(&plan.due.unwrap().topics), ["visit/v1/2026-11-26T-/eve"]);
    assert_eq!(ids(&plan.standing), ["2026-11/last-day"]);
    assert_eq!(plan.next_wake, at("2026-11-25T21:00"));
}
