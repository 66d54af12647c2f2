use super::*;
use crate::{Day, Profile, WindowEnd, WindowRule};
use chrono_tz::Asia::Kamchatka;
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

pub(super) fn verification(verify_by: &str) -> Occasions {
    let due = VerificationDue { meter_id: "m1".into(), verify_by: verify_by.parse().unwrap() };
    Occasions { verifications: vec![due], ..Occasions::default() }
}

pub(super) fn visit(date: &str, from: &str, until: &str) -> Occasions {
    let (from, until) = (from.parse().ok(), until.parse().ok());
    let visit = AgreedVisit { id: "v1".into(), date: date.parse().unwrap(), from, until };
    Occasions { visits: vec![visit], ..Occasions::default() }
}

pub(super) fn payment(pay_by: &str, kopecks: i64) -> Occasions {
    let period = "2026-10".parse().unwrap();
    let due = PaymentDue { account_id: "a1".into(), period, pay_by: pay_by.parse().unwrap(), kopecks };
    Occasions { payments: vec![due], ..Occasions::default() }
}

pub(super) fn planned(now: &str, occasions: &Occasions, shown: &[Shown]) -> Schedule {
    plan(at(now), &calendar(), Moscow, &ReminderRules::default(), occasions, shown)
}

pub(super) fn ids(topics: &[Topic]) -> Vec<&str> {
    topics.iter().map(|t| t.id.as_str()).collect()
}

/// Ids of what is due.
pub(super) fn due(now: &str, occasions: &Occasions) -> Vec<String> {
    let due = planned(now, occasions, &[]).due;
    due.into_iter().flat_map(|d| d.topics).map(|t| t.id).collect()
}

pub(super) fn shown(id: &str, when: &str) -> Shown {
    Shown { id: id.to_owned(), at: at(when) }
}

pub(super) fn wake(now: &str, occasions: &Occasions) -> Instant {
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
