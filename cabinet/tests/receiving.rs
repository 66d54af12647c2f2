//! A reading that is taken: what is answered, what is stored, what the lists then show.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, COLD, Flat, HOT, READINGS, but, cold};
use serde_json::json;

#[test]
fn a_reading_is_answered_with_a_receipt_and_is_then_in_the_list() {
    let flat = Flat::new();
    let answer = flat.post(&but(cold("a", "123"), json!({"entered": "00123,9"})));
    assert_eq!(answer.header("date"), "Tue, 24 Nov 2026 12:00:00 GMT");
    let item = answer.item();
    assert_eq!(item["client_item_id"], "item-a");
    assert_eq!(item["status"], "received");
    assert_eq!(item["effective_period"], "2026-11");
    assert_eq!(item["received_at"], "2026-11-24T12:00:00Z");

    let listed = flat.get(&format!("/v1/accounts/{ACCOUNT}/readings")).body;
    assert_eq!(
        listed["readings"][0],
        json!({
            "id": item["reading_id"],
            "meter_id": COLD,
            "period": "2026-11",
            "value": "123",
            "rollover": false,
            "replacement": null,
            "taken_at": "2026-11-24T11:00:00Z",
            "received_at": "2026-11-24T12:00:00Z",
            "source": "app",
            "status": "received",
            "receipt": item["receipt"],
            "client_item_id": "item-a",
            "sent_at": null,
        })
    );
    let stored = flat.running.control().readings(COLD).unwrap();
    assert_eq!(stored.last().unwrap().kept.entered.as_deref(), Some("00123,9"));
}

fn with_evidence(name: &str) -> serde_json::Value {
    let evidence =
        json!({"phone_at": "2031-01-01T00:00:00.1239Z", "skew_ms": -9_999_999, "monotonic_ms": 86_400_000});
    but(cold(name, "123"), evidence)
}

#[test]
fn what_the_phone_knew_of_the_moment_is_kept_and_judged_by_nobody() {
    let flat = Flat::new();
    flat.received(&with_evidence("a"));
    let kept = flat.running.control().readings(COLD).unwrap().pop().unwrap().kept;
    assert_eq!(kept.phone_at, Some(common::instant("2031-01-01T00:00:00.123Z")));
    assert_eq!((kept.skew_ms, kept.monotonic_ms), (Some(-9_999_999), Some(86_400_000)));
    let nothing_known = json!({"meter_id": HOT, "value": "85", "phone_at": null, "skew_ms": null});
    flat.received(&but(cold("b", "85"), nothing_known));
}

#[test]
fn the_list_tells_when_the_request_left_that_was_received_first() {
    let flat = Flat::new();
    let batch = |sent_at: &str| json!({"sent_at": sent_at, "items": [with_evidence("a")]});
    let first = flat.post_to(READINGS, &batch("1999-01-01T00:00:00.5Z"));
    let replayed = flat.post_to(READINGS, &batch("2026-11-24T12:00:09Z"));
    assert_eq!(first.item(), replayed.item());
    assert_eq!(flat.get(READINGS).body["readings"][0]["sent_at"], "1999-01-01T00:00:00.500Z");
}

#[test]
fn a_reading_that_had_to_wait_left_with_the_request_that_brought_it_at_last() {
    let flat = Flat::at("2026-11-22T12:00:00Z");
    let early = but(cold("a", "123"), json!({"taken_at": "2026-11-22T11:00:00Z"}));
    let batch = |sent_at: &str| json!({"sent_at": sent_at, "items": [early]});
    let waits = flat.post_to(READINGS, &batch("2026-11-22T12:00:00Z"));
    assert_eq!(waits.item()["code"], "PERIOD_NOT_OPEN");
    flat.set_clock("2026-11-23T12:00:00Z");
    let flat = flat.sign_in_again();
    flat.post_to(READINGS, &batch("2026-11-23T12:00:00Z"));
    assert_eq!(flat.get(READINGS).body["readings"][0]["sent_at"], "2026-11-23T12:00:00Z");
}

#[test]
fn a_time_of_sending_that_is_none_is_a_defect_and_nothing_is_stored() {
    let flat = Flat::new();
    let answer = flat.post_to(READINGS, &json!({"sent_at": "yesterday", "items": [cold("a", "123")]}));
    assert_eq!((answer.status, answer.code()), (422, "INVALID_REQUEST"));
    assert_eq!(flat.refusal(&but(cold("a", "123"), json!({"skew_ms": "1"}))).0, "INVALID_ITEM");
    assert!(flat.stored(COLD, "2026-11").is_empty());
}

#[test]
fn receipts_are_numbered_without_gaps() {
    let flat = Flat::new();
    let number = |item: &serde_json::Value| item["receipt"].as_str().unwrap().parse::<u32>().unwrap();
    let first = flat.received(&cold("a", "123"));
    flat.refusal(&cold("b", "124"));
    let second = flat.received(&but(cold("c", "85"), json!({"meter_id": HOT})));
    assert_eq!(first["receipt"].as_str().unwrap().len(), 8);
    assert_eq!(number(&second), number(&first) + 1);
}

#[test]
fn zero_use_is_taken() {
    let flat = Flat::new();
    flat.received(&but(cold("a", "82"), json!({"meter_id": HOT})));
}
