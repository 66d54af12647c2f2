//! One reading is one effect, however often and in whatever company it is sent.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;

use common::{COLD, Flat, HOT, READINGS, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::Outcome;

#[test]
fn a_replay_gets_the_first_answer_again() {
    let flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    flat.set_clock("2026-11-24T12:07:00Z");
    assert_eq!(flat.received(&cold("a", "123")), first);
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);
}

#[test]
fn a_replay_gets_the_first_answer_also_after_the_reading_was_charged() {
    let mut flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    flat.set_clock("2026-12-02T12:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    flat.sign_in();
    assert_eq!(flat.received(&cold("a", "123")), first);
}

#[test]
fn a_refusal_is_repeated_too_even_when_the_question_was_answered_meanwhile() {
    let flat = Flat::new();
    let asked = flat.refusal(&cold("a", "140"));
    flat.received(&but(cold("a", "140"), json!({"confirmed": ["higher"], "idempotency_key": "key-2"})));
    assert_eq!(flat.refusal(&cold("a", "140")), asked);
}

#[test]
fn twenty_replays_at_once_are_one_reading_with_one_receipt() {
    let flat = Flat::new();
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let replays: Vec<_> = (0..20).map(|_| scope.spawn(|| flat.received(&cold("a", "123")))).collect();
        replays.into_iter().map(|replay| replay.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);
    let next = flat.received(&but(cold("b", "85"), json!({"meter_id": HOT})));
    let number = |item: &Value| item["receipt"].as_str().unwrap().parse::<u32>().unwrap();
    assert_eq!(number(&next), number(&answers[0]) + 1);
}

#[test]
fn a_batch_may_be_cut_anew() {
    let flat = Flat::new();
    let (first, second) = (cold("a", "123"), but(cold("b", "85"), json!({"meter_id": HOT})));
    let both = flat.post_to(READINGS, &json!({"items": [first, second]})).body["items"].clone();
    assert_eq!(flat.received(&second), both[1]);
    let turned_round = flat.post_to(READINGS, &json!({"items": [second, first]})).body["items"].clone();
    assert_eq!(turned_round, json!([both[1], both[0]]));
}

#[test]
fn the_order_of_an_items_fields_does_not_make_it_another() {
    let flat = Flat::new();
    let item = cold("a", "123");
    let first = flat.received(&item);
    let fields: Vec<String> =
        item.as_object().unwrap().iter().rev().map(|(name, value)| format!("\"{name}\" : {value}")).collect();
    let body = format!("{{\"items\": [{{ {} }}]}}", fields.join(" , "));
    assert_eq!(flat.post_raw(READINGS, "application/json", body.as_bytes()).item(), &first);
}

#[test]
fn the_same_key_with_another_item_is_refused_and_the_first_reading_stands() {
    let flat = Flat::new();
    flat.received(&cold("a", "123"));
    let (code, _) = flat.refusal(&but(cold("a", "124"), json!({})));
    assert_eq!(code, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(flat.stored(COLD, "2026-11")[0].0, "123");
}

#[test]
fn a_key_is_bound_to_its_item_also_when_that_must_wait() {
    let flat = Flat::at("2026-11-22T12:00:00Z");
    let early = but(cold("a", "123"), json!({"taken_at": "2026-11-22T11:00:00Z"}));
    assert_eq!(flat.refusal(&early).0, "PERIOD_NOT_OPEN");
    assert_eq!(flat.refusal(&but(early, json!({"value": "124"}))).0, "IDEMPOTENCY_KEY_REUSED");
}

#[test]
fn keys_are_each_accounts_own() {
    let mut flat = Flat::new();
    let neighbour = common::add_neighbour(&flat);
    let ours = flat.received(&cold("a", "123"));
    let tokens = flat.login("neighbour", vodomer_cabinet::demo::PASSWORD);
    flat.take(&tokens);
    let items = json!({"items": [but(cold("a", "123"), json!({"meter_id": "neighbours-cold"}))]});
    let theirs = flat.post_to(&format!("/v1/accounts/{neighbour}/readings"), &items);
    assert_eq!(theirs.item()["status"], "received");
    assert_ne!(theirs.item()["reading_id"], ours["reading_id"]);
}

#[test]
fn one_item_under_a_new_key_is_still_one_reading() {
    let flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    let again = but(cold("a", "123"), json!({"idempotency_key": "made-after-the-first-was-lost"}));
    assert_eq!(flat.received(&again), first);
    let other_value = but(cold("a", "124"), json!({"idempotency_key": "key-3"}));
    assert_eq!(flat.refusal(&other_value).0, "INVALID_ITEM");
}

#[test]
fn a_lost_answer_closes_the_connection_after_storing_and_the_replay_finds_the_reading() {
    let flat = Flat::new();
    flat.running.control().lose_answers(1);
    assert_eq!(raw_answer(&flat, &cold("a", "123")), "", "not one byte");
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);

    flat.set_clock("2026-11-24T12:01:00Z");
    let replayed = flat.received(&cold("a", "123"));
    assert_eq!(replayed["received_at"], "2026-11-24T12:00:00Z");
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);
    let posts: Vec<_> =
        flat.running.control().requests().into_iter().filter(|it| it.path == READINGS).collect();
    assert_eq!(
        posts.iter().map(|it| it.status).collect::<Vec<_>>(),
        [Outcome::AnswerLost, Outcome::Answered(200)]
    );
    assert!(posts.iter().all(|it| it.idempotency_keys == ["key-a"] && it.bytes_in > 100), "{posts:?}");
}

#[test]
fn only_answers_to_posted_readings_are_lost() {
    let flat = Flat::new();
    flat.running.control().lose_answers(1);
    assert_eq!(flat.get(READINGS).status, 200);
    assert_eq!(flat.get("/v1/sync").status, 200);
    assert_eq!(raw_answer(&flat, &cold("a", "123")), "");
}

#[test]
fn keys_are_kept_45_days_and_the_reading_for_ever() {
    let kept = |days: i64| {
        let mut flat = Flat::new();
        flat.received(&cold("a", "123"));
        let later = common::instant("2026-11-24T12:00:00Z") + chrono::Duration::days(days);
        flat.running.control().set_clock(later);
        flat.running.control().forget_what_is_over().unwrap();
        flat.sign_in();
        flat.post(&cold("a", "124")).item()["code"].clone()
    };
    assert_eq!(kept(45), "IDEMPOTENCY_KEY_REUSED");
    // Without the key it is known by its item still.
    assert_eq!(kept(46), "INVALID_ITEM");
}

/// What comes back on a bare connection, to its end.
fn raw_answer(flat: &Flat, item: &Value) -> String {
    let address = flat.running.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    let body = json!({ "items": [item] }).to_string();
    let head = format!(
        "POST {READINGS} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        flat.access,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
