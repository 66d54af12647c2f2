//! Readings that came another way than the app, and the app that then sends the same month.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{COLD, Flat, READINGS, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::EntryError;
use vodomer_cabinet::records::StoredReading;

fn enter(flat: &Flat, changes: Value) -> Result<StoredReading, EntryError> {
    let entry = json!({"meter_id": COLD, "period": "2026-11", "value": "123", "source": "sms"});
    flat.running.control().enter_reading(&serde_json::from_value(but(entry, changes)).unwrap())
}

#[test]
fn a_reading_from_elsewhere_is_listed_with_its_source() {
    for source in ["sms", "email", "phone", "office", "inspector"] {
        let flat = Flat::new();
        let taken_at = "2026-11-23T18:00:00Z";
        let entered = enter(&flat, json!({"source": source, "taken_at": taken_at})).unwrap().reading;
        let listed = flat.get(READINGS).body["readings"][0].clone();
        let told =
            json!([listed["id"], listed["value"], listed["source"], listed["status"], listed["taken_at"]]);
        assert_eq!(told, json!([entered.id, "123", source, "received", taken_at]));
        assert_eq!(json!([listed["client_item_id"], listed["sent_at"]]), json!([null, null]));
        assert_eq!(listed["receipt"].is_null(), source == "inspector");
    }
}

#[test]
fn the_app_is_told_the_reading_that_stands_whatever_its_source_and_its_value() {
    let flat = Flat::new();
    let entered = enter(&flat, json!({})).unwrap().reading;
    let duplicate = ("DUPLICATE_IN_PERIOD".to_owned(), json!({"value": "123", "reading_id": entered.id}));
    assert_eq!(flat.refusal(&cold("same", "123")), duplicate);
    assert_eq!(flat.refusal(&cold("other", "124")), duplicate);
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);
}

#[test]
fn the_app_may_correct_it_when_it_says_so() {
    let flat = Flat::new();
    let entered = enter(&flat, json!({"source": "office"})).unwrap().reading;
    flat.received(&but(cold("a", "124"), json!({"supersedes": entered.id})));
    let mut november = flat.stored(COLD, "2026-11");
    november.sort();
    let stored =
        |value: &str, source: &str, status: &str| (value.to_owned(), source.to_owned(), status.to_owned());
    assert_eq!(november, [stored("123", "office", "superseded"), stored("124", "app", "received")]);
}

#[test]
fn a_charged_reading_from_elsewhere_is_named_too() {
    let flat = Flat::new();
    let entered = enter(&flat, json!({})).unwrap().reading;
    flat.set_clock("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    let accounted = ("ALREADY_ACCOUNTED".to_owned(), json!({"value": "123", "reading_id": entered.id}));
    assert_eq!(flat.refusal(&cold("a", "123")), accounted);
}

#[test]
fn the_app_takes_back_only_its_own() {
    let flat = Flat::new();
    let entered = json!({"reading_id": enter(&flat, json!({})).unwrap().reading.id});
    let answer = flat.withdraw(&entered, "w");
    assert_eq!((answer.status, answer.code()), (409, "NOT_WITHDRAWABLE"));
    assert_eq!(answer.body["params"], json!({"status": "received", "source": "sms"}));
    assert_eq!(flat.stored(COLD, "2026-11")[0].2, "received");
}

#[test]
fn after_a_withdrawal_a_clerk_may_enter_the_month() {
    let flat = Flat::new();
    let ours = flat.received(&cold("a", "123"));
    assert!(matches!(enter(&flat, json!({})), Err(EntryError::Taken(_))));
    flat.withdraw(&ours, "w");
    enter(&flat, json!({"value": "121"})).unwrap();
}

#[test]
fn a_clerk_can_not_enter_what_can_not_be() {
    let flat = Flat::new();
    assert!(matches!(enter(&flat, json!({"meter_id": "no-such"})), Err(EntryError::NoMeter)));
    assert!(matches!(
        enter(&flat, json!({"value": "123.5"})),
        Err(EntryError::Digits("FRACTION_NOT_ALLOWED"))
    ));
    assert!(matches!(enter(&flat, json!({"value": "118"})), Err(EntryError::Below(_))));
    assert!(matches!(enter(&flat, json!({"period": "2026-10"})), Err(EntryError::Taken(_))));
    flat.running.control().archive_meter(COLD, None).unwrap();
    assert!(matches!(enter(&flat, json!({})), Err(EntryError::NoMeter)));
    assert!(flat.stored(COLD, "2026-11").is_empty());
}

#[test]
fn a_clerk_may_enter_a_month_without_any_use_before_its_window_and_not_once_it_was_charged() {
    let flat = Flat::at("2026-11-02T09:00:00Z");
    enter(&flat, json!({"value": "119"})).unwrap();
    let flat = Flat::at("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    assert!(matches!(enter(&flat, json!({"period": "2026-11"})), Err(EntryError::Taken(_))));
    flat.home.change("DELETE FROM charge_lines");
    flat.home.change("DELETE FROM readings WHERE period = '2026-11'");
    assert!(matches!(enter(&flat, json!({"period": "2026-11"})), Err(EntryError::Charged)));
}
