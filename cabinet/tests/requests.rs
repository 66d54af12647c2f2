//! Requests that are none: each its own problem, and nothing happens.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Answer, COLD, Flat, READINGS, cold};
use serde_json::{Value, json};

fn problem(answer: &Answer) -> (u16, &str) {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.body["status"], answer.status);
    assert!(answer.body["title"].is_string());
    (answer.status, answer.code())
}

#[test]
fn what_is_not_json_is_a_bad_request() {
    let flat = Flat::new();
    for body in ["", "{", "<html>", "{\"items\": [}"] {
        assert_eq!(problem(&flat.post_raw(READINGS, "application/json", body.as_bytes())), (400, "NOT_JSON"));
    }
    assert_eq!(problem(&flat.post_raw(READINGS, "application/json", b"\xff\xfe")), (400, "NOT_JSON"));
}

#[test]
fn what_does_not_say_that_it_is_json_is_not_looked_at() {
    let flat = Flat::new();
    let body = json!({"items": [cold("a", "123")]}).to_string();
    assert_eq!(
        problem(&flat.post_raw(READINGS, "text/plain", body.as_bytes())),
        (415, "UNSUPPORTED_MEDIA_TYPE")
    );
    assert!(flat.stored(COLD, "2026-11").is_empty());
    let with_charset = flat.post_raw(READINGS, "application/json; charset=utf-8", body.as_bytes());
    assert_eq!(with_charset.item()["status"], "received");
}

#[test]
fn a_request_over_128_kib_is_too_large() {
    let flat = Flat::new();
    let body = vec![b' '; 128 * 1024 + 1];
    let answer = flat.post_raw(READINGS, "application/json", &body);
    assert_eq!(problem(&answer), (413, "PAYLOAD_TOO_LARGE"));
    assert_eq!(answer.body["params"], json!({"limit_bytes": 131_072}));
}

#[test]
fn fifty_items_are_taken_and_fifty_one_are_too_many() {
    let flat = Flat::new();
    let items =
        |count: usize| (0..count).map(|number| cold(&number.to_string(), "123")).collect::<Vec<Value>>();
    let answer = flat.post_to(READINGS, &json!({"items": items(51)}));
    assert_eq!(problem(&answer), (422, "TOO_MANY_ITEMS"));
    assert_eq!(answer.body["params"], json!({"limit": 50}));
    assert!(flat.stored(COLD, "2026-11").is_empty());
    let answer = flat.post_to(READINGS, &json!({"items": items(50)}));
    assert_eq!(answer.body["items"].as_array().unwrap().len(), 50);
}

#[test]
fn a_batch_that_can_not_be_answered_item_by_item_is_turned_away_whole() {
    let flat = Flat::new();
    let mut nameless = cold("b", "123");
    nameless.as_object_mut().unwrap().remove("idempotency_key");
    for body in
        [json!({"items": []}), json!([]), json!({"items": 1}), json!({"items": [cold("a", "123"), nameless]})]
    {
        assert_eq!(problem(&flat.post_to(READINGS, &body)), (422, "INVALID_REQUEST"), "{body}");
    }
    assert!(flat.stored(COLD, "2026-11").is_empty());
}

#[test]
fn without_a_session_nothing_is_shown() {
    let mut flat = Flat::new();
    for token in ["", "nonsense", "Basic"] {
        flat.access = token.to_owned();
        for path in ["/v1/accounts", "/v1/sync", READINGS, "/v1/accounts/no-such/meters"] {
            let answer = flat.get(path);
            assert_eq!(problem(&answer), (401, "SESSION_EXPIRED"), "{path}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        assert_eq!(problem(&flat.post(&cold("a", "123"))), (401, "SESSION_EXPIRED"));
    }
}

#[test]
fn an_account_of_somebody_else_is_answered_as_one_that_does_not_exist() {
    let flat = Flat::new();
    let neighbour = common::add_neighbour(&flat);
    for list in ["meters", "readings", "charges"] {
        let theirs = flat.get(&format!("/v1/accounts/{neighbour}/{list}"));
        let nobodys = flat.get(&format!("/v1/accounts/no-such/{list}"));
        assert_eq!(problem(&theirs), (404, "NO_SUCH_ACCOUNT"));
        assert_eq!(theirs.body, nobodys.body);
    }
    let theirs =
        flat.post_to(&format!("/v1/accounts/{neighbour}/readings"), &json!({"items": [cold("a", "123")]}));
    assert_eq!(problem(&theirs), (404, "NO_SUCH_ACCOUNT"));
    assert!(flat.stored(COLD, "2026-11").is_empty());
}

#[test]
fn a_meter_of_somebody_else_is_answered_as_one_that_does_not_exist() {
    let flat = Flat::new();
    common::add_neighbour(&flat);
    let (code, _) = flat.refusal(&common::but(cold("a", "123"), json!({"meter_id": "neighbours-cold"})));
    assert_eq!(code, "NO_SUCH_METER");
}

#[test]
fn unknown_paths_and_methods_have_their_problems_and_every_answer_its_date() {
    let flat = Flat::new();
    let nowhere = flat.get("/v1/nowhere");
    assert_eq!(problem(&nowhere), (404, "NOT_FOUND"));
    assert_eq!(nowhere.header("date"), "Tue, 24 Nov 2026 12:00:00 GMT");
    assert_eq!(nowhere.header("cache-control"), "no-store");
    assert_eq!(problem(&flat.get("/v1/auth/login")), (405, "METHOD_NOT_ALLOWED"));
}
