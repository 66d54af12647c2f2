//! Signing in, and the limit on wrong passwords.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Flat, READINGS};
use serde_json::json;
use vodomer_cabinet::{PasswordCost, demo};

#[test]
fn login_and_password_open_a_session_of_a_quarter_of_an_hour() {
    let flat = Flat::at("2026-11-24T12:00:00Z");
    let answer = flat.login(demo::LOGIN, demo::PASSWORD);
    assert_eq!(answer.body["access_expires_at"], "2026-11-24T12:15:00Z");
    flat.set_clock("2026-11-24T12:14:59Z");
    assert_eq!(flat.get(READINGS).status, 200);
    flat.set_clock("2026-11-24T12:15:00Z");
    assert_eq!((flat.get(READINGS).status, flat.get(READINGS).code()), (401, "SESSION_EXPIRED"));
}

#[test]
fn an_unknown_login_and_a_wrong_password_are_answered_alike() {
    let flat = Flat::new();
    let wrong = flat.login(demo::LOGIN, "demo-1204418");
    let unknown = flat.login("1204418", demo::PASSWORD);
    assert_eq!((wrong.status, wrong.code()), (401, "BAD_CREDENTIALS"));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
}

#[test]
fn an_unknown_login_takes_the_work_of_a_known_one() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| {
        config.rules.passwords = PasswordCost { memory_kib: 16 * 1024, passes: 4, lanes: 1 };
        config.rules.sign_in.failures = 1000;
    });
    let fastest = |login: &str| {
        let tries = (0..5).map(|_| {
            let started = std::time::Instant::now();
            assert_eq!(flat.login(login, "wrong").status, 401);
            started.elapsed()
        });
        tries.min().unwrap()
    };
    let (known, unknown) = (fastest(demo::LOGIN), fastest("1204418"));
    assert!(unknown > known / 2, "{unknown:?} for an unknown login, {known:?} for a known one");
}

#[test]
fn after_five_wrong_passwords_even_the_right_one_waits() {
    let flat = Flat::at("2026-11-24T12:00:00Z");
    for _ in 0..5 {
        assert_eq!(flat.login(demo::LOGIN, "wrong").status, 401);
    }
    flat.set_clock("2026-11-24T12:05:00.500Z");
    let limited = flat.login(demo::LOGIN, demo::PASSWORD);
    assert_eq!((limited.status, limited.code()), (429, "RATE_LIMITED"));
    assert_eq!(limited.body["params"], json!({"until": "2026-11-24T12:15:00Z"}));
    assert_eq!(limited.header("retry-after"), "600");
    flat.set_clock("2026-11-24T12:15:00Z");
    assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 200);
}

#[test]
fn a_login_that_nobody_has_is_limited_too_and_no_other_with_it() {
    let flat = Flat::new();
    for _ in 0..5 {
        assert_eq!(flat.login("nobody", "wrong").status, 401);
    }
    assert_eq!(flat.login("nobody", "wrong").status, 429);
    assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 200);
}

#[test]
fn the_right_password_forgets_the_wrong_ones() {
    let flat = Flat::new();
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(flat.login(demo::LOGIN, "wrong").status, 401);
        }
        assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 200);
    }
}

#[test]
fn guesses_made_at_once_are_counted_one_by_one() {
    let flat = Flat::new();
    let guess = || flat.login(demo::LOGIN, "wrong").status;
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..20).map(|_| scope.spawn(guess)).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5, "{statuses:?}");
}

#[test]
fn the_limit_outlives_a_restart() {
    let flat = Flat::new();
    for _ in 0..5 {
        flat.login(demo::LOGIN, "wrong");
    }
    let common::Flat { running, home, .. } = flat;
    running.stop();
    let mut config = common::config(&home);
    config.now = Some(common::instant("2026-11-24T12:01:00Z"));
    let running = vodomer_cabinet::Running::start_blocking(config).unwrap();
    let body = json!({"login": demo::LOGIN, "password": demo::PASSWORD});
    let login = common::agent().post(format!("{}/v1/auth/login", running.url())).send_json(&body).unwrap();
    assert_eq!(login.status(), 429);
}

#[test]
fn credentials_of_another_form_are_refused_and_not_repeated_in_the_answer() {
    let flat = Flat::new();
    let bodies = [
        json!({"login": demo::LOGIN}),
        json!({"login": 1_204_417, "password": "secret-word"}),
        json!(["secret-word"]),
        json!({"login": demo::LOGIN, "password": "secret-word".repeat(30)}),
    ];
    for body in bodies {
        let answer = flat.post_to("/v1/auth/login", &body);
        assert_eq!((answer.status, answer.code()), (422, "INVALID_REQUEST"), "{body}");
        assert!(!answer.body.to_string().contains("secret-word"));
    }
}

#[test]
fn neither_passwords_nor_tokens_are_in_the_database() {
    let flat = Flat::new();
    let (access, refresh) = (flat.access.clone(), flat.refresh.clone());
    let bytes = flat.home.everything();
    for secret in [demo::PASSWORD, &access, &refresh] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
    }
    assert!(bytes.windows(9).any(|window| window == b"$argon2id"));
}
