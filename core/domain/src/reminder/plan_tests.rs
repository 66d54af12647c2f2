use super::*;
use crate::{Day, Profile, WindowEnd, WindowRule};
use chrono_tz::Asia::{Kamchatka, Yekaterinburg};
use chrono_tz::Europe::Moscow;

pub(super) fn calendar() -> Calendar {
    Profile::kursk().unwrap().calendar()
}

pub(super) fn calendar_of(opens: (u8, bool), closes: (u8, bool)) -> Calendar {
    let end = |(day, next_month)| WindowEnd { day: Day::Number(day), next_month };
    let window = Some(WindowRule { opens: end(opens), closes: end(closes) });
    Profile { window, ..Profile::kursk().unwrap() }.calendar()
}

/// In Moscow's time, where no offset is given.
pub(super) fn at(text: &str) -> Instant {
    let text = if text.len() == 16 { format!("{text}:00+03:00") } else { text.to_owned() };
    chrono::DateTime::parse_from_rfc3339(&text).unwrap().to_utc()
}

pub(super) fn missing(meters: usize) -> Occasions {
    let missing = (0..meters).map(|m| format!("m{m}")).collect();
    Occasions { agenda: Agenda { missing, unsent: 0 }, ..Occasions::default() }
}

fn unsent(unsent: i32) -> Occasions {
    Occasions { agenda: Agenda { missing: Vec::new(), unsent }, ..Occasions::default() }
}

fn verification(verify_by: &str) -> Occasions {
    let due = VerificationDue { meter_id: "m1".into(), verify_by: verify_by.parse().unwrap() };
    Occasions { verifications: vec![due], ..Occasions::default() }
}

fn visit(date: &str, from: &str, until: &str) -> Occasions {
    let (from, until) = (from.parse().ok(), until.parse().ok());
    let visit = AgreedVisit { id: "v1".into(), date: date.parse().unwrap(), from, until };
    Occasions { visits: vec![visit], ..Occasions::default() }
}

fn payment(pay_by: &str, kopecks: i64) -> Occasions {
    let period = "2026-10".parse().unwrap();
    let due = PaymentDue { account_id: "a1".into(), period, pay_by: pay_by.parse().unwrap(), kopecks };
    Occasions { payments: vec![due], ..Occasions::default() }
}

fn planned(now: &str, occasions: &Occasions, shown: &[Shown]) -> Schedule {
    plan(at(now), &calendar(), Moscow, &ReminderRules::default(), occasions, shown)
}

fn ids(topics: &[Topic]) -> Vec<&str> {
    topics.iter().map(|t| t.id.as_str()).collect()
}

/// Ids of what is due.
fn due(now: &str, occasions: &Occasions) -> Vec<String> {
    let due = planned(now, occasions, &[]).due;
    due.into_iter().flat_map(|d| d.topics).map(|t| t.id).collect()
}

fn shown(id: &str, when: &str) -> Shown {
    Shown { id: id.to_owned(), at: at(when) }
}

fn wake(now: &str, occasions: &Occasions) -> Instant {
    planned(now, occasions, &[]).next_wake
}

#[test]
fn before_the_window_nothing_is_due_and_the_first_day_wakes() {
    let plan = planned("2026-11-22T18:00", &missing(2), &[]);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-23T10:00")));
}

#[test]
fn each_moment_of_the_window_has_its_reminder() {
    let due = |now| due(now, &missing(2));
    assert!(due("2026-11-23T09:59:59+03:00").is_empty());
    assert_eq!(due("2026-11-23T10:00"), ["2026-11/first-day"]);
    assert_eq!(due("2026-11-23T21:59:59+03:00"), ["2026-11/first-day"]);
    assert_eq!(due("2026-11-24T08:00"), ["2026-11/second-day"], "near enough to take the first one's place");
    assert_eq!(due("2026-11-24T10:00"), ["2026-11/second-day"]);
    assert_eq!(due("2026-11-25T10:00"), ["2026-11/last-day"]);
    assert_eq!(due("2026-11-25T20:59:59+03:00"), ["2026-11/last-day"]);
    assert_eq!(due("2026-11-25T21:00"), ["2026-11/last-hours"]);
    assert!(due("2026-11-26T00:00").is_empty());
}

#[test]
fn a_reminder_of_the_window_says_what_its_words_need() {
    let occasions = Occasions { agenda: Agenda { unsent: 3, ..missing(2).agenda }, ..Occasions::default() };
    let due = planned("2026-11-25T20:59", &occasions, &[shown("2026-11/last-day", "2026-11-25T10:00")]);
    assert_eq!(due.due, None);
    let due = planned("2026-11-25T21:01", &occasions, &[]).due.unwrap();
    assert_eq!(due.at, at("2026-11-25T21:00"));
    let window = calendar().window("2026-11".parse().unwrap());
    assert_eq!(
        due.topics,
        [Topic {
            id: "2026-11/last-hours".into(),
            at: at("2026-11-25T21:00"),
            until: window.closes_at,
            kind: TopicKind::Window {
                moment: ReminderKind::LastHours,
                window,
                hours_left: 3,
                missing: vec!["m0".into(), "m1".into()],
                unsent: 3,
            },
        }]
    );
    let hours_left = |now: &str| match planned(now, &occasions, &[]).due.unwrap().topics.remove(0).kind {
        TopicKind::Window { hours_left, .. } => hours_left,
        other @ (TopicKind::Visit { .. } | TopicKind::Payment { .. } | TopicKind::Verification { .. }) => {
            panic!("{other:?}")
        }
    };
    assert_eq!((hours_left("2026-11-25T21:00"), hours_left("2026-11-25T10:00")), (3, 14));
}

#[test]
fn who_is_done_hears_nothing_until_the_next_window() {
    let plan = planned("2026-11-24T12:00", &missing(0), &[]);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-12-23T10:00")));
    assert_eq!(wake("2026-11-20T12:00", &missing(0)), at("2026-12-23T10:00"));
    assert_eq!(wake("2026-11-25T21:30", &missing(1)), at("2026-12-23T10:00"));
}

#[test]
fn what_has_not_left_is_spoken_of_near_the_end_only() {
    assert!(due("2026-11-23T12:00", &unsent(1)).is_empty());
    assert!(due("2026-11-25T09:59", &unsent(1)).is_empty());
    assert_eq!(due("2026-11-25T10:00", &unsent(1)), ["2026-11/last-day"]);
    assert_eq!(due("2026-11-25T21:00", &unsent(1)), ["2026-11/last-hours"]);
    assert_eq!(wake("2026-11-23T12:00", &unsent(1)), at("2026-11-25T10:00"));
    assert!(due("2026-11-25T21:00", &unsent(0)).is_empty());
    assert!(ReminderKind::LastDay.announces_the_end() && !ReminderKind::SecondDay.announces_the_end());
}

#[test]
fn a_reminder_that_was_shown_is_not_shown_again_and_stands_until_it_is_done() {
    let records = [shown("2026-11/first-day", "2026-11-23T10:20")];
    let again = planned("2026-11-23T11:00", &missing(1), &records);
    assert_eq!((again.due, again.next_wake), (None, at("2026-11-24T10:00")));
    assert_eq!(ids(&again.standing), ["2026-11/first-day"]);
    assert!(again.forget.is_empty());
    let done = planned("2026-11-23T11:00", &missing(0), &records);
    assert!(done.due.is_none() && done.standing.is_empty());
    let next = planned("2026-11-24T10:00", &missing(1), &records);
    assert_eq!(ids(&next.due.unwrap().topics), ["2026-11/second-day"]);
    assert!(next.standing.is_empty(), "the later one takes its place");
    let over = planned("2026-11-26T00:00", &missing(1), &records);
    assert!(over.standing.is_empty());
}

#[test]
fn once_a_later_reminder_was_shown_the_earlier_ones_are_spoken_for() {
    let records = [shown("2026-11/last-day", "2026-11-24T10:30")];
    let plan = planned("2026-11-24T10:00", &missing(1), &records);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-25T21:00")));
}

#[test]
fn a_deadline_in_the_phones_night_is_announced_in_the_evening_before() {
    let in_kamchatka = |now: &str, records: &[Shown]| {
        plan(at(now), &calendar(), Kamchatka, &ReminderRules::default(), &missing(1), records)
    };
    assert_eq!(in_kamchatka("2026-11-25T10:00", &[]).next_wake, at("2026-11-25T21:00:00+12:00"));
    let due = in_kamchatka("2026-11-25T21:00:00+12:00", &[]).due.unwrap();
    assert_eq!((ids(&due.topics), due.at), (vec!["2026-11/last-hours"], at("2026-11-25T21:00:00+12:00")));
}

#[test]
fn a_deadline_an_hour_before_the_phones_night_is_announced_so_early_that_a_late_alarm_is_not_in_it() {
    let tehran = chrono_tz::Asia::Tehran;
    let records = [shown("2026-11/last-day", "2026-11-25T10:00")];
    let schedule =
        plan(at("2026-11-25T15:00"), &calendar(), tehran, &ReminderRules::default(), &missing(1), &records);
    assert_eq!(schedule.next_wake, at("2026-11-25T21:00:00+03:30"));
}

#[test]
fn a_window_of_one_day_has_a_morning_and_a_last_call_and_one_of_two_days_no_second() {
    let names = |opens, closes| {
        let calendar = calendar_of((opens, false), (closes, false));
        let timetable = Timetable {
            now: at("2026-11-01T12:00"),
            calendar: &calendar,
            phone_zone: Moscow,
            rules: &ReminderRules::default(),
        };
        let window = calendar.window("2026-11".parse().unwrap());
        timetable.of_window(window, &missing(1).agenda).into_iter().map(|t| t.id).collect::<Vec<_>>()
    };
    assert_eq!(names(20, 20), ["2026-11/last-day", "2026-11/last-hours"]);
    assert_eq!(names(20, 21), ["2026-11/first-day", "2026-11/last-day", "2026-11/last-hours"]);
}

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

#[test]
fn a_late_alarm_in_the_night_is_silent_and_rings_in_the_morning() {
    let plan = planned("2026-11-23T22:00", &missing(1), &[]);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-24T08:00")));
    let plan = planned("2026-11-24T07:59:59+03:00", &missing(1), &[]);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-11-24T08:00")));
    assert_eq!(due("2026-11-24T08:00", &missing(1)), ["2026-11/second-day"], "with it, as it is near");
    assert_eq!(due("2026-11-23T21:59:59+03:00", &missing(1)), ["2026-11/first-day"]);
}

#[test]
fn nobody_is_woken_for_what_is_over_in_the_morning() {
    let plan = planned("2026-11-25T22:30", &missing(1), &[]);
    assert_eq!((plan.due, plan.next_wake), (None, at("2026-12-23T10:00")));
}

#[test]
fn several_missed_moments_are_one_the_latest_and_a_window_not_opened_is_forgotten() {
    assert_eq!(due("2026-11-25T11:00", &missing(1)), ["2026-11/last-day"]);
    let records = [shown("2026-11/first-day", "2026-11-23T10:00")];
    assert_eq!(planned("2027-03-01T12:00", &missing(1), &records).next_wake, at("2027-03-23T10:00"));
}

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

#[test]
fn the_window_alone_wakes_four_times_a_month() {
    let mut now = at("2026-01-01T00:00");
    let mut wakes = 0;
    let mut records = Vec::new();
    while now < at("2027-01-01T00:00") {
        let schedule = plan(now, &calendar(), Moscow, &ReminderRules::default(), &missing(1), &records);
        records
            .extend(schedule.due.iter().flat_map(|d| &d.topics).map(|t| Shown { id: t.id.clone(), at: now }));
        now = schedule.next_wake;
        wakes += 1;
    }
    assert_eq!((wakes, records.len()), (12 * 4 + 1, 12 * 4));
}

#[test]
fn another_hour_and_other_quiet_hours_are_the_utilitys_to_choose() {
    let time = |text: &str| text.parse().unwrap();
    let rules =
        ReminderRules { at: time("12:00:00"), quiet_from: time("01:00:00"), quiet_until: time("09:00:00") };
    let plan = |now: &str| plan(at(now), &calendar(), Moscow, &rules, &missing(1), &[]);
    assert_eq!(plan("2026-11-20T12:00").next_wake, at("2026-11-23T12:00"));
    assert!(plan("2026-11-24T00:59").due.is_some());
    assert_eq!(plan("2026-11-24T01:00").next_wake, at("2026-11-24T09:00"));
}
