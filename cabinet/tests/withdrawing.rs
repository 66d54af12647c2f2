//! A reading is taken back: by the app that sent it, before it is charged, once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Answer, COLD, Flat, HOT, READINGS, but, cold};
use serde_json::{Value, json};

fn refusal(answer: &Answer) -> (u16, &str, Value) {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    (answer.status, answer.code(), answer.body.get("params").cloned().unwrap_or(json!({})))
}

fn statuses(flat: &Flat) -> Vec<(String, String)> {
    let mut of_november: Vec<_> =
        flat.stored(COLD, "2026-11").into_iter().map(|(value, _, status)| (value, status)).collect();
    of_november.sort();
    of_november
}

fn pair(value: &str, status: &str) -> (String, String) {
    (value.to_owned(), status.to_owned())
}

#[test]
fn a_reading_taken_back_is_withdrawn_in_the_list_and_through_the_cursor() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    let answer = flat.withdraw(&reading, "w");
    let withdrawn = json!({"reading_id": reading["reading_id"], "withdrawn_at": "2026-11-24T12:00:00Z"});
    assert_eq!((answer.status, &answer.body), (200, &withdrawn));
    let listed = flat.get(READINGS).body["readings"][0].clone();
    assert_eq!(json!([listed["id"], listed["status"]]), json!([reading["reading_id"], "withdrawn"]));
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body["readings"].clone();
    assert_eq!(changes, json!([listed]));
}

#[test]
fn the_same_key_gets_the_first_answer_and_another_key_the_same() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    let first = flat.withdraw(&reading, "w").body;
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    flat.set_clock("2026-11-24T12:07:00Z");
    assert_eq!(flat.withdraw(&reading, "w").body, first);
    assert_eq!(flat.withdraw(&reading, "w-2").body, first);
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body["readings"].clone();
    assert_eq!(changes, json!([]), "a replay changes nothing");
}

#[test]
fn the_same_key_gets_the_first_answer_also_after_the_month_was_charged_without_it() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    let first = flat.withdraw(&reading, "w").body;
    flat.set_clock("2026-12-02T12:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    assert_eq!(flat.withdraw(&reading, "w").body, first);
    assert_eq!(flat.withdraw(&reading, "w-2").body, first);
    let charged = flat.get("/v1/accounts/demo-account/charges").body["charges"][0]["lines"][0].clone();
    assert_eq!(charged["basis"], "average");
}

#[test]
fn a_key_that_came_with_something_else_is_refused() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    let other = flat.received(&but(cold("b", "85"), json!({"meter_id": HOT})));
    let reused = (409, "IDEMPOTENCY_KEY_REUSED", json!({}));
    assert_eq!(refusal(&flat.withdraw(&reading, "key-a")), reused);
    assert_eq!(flat.withdraw(&reading, "w").status, 200);
    assert_eq!(refusal(&flat.withdraw(&other, "w")), reused);
    assert_eq!(
        flat.refusal(&but(cold("c", "124"), json!({"idempotency_key": "w"}))).0,
        "IDEMPOTENCY_KEY_REUSED"
    );
    assert_eq!(flat.stored(HOT, "2026-11")[0].2, "received");
}

#[test]
fn without_a_proper_key_nothing_is_taken_back() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    for key in ["", "with space", &"x".repeat(65)] {
        assert_eq!(refusal(&flat.withdraw(&reading, key)), (422, "INVALID_REQUEST", json!({})));
    }
    let path = format!("{READINGS}/{}", reading["reading_id"].as_str().unwrap());
    let keyless = flat.agent.delete(format!("{}{path}", flat.running.url()));
    let keyless = keyless.header("Authorization", format!("Bearer {}", flat.access)).call().unwrap();
    assert_eq!(common::answer(keyless).code(), "INVALID_REQUEST");
    assert_eq!(statuses(&flat), [pair("123", "received")]);
}

#[test]
fn after_it_a_new_reading_of_the_month_is_taken_without_a_word_of_the_old() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.withdraw(&reading, "w");
    flat.received(&cold("b", "121"));
    assert_eq!(statuses(&flat), [pair("121", "received"), pair("123", "withdrawn")]);
}

#[test]
fn a_replay_of_the_withdrawn_reading_gets_its_first_answer_and_does_not_bring_it_back() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.withdraw(&reading, "w");
    assert_eq!(flat.received(&cold("a", "123")), reading);
    assert_eq!(flat.received(&but(cold("a", "123"), json!({"idempotency_key": "key-2"}))), reading);
    assert_eq!(statuses(&flat), [pair("123", "withdrawn")]);
}

#[test]
fn a_withdrawn_correction_takes_back_the_months_value_and_not_only_itself() {
    let flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    let second = flat.received(&but(cold("b", "124"), json!({"supersedes": first["reading_id"]})));
    let superseded = (409, "NOT_WITHDRAWABLE", json!({"status": "superseded", "source": "app"}));
    assert_eq!(refusal(&flat.withdraw(&first, "w-1")), superseded);
    assert_eq!(flat.withdraw(&second, "w-2").status, 200);
    assert_eq!(statuses(&flat), [pair("123", "superseded"), pair("124", "withdrawn")]);
    flat.received(&cold("c", "122"));
}

#[test]
fn until_the_grace_is_over_a_reading_may_be_taken_back_and_then_no_more() {
    let withdrawn_at = |now: &str| {
        let flat = Flat::new();
        let reading = flat.received(&cold("a", "123"));
        flat.set_clock(now);
        let flat = flat.sign_in_again();
        let (answer, again) = (flat.withdraw(&reading, "w"), flat.withdraw(&reading, "w"));
        assert_eq!(answer.body, again.body);
        (answer.status, answer.code().to_owned(), answer.body["params"].clone())
    };
    assert_eq!(withdrawn_at("2026-11-25T21:00:00Z").0, 200, "the window has closed, the grace runs");
    assert_eq!(withdrawn_at("2026-11-28T20:59:59.999Z").0, 200);
    let closed = (409, "PERIOD_CLOSED".to_owned(), json!({"next_period": "2026-12"}));
    assert_eq!(withdrawn_at("2026-11-28T21:00:00Z"), closed);
}

#[test]
fn once_it_is_charged_a_reading_stays_and_is_named() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.set_clock("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    let accounted = json!({"value": "123", "reading_id": reading["reading_id"]});
    assert_eq!(refusal(&flat.withdraw(&reading, "w")), (409, "ALREADY_ACCOUNTED", accounted));
    assert_eq!(statuses(&flat), [pair("123", "accounted")]);
}

#[test]
fn a_reading_that_counts_for_the_next_month_may_be_taken_back_before_that_opens() {
    let flat = Flat::at("2026-11-26T09:00:00Z");
    let reading = flat.received(&but(cold("a", "123"), json!({"taken_at": "2026-11-26T08:00:00Z"})));
    assert_eq!(reading["effective_period"], "2026-12");
    assert_eq!(flat.withdraw(&reading, "w").status, 200);
}

#[test]
fn a_reading_left_uncharged_by_its_months_run_is_closed_with_the_month() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.running.control().archive_meter(COLD, None).unwrap();
    flat.set_clock("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    assert_eq!(refusal(&flat.withdraw(&reading, "w")).1, "PERIOD_CLOSED");
}

#[test]
fn a_reading_of_somebody_else_is_answered_as_one_that_does_not_exist() {
    let mut flat = Flat::new();
    let ours = flat.received(&cold("a", "123"));
    let neighbour = common::add_neighbour(&flat);
    let tokens = flat.login("neighbour", vodomer_cabinet::demo::PASSWORD);
    flat.take(&tokens);
    let id = ours["reading_id"].as_str().unwrap();
    let theirs = flat.delete(&format!("/v1/accounts/{neighbour}/readings/{id}"), "w");
    let nobodys = flat.delete(&format!("/v1/accounts/{neighbour}/readings/no-such"), "w-2");
    assert_eq!(refusal(&theirs), (404, "NO_SUCH_READING", json!({})));
    assert_eq!(theirs.body, nobodys.body);
    assert_eq!(flat.withdraw(&ours, "w-3").code(), "NO_SUCH_ACCOUNT");
    flat.access = "over".to_owned();
    assert_eq!(flat.withdraw(&ours, "w-4").code(), "SESSION_EXPIRED");
    assert_eq!(statuses(&flat), [pair("123", "received")]);
}

#[test]
fn twenty_withdrawals_at_once_are_one() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    let before = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    std::thread::scope(|scope| {
        let (flat, reading) = (&flat, &reading);
        let replays: Vec<_> = (0..20)
            .map(|number| scope.spawn(move || flat.withdraw(reading, &format!("w-{}", number % 2)).status))
            .collect();
        assert!(replays.into_iter().all(|replay| replay.join().unwrap() == 200));
    });
    let place = |cursor: &str| cursor.rsplit('.').next().unwrap().parse::<i64>().unwrap();
    let after = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    assert_eq!(place(&after), place(&before) + 1);
}

#[test]
fn what_a_clerk_looks_at_may_be_taken_back_and_what_was_turned_down_stays_so() {
    for (status, answer) in [("processing", (200, "")), ("declined", (409, "NOT_WITHDRAWABLE"))] {
        let flat = Flat::new();
        let reading = flat.received(&cold("a", "123"));
        flat.home.change(&format!("UPDATE readings SET status = '{status}' WHERE status = 'received'"));
        let withdrawn = flat.withdraw(&reading, "w");
        assert_eq!((withdrawn.status, withdrawn.code()), answer, "{status}");
    }
}

#[test]
fn a_refusal_is_repeated_under_its_key_also_when_another_would_be_true_by_now() {
    let flat = Flat::new();
    let reading = flat.received(&cold("a", "123"));
    flat.set_clock("2026-12-02T12:00:00Z");
    let flat = flat.sign_in_again();
    let closed = flat.withdraw(&reading, "w");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    assert_eq!((flat.withdraw(&reading, "w").body, closed.code()), (closed.body.clone(), "PERIOD_CLOSED"));
    assert_eq!(flat.withdraw(&reading, "w-2").code(), "ALREADY_ACCOUNTED");
}
