//! Whatever the zone, the occasions and the lateness of alarms.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Timelike};
use proptest::prelude::*;

use super::plan_tests::{at, calendar_of};
use super::*;

const WINDOWS: [((u8, bool), (u8, bool)); 6] = [
    ((23, false), (25, false)),
    ((15, false), (3, true)),
    ((25, false), (5, true)),
    ((28, false), (1, true)),
    ((20, false), (20, false)),
    ((1, false), (31, false)),
];

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..200).prop_map(|days| "2026-01-01".parse::<NaiveDate>().unwrap() + TimeDelta::days(days))
}

fn time() -> impl Strategy<Value = Option<NaiveTime>> {
    proptest::option::of((0_u32..24 * 60).prop_map(|m| NaiveTime::from_hms_opt(m / 60, m % 60, 0).unwrap()))
}

fn occasions() -> impl Strategy<Value = Occasions> {
    let verification = day().prop_map(|verify_by| VerificationDue { meter_id: "m".into(), verify_by });
    let visit = (day(), time(), time()).prop_map(|(date, from, until)| AgreedVisit {
        id: "v".into(),
        date,
        from,
        until,
    });
    let payment = (day(), 0_i64..3).prop_map(|(pay_by, kopecks)| PaymentDue {
        account_id: "a".into(),
        period: crate::Period::of(pay_by),
        pay_by,
        kopecks,
    });
    let agenda = (proptest::bool::ANY, 0_i32..2).prop_map(|(missing, unsent)| Agenda {
        missing: missing.then(|| "m".to_owned()).into_iter().collect(),
        unsent,
    });
    (
        agenda,
        proptest::collection::vec(verification, 0..3),
        proptest::collection::vec(visit, 0..3),
        proptest::collection::vec(payment, 0..3),
    )
        .prop_map(|(agenda, mut verifications, mut visits, mut payments)| {
            verifications.dedup();
            verifications.iter_mut().enumerate().for_each(|(i, v)| v.meter_id = format!("m{i}"));
            visits.iter_mut().enumerate().for_each(|(i, v)| v.id = format!("v{i}"));
            payments.iter_mut().enumerate().for_each(|(i, p)| p.account_id = format!("a{i}"));
            Occasions { agenda, verifications, visits, payments }
        })
}

/// A phone: its zone, its utility, what there is to do, and what it has shown so far.
#[derive(Debug)]
struct Phone {
    zone: Tz,
    calendar: Calendar,
    occasions: Occasions,
    shown: Vec<Shown>,
    rings: Vec<(Instant, Vec<Topic>)>,
}

impl Phone {
    /// Plans, shows and records, and says when to wake.
    fn wake(&mut self, now: Instant) -> Result<Instant, TestCaseError> {
        let rules = ReminderRules::default();
        let planned = plan(now, &self.calendar, self.zone, &rules, &self.occasions, &self.shown);
        let again = plan(now, &self.calendar, self.zone, &rules, &self.occasions, &self.shown);
        prop_assert_eq!(&planned, &again);
        prop_assert!(planned.next_wake > now);
        if let Some(due) = planned.due {
            let hour = now.with_timezone(&self.zone).hour();
            prop_assert!((8..22).contains(&hour), "rings at {}", now.with_timezone(&self.zone));
            prop_assert!(!due.topics.is_empty());
            for topic in &due.topics {
                prop_assert!(now < topic.until, "over: {topic:?}");
                prop_assert!(topic.at <= now + GATHER, "early: {topic:?}");
                prop_assert!(self.shown.iter().all(|s| s.id != topic.id), "twice: {topic:?}");
                self.shown.push(Shown { id: topic.id.clone(), at: now });
            }
            let after = plan(now, &self.calendar, self.zone, &rules, &self.occasions, &self.shown);
            prop_assert_eq!(&after.due, &None, "rings twice");
            prop_assert_eq!(after.next_wake, planned.next_wake, "showing changes no alarm");
            self.rings.push((now, due.topics));
        }
        Ok(planned.next_wake)
    }

    /// Every occasion's reminders that lie between two moments, as they are laid out on some day before.
    fn expected(&self, from: Instant, until: Instant) -> Vec<Vec<Topic>> {
        let mut all: BTreeMap<String, Vec<Topic>> = BTreeMap::new();
        let mut now = from;
        while now < until {
            let rules = ReminderRules::default();
            let timetable = Timetable { now, calendar: &self.calendar, phone_zone: self.zone, rules: &rules };
            for topics in timetable.occasions(&self.occasions) {
                if let Some(first) = topics.first() {
                    all.insert(first.id.clone(), topics);
                }
            }
            now += TimeDelta::days(5);
        }
        all.into_values().collect()
    }
}

proptest! {
    /// Woken as told, and late by less than the slack, a phone shows each reminder, or a later one of its occasion,
    /// less than the slack after its moment.
    #[test]
    fn waking_as_told_shows_each_reminder_once_and_within_its_slack(
        start in 0_i64..100_000,
        zone in 0..chrono_tz::TZ_VARIANTS.len(),
        window in 0..WINDOWS.len(),
        occasions in occasions(),
        delays in proptest::collection::vec(prop_oneof![Just(0), Just(3599), 0_i64..3600], 40),
    ) {
        let calendar = calendar_of(WINDOWS[window].0, WINDOWS[window].1);
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let mut phone = Phone { zone, calendar, occasions, shown: Vec::new(), rings: Vec::new() };
        let begin = at("2026-01-01T00:00") + TimeDelta::minutes(start);
        let mut now = begin;
        for delay in delays {
            now = phone.wake(now)? + TimeDelta::seconds(delay);
        }
        for topics in phone.expected(begin, now) {
            for (index, topic) in topics.iter().enumerate() {
                let last_chance = (topic.at + SLACK).min(topic.until);
                if topic.at < begin || last_chance >= now || topic.at + SLACK > topic.until {
                    continue;
                }
                let in_time = phone.rings.iter().any(|(when, told)| {
                    *when < last_chance && told.iter().any(|t| topics[index..].iter().any(|later| later.id == t.id))
                });
                prop_assert!(in_time, "{} is not shown by {last_chance}: {:?}", topic.id, phone.rings);
            }
        }
        // Two rings within two hours are a last call, or the first one was late.
        for pair in phone.rings.windows(2) {
            let last_call = pair[1].1.iter().any(|t| t.id.ends_with("last-hours"));
            prop_assert!(last_call || pair[1].0 - pair[0].0 > GATHER, "{pair:?}");
        }
    }

    /// Asked at any instants, in any order of zones, nothing comes twice, too early, in the night or too late.
    #[test]
    fn asking_at_any_instants_shows_nothing_twice(
        steps in proptest::collection::vec((1_i64..20_000, 0..chrono_tz::TZ_VARIANTS.len()), 1..60),
        window in 0..WINDOWS.len(),
        occasions in occasions(),
    ) {
        let calendar = calendar_of(WINDOWS[window].0, WINDOWS[window].1);
        let mut phone = Phone { zone: Tz::UTC, calendar, occasions, shown: Vec::new(), rings: Vec::new() };
        let mut now = at("2026-01-01T00:00");
        for (minutes, zone) in steps {
            now += TimeDelta::minutes(minutes);
            phone.zone = chrono_tz::TZ_VARIANTS[zone];
            phone.wake(now)?;
        }
    }

    /// A clock that was wrong and is right again: what it showed comes again at its real time, once.
    #[test]
    fn what_a_wrong_clock_showed_comes_again(
        wrong_days in 1_i64..400, start in 0_i64..100_000, occasions in occasions(),
    ) {
        let calendar = calendar_of(WINDOWS[0].0, WINDOWS[0].1);
        let mut right = Phone {
            zone: Tz::UTC, calendar, occasions: occasions.clone(), shown: Vec::new(), rings: Vec::new(),
        };
        let begin = at("2026-01-01T00:00") + TimeDelta::minutes(start);
        right.wake(begin)?;
        let before = right.shown.clone();
        // Wrong for a while.
        let rules = ReminderRules::default();
        let wrong = begin + TimeDelta::days(wrong_days);
        let schedule = plan(wrong, &right.calendar, right.zone, &rules, &right.occasions, &right.shown);
        for topic in schedule.due.into_iter().flat_map(|d| d.topics) {
            right.shown.push(Shown { id: topic.id, at: wrong });
        }
        // Right again: the records are forgotten, and the phone is as if nothing had been.
        let mended = begin + TimeDelta::minutes(5);
        let schedule = plan(mended, &right.calendar, right.zone, &rules, &right.occasions, &right.shown);
        right.shown.retain(|s| !schedule.forget.contains(&s.id));
        prop_assert_eq!(&right.shown, &before);
    }

    /// Nothing in the input can break it.
    #[test]
    fn no_clock_and_no_date_breaks_it(
        now in i64::MIN..i64::MAX, days in i32::MIN..i32::MAX, zone in 0..chrono_tz::TZ_VARIANTS.len(),
    ) {
        let now = chrono::DateTime::from_timestamp_millis(now).unwrap_or(Instant::MAX_UTC);
        let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MIN);
        let occasions = Occasions {
            verifications: vec![VerificationDue { meter_id: "m".into(), verify_by: date }],
            visits: vec![AgreedVisit { id: "v".into(), date, from: None, until: Some(NaiveTime::MIN) }],
            ..Occasions::default()
        };
        let calendar = calendar_of(WINDOWS[0].0, WINDOWS[0].1);
        let schedule = plan(now, &calendar, chrono_tz::TZ_VARIANTS[zone], &ReminderRules::default(), &occasions, &[]);
        prop_assert!(schedule.next_wake > now || now > Instant::MAX_UTC - TimeDelta::days(2));
    }
}
