use serde_json::json;

use super::*;
use crate::app::VisitRequest;
use crate::testing::{COLD, HOT, Phone, page};

fn topics(phone: &Phone) -> Vec<NoticeTopic> {
    phone.app.plan().unwrap().notice.map(|n| n.topics).unwrap_or_default()
}

fn show(phone: &Phone) {
    let notice = phone.app.plan().unwrap().notice.expect("a notice is due");
    phone.app.reminder_shown(&notice.id).unwrap();
}

fn verified_until(phone: &Phone, meter: &str, day: &str) {
    let meter = json!({ "id": meter, "account_id": "a1", "serial": "1", "resource": "cold_water",
        "place": "кухня", "digits": { "whole": 5, "fraction": 3 }, "version": 2, "verify_by": day });
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "meters": [meter] }))));
    phone.app.sync(10_000).unwrap();
}

#[test]
fn the_window_names_the_meters_that_are_missing() {
    let phone = Phone::signed_in();
    phone.capture(HOT, "85");
    let topics = topics(&phone);
    let [NoticeTopic::Window { kind, missing, hours_left, until, .. }] = topics.as_slice() else {
        panic!("{topics:?}")
    };
    assert_eq!((*kind, *hours_left, until.as_str()), (ReminderKind::FirstDay, 60, "23:59"));
    assert_eq!(missing.len(), 1);
    assert_eq!((missing[0].meter_id.as_str(), missing[0].flat.as_str()), (COLD, "ул. Примерная, 12"));
}

#[test]
fn everything_that_is_due_at_one_moment_is_one_notice() {
    let phone = Phone::signed_in();
    verified_until(&phone, COLD, "2026-11-30");
    let visit = VisitRequest {
        account_id: "a1".into(),
        date: "2026-11-23".parse().unwrap(),
        from: Some("15:00".into()),
        until: None,
        note: "Контролёр".into(),
    };
    phone.app.note_visit(&visit).unwrap();
    let topics = topics(&phone);
    let kinds: Vec<&str> = topics
        .iter()
        .map(|t| match t {
            NoticeTopic::Window { .. } => "window",
            NoticeTopic::Visit { .. } => "visit",
            NoticeTopic::Payment { .. } => "payment",
            NoticeTopic::Verification { .. } => "verification",
        })
        .collect();
    assert_eq!(kinds, ["visit", "window", "verification"], "the most urgent first");
    show(&phone);
    let plan = phone.app.plan().unwrap();
    assert_eq!(
        (plan.notice, plan.take_away),
        (None, false),
        "it stays on show as long as something is to do"
    );
}

#[test]
fn a_bill_is_spoken_of_until_it_is_paid() {
    let phone = Phone::signed_in();
    let bill = |balance: i64| {
        json!({ "cursor": "2",
            "accounts": [{ "id": "a1", "number": "1204417", "address": "ул. Примерная, 12",
                "balance": { "kopecks": balance, "period": "2026-11", "as_of": "2026-12-05T00:00:00Z" } }],
            "charges": [{ "account_id": "a1", "period": "2026-11", "total_kopecks": 9000, "due_kopecks": 9000,
                "pay_by": "2026-12-15", "lines": [] }] })
    };
    phone.portal.will_change(Ok(page(bill(9000))));
    phone.app.sync(10_000).unwrap();
    phone.set_clock("2026-12-15T12:00:00+03:00");
    let said = topics(&phone);
    let [NoticeTopic::Payment { kopecks, days_left, .. }] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((*kopecks, *days_left), (9000, 0));
    phone.portal.will_change(Ok(page(bill(0))));
    phone.app.sync(10_000).unwrap();
    assert_eq!(topics(&phone), []);
}

#[test]
fn what_a_clock_that_ran_ahead_has_shown_comes_again_in_its_time() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.capture(HOT, "85");
    phone.set_clock("2026-12-24T12:00:00+03:00");
    show(&phone);
    phone.set_clock("2026-11-24T12:00:00+03:00");
    assert_eq!(phone.app.plan().unwrap().notice, None);
    phone.set_clock("2026-12-24T12:30:00+03:00");
    assert!(phone.app.plan().unwrap().notice.is_some());
}

#[test]
fn planning_twice_says_the_same() {
    let phone = Phone::signed_in();
    assert_eq!(phone.app.plan().unwrap(), phone.app.plan().unwrap());
}
