//! What tests of an app need to go wrong: requests that never arrive, answers that are lost, servers that are down.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{COLD, Flat, READINGS, cold};
use serde_json::{Value, json};
use vodomer_cabinet::{Outcome, Which};

const QUESTIONS: &str = "/v1/accounts/demo-account/questions";

fn question() -> Value {
    json!({"idempotency_key": "key-q", "client_item_id": "item-q", "topic": "charges", "text": "Почему?",
        "written_at": "2026-11-24T11:00:00Z"})
}

/// Whether anything came back.
fn is_answered(flat: &Flat, path: &str, body: &Value) -> bool {
    let request = flat.agent.post(format!("{}{path}", flat.running.url()));
    request.header("Authorization", format!("Bearer {}", flat.access)).send_json(body).is_ok()
}

fn outcomes(flat: &Flat, path: &str) -> Vec<Outcome> {
    let requests = flat.running.control().requests();
    requests.into_iter().filter(|it| it.path == path).map(|it| it.status).collect()
}

#[test]
fn a_lost_request_is_not_handled_and_its_replay_is() {
    let flat = Flat::new();
    flat.running.control().lose_requests(Which::Sending, 2);
    let batch = json!({"items": [cold("a", "123")]});
    assert_eq!(flat.get(READINGS).status, 200, "reading the list is no sending");
    assert!(!is_answered(&flat, READINGS, &batch));
    assert!(!is_answered(&flat, QUESTIONS, &question()));
    assert!(flat.stored(COLD, "2026-11").is_empty() && flat.running.control().letters().unwrap().is_empty());
    flat.received(&cold("a", "123"));
    assert_eq!(outcomes(&flat, QUESTIONS), [Outcome::RequestLost]);
    assert_eq!(
        outcomes(&flat, READINGS),
        [Outcome::Answered(200), Outcome::RequestLost, Outcome::Answered(200)]
    );
}

#[test]
fn answers_to_withdrawals_and_letters_are_lost_as_those_to_readings_are() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.running.control().lose_answers(2);
    assert!(!is_answered(&flat, QUESTIONS, &question()));
    assert_eq!(flat.running.control().letters().unwrap().len(), 1);
    let path = format!("{READINGS}/{}", reading["reading_id"].as_str().unwrap());
    let request = flat.agent.delete(format!("{}{path}", flat.running.url()));
    let request = request.header("Authorization", format!("Bearer {}", flat.access));
    assert!(request.header("Idempotency-Key", "w").call().is_err());
    assert_eq!(flat.stored(COLD, "2026-11")[0].2, "withdrawn");
    assert_eq!(flat.withdraw(&reading, "w").status, 200);
    assert_eq!(outcomes(&flat, &path), [Outcome::AnswerLost, Outcome::Answered(200)]);
    assert_eq!(flat.running.control().requests().last().unwrap().idempotency_keys, ["w"]);
}

#[test]
fn a_status_is_answered_as_often_as_asked_and_nothing_is_stored_meanwhile() {
    for (status, code, wait) in [
        (500, "INTERNAL", None),
        (503, "MAINTENANCE", Some(120)),
        (429, "RATE_LIMITED", Some(30)),
        (401, "SESSION_EXPIRED", None),
    ] {
        let flat = Flat::new();
        flat.running.control().answer_with(Which::Sending, 2, status, wait);
        for _ in 0..2 {
            let answer = flat.post(&cold("a", "123"));
            assert_eq!((answer.status, answer.code()), (status, code));
            assert_eq!(answer.header("retry-after"), wait.map(|it| it.to_string()).unwrap_or_default());
            assert_eq!(answer.header("content-type"), "application/problem+json");
            assert_eq!(answer.header("date"), "Tue, 24 Nov 2026 12:00:00 GMT");
        }
        assert!(flat.stored(COLD, "2026-11").is_empty());
        flat.received(&cold("a", "123"));
    }
}

#[test]
fn a_faulty_429_or_503_names_the_instant_until_which_to_wait() {
    let flat = Flat::new();
    for status in [429, 503] {
        flat.running.control().answer_with(Which::Any, 1, status, None);
        let answer = flat.get("/v1/sync");
        assert_eq!(answer.body["params"], json!({"until": "2026-11-24T12:01:00Z"}));
        assert_eq!(answer.header("retry-after"), "60");
    }
}

#[test]
fn other_statuses_come_bare_as_from_a_gateway_and_any_does_if_asked_for() {
    let flat = Flat::new();
    flat.running.control().answer_with(Which::Sending, 1, 502, Some(5));
    flat.running.control().answer_bare(Which::Sending, 1, 503, Some(5));
    for status in [502, 503] {
        let answer = flat.post(&cold("a", "123"));
        assert_eq!((answer.status, &answer.body, answer.header("content-type")), (status, &Value::Null, ""));
        assert_eq!(answer.header("retry-after"), "5");
    }
}

#[test]
fn faults_strike_in_the_order_in_which_they_were_staged_until_they_are_called_off() {
    let flat = Flat::new();
    let control = flat.running.control();
    control.answer_with(Which::Sending, 1, 500, None);
    control.answer_with(Which::Any, 1, 503, None);
    control.answer_with(Which::Sending, 3, 429, None);
    control.lose_requests(Which::Any, 0);
    assert_eq!(flat.get("/v1/sync").status, 503, "it is no sending, so the first fault waits");
    assert_eq!(flat.post(&cold("a", "123")).status, 500);
    assert_eq!(flat.post(&cold("a", "123")).status, 429);
    control.lose_answers(1);
    control.no_more_faults();
    flat.received(&cold("a", "123"));
}
