//! A reading that is taken: what is answered, what is stored, what the lists then show.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, COLD, Flat, HOT, but, cold};
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
        })
    );
    let stored = flat.running.control().readings(COLD).unwrap();
    assert_eq!(stored.last().unwrap().kept.entered.as_deref(), Some("00123,9"));
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
