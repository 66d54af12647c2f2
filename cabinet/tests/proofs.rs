//! The code that proves a reading: confirmed for whoever has it, and silent about everything else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{COLD, Flat, READINGS, but, cold};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The code as an app makes it: from what it sent, and what it was answered.
fn code(fields: [&str; 12]) -> String {
    let lines: String = fields.iter().map(|field| format!("{field}\n")).collect();
    let hash = Sha256::digest(lines);
    hash[..8].iter().map(|byte| format!("{byte:02X}")).collect()
}

fn with_evidence() -> Value {
    let evidence = json!({"entered": "00123,9", "phone_at": "2026-11-24T10:58:00.5Z", "skew_ms": -120_500,
        "monotonic_ms": 77});
    but(cold("a", "123"), evidence)
}

fn sent(flat: &Flat) -> Value {
    let batch = json!({"sent_at": "2026-11-24T11:59:58.001Z", "items": [with_evidence()]});
    flat.post_to(READINGS, &batch).item().clone()
}

fn fields<'a>(sent_at: &'a str, received_at: &'a str, receipt: &'a str) -> [&'a str; 12] {
    [
        "item-a",
        COLD,
        "2026-11",
        "123",
        "00123,9",
        "2026-11-24T11:00:00.000Z",
        "2026-11-24T10:58:00.500Z",
        "-120500",
        "77",
        sent_at,
        received_at,
        receipt,
    ]
}

fn answered(receipt: &str) -> [&str; 12] {
    fields("2026-11-24T11:59:58.001Z", "2026-11-24T12:00:00.000Z", receipt)
}

/// Asks without a session, as a clerk or a court would.
fn confirmed(flat: &Flat, receipt: &str, code: &str) -> bool {
    let path = format!("{}/v1/proofs/{receipt}/{}", flat.running.url(), code.replace(' ', "%20"));
    let answer = common::answer(flat.agent.get(path).call().unwrap());
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(answer.body.as_object().unwrap().len(), 1, "{:?}", answer.body);
    answer.body["confirmed"].as_bool().unwrap()
}

#[test]
fn the_code_of_an_answered_reading_is_confirmed_however_it_is_typed() {
    let flat = Flat::new();
    let reading = sent(&flat);
    let receipt = reading["receipt"].as_str().unwrap();
    let plain = code(answered(receipt));
    let grouped = |by: &str| {
        let groups: Vec<&str> = (0..4).map(|group| &plain[4 * group..4 * group + 4]).collect();
        groups.join(by)
    };
    for typed in [plain.clone(), plain.to_lowercase(), grouped(" "), grouped("-"), grouped(" - ")] {
        assert!(confirmed(&flat, receipt, &typed), "{typed}");
    }
}

#[test]
fn a_code_made_before_the_answer_was_known_is_confirmed_too() {
    let flat = Flat::new();
    let reading = sent(&flat);
    let receipt = reading["receipt"].as_str().unwrap();
    assert!(confirmed(&flat, receipt, &code(fields("", "", ""))));
    assert!(!confirmed(&flat, receipt, &code(fields("2026-11-24T11:59:58.001Z", "", ""))));
}

#[test]
fn a_code_with_one_field_changed_is_not_confirmed() {
    let flat = Flat::new();
    let reading = sent(&flat);
    let receipt = reading["receipt"].as_str().unwrap();
    for field in 0..12 {
        let mut changed = answered(receipt);
        changed[field] = "0";
        assert!(!confirmed(&flat, receipt, &code(changed)), "field {field}");
    }
    for wrong in ["0", "xyz", &code(answered(receipt))[..15], &format!("{}0", code(answered(receipt)))] {
        assert!(!confirmed(&flat, receipt, wrong), "{wrong}");
    }
}

#[test]
fn an_unknown_receipt_and_a_receipt_of_another_reading_confirm_nothing() {
    let flat = Flat::new();
    let reading = sent(&flat);
    let code = code(answered(reading["receipt"].as_str().unwrap()));
    for receipt in ["99999999", "00000001", "nonsense", "%27"] {
        assert!(!confirmed(&flat, receipt, &code), "{receipt}");
    }
}

#[test]
fn a_reading_keeps_its_code_when_it_is_replayed_corrected_charged_or_taken_back() {
    let flat = Flat::new();
    let reading = sent(&flat);
    let receipt = reading["receipt"].as_str().unwrap();
    let proof = code(answered(receipt));
    flat.set_clock("2026-11-24T12:05:00Z");
    let later = json!({"sent_at": "2026-11-24T12:05:00Z", "items": [with_evidence()]});
    flat.post_to(READINGS, &later);
    assert!(confirmed(&flat, receipt, &proof));
    let second = flat.received(&but(cold("b", "124"), json!({"supersedes": reading["reading_id"]})));
    assert!(confirmed(&flat, receipt, &proof));
    flat.withdraw(&second, "w");
    assert_eq!(flat.stored(COLD, "2026-11").len(), 2);
    let of_second =
        ["item-b", COLD, "2026-11", "124", "124", "2026-11-24T11:00:00.000Z", "", "", "", "", "", ""];
    assert!(confirmed(&flat, second["receipt"].as_str().unwrap(), &code(of_second)));
}

#[test]
fn the_month_in_the_code_is_the_one_that_the_resident_named() {
    let flat = Flat::at("2026-11-26T09:00:00Z");
    let reading = flat.received(&but(cold("a", "123"), json!({"taken_at": "2026-11-26T08:00:00Z"})));
    assert_eq!(reading["effective_period"], "2026-12");
    let of =
        |period| ["item-a", COLD, period, "123", "123", "2026-11-26T08:00:00.000Z", "", "", "", "", "", ""];
    let receipt = reading["receipt"].as_str().unwrap();
    assert!(confirmed(&flat, receipt, &code(of("2026-11"))));
    assert!(!confirmed(&flat, receipt, &code(of("2026-12"))));
}

#[test]
fn a_reading_that_no_app_sent_has_no_code() {
    let flat = Flat::new();
    let entry = json!({"meter_id": COLD, "period": "2026-11", "value": "123", "source": "sms"});
    let entered = flat.running.control().enter_reading(&serde_json::from_value(entry).unwrap()).unwrap();
    let receipt = entered.reading.receipt.unwrap();
    let blank = ["", COLD, "2026-11", "123", "", "", "", "", "", "", "", ""];
    assert!(!confirmed(&flat, &receipt, &code(blank)));
    let answered = ["", COLD, "2026-11", "123", "", "", "", "", "", "", "2026-11-24T12:00:00.000Z", &receipt];
    assert!(!confirmed(&flat, &receipt, &code(answered)));
}

#[test]
fn the_contracts_first_example_is_confirmed_over_http() {
    let flat = Flat::at("2026-11-23T07:09:12.7Z");
    let examples: Value = serde_json::from_str(include_str!("../../contract/proofs.json")).unwrap();
    let (of, proof) = (&examples["proofs"][0]["of"], examples["proofs"][0]["code"].as_str().unwrap());
    let mut item = but(cold("a", "123"), of.clone());
    for answered in ["sent_at", "received_at", "receipt"] {
        item.as_object_mut().unwrap().remove(answered);
    }
    let answer = flat.post_to(READINGS, &json!({"sent_at": of["sent_at"], "items": [item]}));
    assert_eq!(answer.item()["receipt"], of["receipt"], "the demonstration's next number");
    assert!(confirmed(&flat, "00000015", proof));
}
