//! Tokens that rotate: a copied one ends the session, a lost answer does not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Answer, Flat};
use serde_json::json;

fn token<'a>(answer: &'a Answer, name: &str) -> &'a str {
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body[name].as_str().unwrap()
}

fn refresh_token(answer: &Answer) -> &str {
    token(answer, "refresh_token")
}

fn is_over(answer: &Answer) -> bool {
    (answer.status, answer.code()) == (401, "SESSION_EXPIRED")
}

/// Calls something with the access token of an answer, as an app does that has received it.
fn used(flat: &mut Flat, answer: &Answer) -> u16 {
    flat.access = token(answer, "access_token").to_owned();
    flat.get("/v1/accounts").status
}

#[test]
fn each_refresh_gives_a_new_pair() {
    let flat = Flat::new();
    let second = flat.refresh_with(&flat.refresh);
    let third = flat.refresh_with(refresh_token(&second));
    assert_ne!(refresh_token(&second), flat.refresh);
    assert_ne!(refresh_token(&third), refresh_token(&second));
    assert_ne!(token(&third, "access_token"), token(&second, "access_token"));
}

#[test]
fn a_token_used_again_after_its_successor_was_used_ends_the_whole_family() {
    let mut flat = Flat::new();
    let first = flat.refresh.clone();
    let second = flat.refresh_with(&first);
    let third = flat.refresh_with(refresh_token(&second));
    assert_eq!(used(&mut flat, &third), 200);
    assert!(is_over(&flat.refresh_with(&first)));
    assert!(is_over(&flat.refresh_with(refresh_token(&third))));
    assert_eq!(used(&mut flat, &third), 401);
}

#[test]
fn a_successor_whose_access_token_was_used_has_arrived() {
    let mut flat = Flat::new();
    let first = flat.refresh.clone();
    let second = flat.refresh_with(&first);
    assert_eq!(used(&mut flat, &second), 200);
    assert!(is_over(&flat.refresh_with(&first)));
    assert_eq!(used(&mut flat, &second), 401);
}

#[test]
fn an_answer_lost_on_the_way_signs_nobody_out() {
    let mut flat = Flat::new();
    let first = flat.refresh.clone();
    let _lost = flat.refresh_with(&first);
    let _lost_too = flat.refresh_with(&first);
    let arrived = flat.refresh_with(&first);
    assert_eq!(used(&mut flat, &arrived), 200);
    let next = flat.refresh_with(refresh_token(&arrived));
    assert_eq!(used(&mut flat, &next), 200);
}

#[test]
fn the_lost_pair_is_void_and_using_it_ends_the_family() {
    let mut flat = Flat::new();
    let first = flat.refresh.clone();
    let lost = flat.refresh_with(&first);
    let arrived = flat.refresh_with(&first);
    assert_eq!(used(&mut flat, &lost), 401);
    assert_eq!(used(&mut flat, &arrived), 200);
    assert!(is_over(&flat.refresh_with(refresh_token(&lost))));
    assert_eq!(used(&mut flat, &arrived), 401);
}

#[test]
fn only_the_immediate_predecessor_may_come_back() {
    let flat = Flat::new();
    let first = flat.refresh.clone();
    let second = flat.refresh_with(&first);
    let third = flat.refresh_with(refresh_token(&second));
    assert!(is_over(&flat.refresh_with(&first)));
    assert!(is_over(&flat.refresh_with(refresh_token(&third))));
}

#[test]
fn twenty_refreshes_at_once_leave_one_pair_that_counts() {
    let mut flat = Flat::new();
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let refresh = || flat.refresh_with(&flat.refresh);
        let all: Vec<_> = (0..20).map(|_| scope.spawn(refresh)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let honoured = answers.iter().filter(|answer| used(&mut flat, answer) == 200).count();
    assert_eq!(honoured, 1);
}

#[test]
fn two_sessions_of_one_login_do_not_touch_each_other() {
    let mut flat = Flat::new();
    let phone = flat.refresh.clone();
    flat.sign_in();
    let tablet = flat.refresh.clone();
    let end_the_phones = json!({ "refresh_token": phone });
    assert_eq!(flat.post_to("/v1/auth/logout", &end_the_phones).status, 204);
    assert!(is_over(&flat.refresh_with(&phone)));
    assert_eq!(flat.get("/v1/accounts").status, 200);
    assert_eq!(flat.refresh_with(&tablet).status, 200);
}

#[test]
fn signing_out_ends_access_at_once_and_may_be_repeated() {
    let flat = Flat::new();
    let body = json!({ "refresh_token": flat.refresh });
    for _ in 0..2 {
        let answer = flat.post_to("/v1/auth/logout", &body);
        assert_eq!((answer.status, answer.body), (204, serde_json::Value::Null));
    }
    assert_eq!(flat.get("/v1/accounts").status, 401);
    assert_eq!(flat.post_to("/v1/auth/logout", &json!({"refresh_token": "unknown"})).status, 204);
}

#[test]
fn a_session_that_is_not_refreshed_for_sixty_days_is_over() {
    let flat = Flat::at("2026-11-24T12:00:00Z");
    flat.set_clock("2027-01-23T11:59:59Z");
    let second = flat.refresh_with(&flat.refresh);
    flat.set_clock("2027-03-24T11:59:59Z");
    assert!(is_over(&flat.refresh_with(refresh_token(&second))));
}

#[test]
fn what_is_over_is_forgotten_and_what_counts_is_kept() {
    let flat = Flat::at("2026-11-24T12:00:00Z");
    flat.set_clock("2026-12-24T12:00:00Z");
    let second = flat.refresh_with(&flat.refresh);
    flat.set_clock("2027-02-01T12:00:00Z");
    flat.running.control().forget_what_is_over().unwrap();
    let left: i64 = flat.home.number("SELECT count(*) FROM refresh_tokens");
    assert_eq!(left, 1);
    assert_eq!(flat.refresh_with(refresh_token(&second)).status, 200);
}
