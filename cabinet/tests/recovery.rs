//! A forgotten login or password.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Answer, Flat, READINGS, answer};
use serde_json::{Value, json};
use vodomer_cabinet::{Mail, MailError, Mailer, PasswordCost, demo};

const NOW: &str = "2026-11-24T12:00:00Z";

fn ask(flat: &Flat, phone: &str, email: &str) -> Answer {
    flat.post_to("/v1/auth/recovery", &json!({"phone": phone, "email": email}))
}

/// From behind a proxy.
fn ask_from(flat: &Flat, forwarded: &str, phone: &str) -> Answer {
    let request = flat.agent.post(format!("{}/v1/auth/recovery", flat.running.url()));
    let request = request.header("X-Forwarded-For", forwarded);
    answer(request.send_json(json!({"phone": phone, "email": "a@example.org"})).unwrap())
}

/// What stands in a letter after a word.
fn told(letter: &str, word: &str) -> String {
    let line = letter.lines().find_map(|line| line.strip_prefix(word)).unwrap_or_else(|| panic!("{letter}"));
    line.trim().to_owned()
}

#[test]
fn a_new_login_and_password_go_by_letter_and_open_the_same_account() {
    let flat = Flat::at(NOW);
    let asked = ask(&flat, "+7 (000) 000-00-00", " Resident@Example.invalid");
    assert_eq!((asked.status, &asked.body), (202, &Value::Null));
    let letters = flat.letters_sent(1);
    assert_eq!(letters.len(), 1);
    assert!(letters[0].starts_with(&format!("To: {}\r\n", demo::EMAIL)), "{}", letters[0]);
    assert_eq!(told(&letters[0], "Лицевой счёт:"), demo::LOGIN);
    let (login, password) = (told(&letters[0], "Логин:"), told(&letters[0], "Пароль:"));
    assert_ne!(login, demo::LOGIN);
    let mut flat = flat;
    let tokens = flat.login(&login, &password);
    assert_eq!(tokens.status, 200, "{:?}", tokens.body);
    flat.take(&tokens);
    assert_eq!(flat.get("/v1/accounts").body["accounts"][0]["id"], common::ACCOUNT);
    assert_eq!(flat.get(READINGS).body["readings"].as_array().unwrap().len(), 16);
}

#[test]
fn the_old_login_counts_no_more_and_its_sessions_end() {
    let flat = Flat::at(NOW);
    assert_eq!(flat.get("/v1/accounts").status, 200);
    ask(&flat, demo::PHONE, demo::EMAIL);
    let letter = flat.letters_sent(1).remove(0);
    assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 401);
    assert_eq!(flat.login(&told(&letter, "Логин:"), demo::PASSWORD).status, 401);
    assert_eq!(flat.get("/v1/accounts").code(), "SESSION_EXPIRED");
    assert_eq!(flat.refresh_with(&flat.refresh).code(), "SESSION_EXPIRED");
}

#[test]
fn who_names_only_half_of_it_is_answered_alike_and_changes_nothing() {
    let flat = Flat::at(NOW);
    for (phone, email) in
        [(demo::PHONE, "other@example.org"), ("+7 000 000-00-01", demo::EMAIL), ("123456", "a@example.org")]
    {
        let asked = ask(&flat, phone, email);
        assert_eq!((asked.status, &asked.body), (202, &Value::Null));
    }
    assert!(flat.letters_sent(0).is_empty());
    assert_eq!(flat.get("/v1/accounts").status, 200);
    assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 200);
}

#[test]
fn the_answer_comes_before_the_work_and_takes_no_longer_for_who_is_known() {
    let flat = Flat::with(NOW, |config| {
        config.rules.passwords = PasswordCost { memory_kib: 32 * 1024, passes: 3, lanes: 1 };
        config.rules.recovery.for_one_contact = 1000;
        config.rules.recovery.of_one_source = 1000;
    });
    let work = Instant::now();
    assert_eq!(flat.login("nobody", "wrong").status, 401);
    let work = work.elapsed();
    let fastest = |email: &str| {
        let tries = (0..5).map(|_| {
            let started = Instant::now();
            assert_eq!(ask(&flat, demo::PHONE, email).status, 202);
            let taken = started.elapsed();
            // The work of the one before is not to be measured.
            std::thread::sleep(work);
            taken
        });
        tries.min().unwrap()
    };
    let (known, unknown) = (fastest(demo::EMAIL), fastest("nobody@example.org"));
    assert!(known < work / 2, "{known:?} for a known one, a password takes {work:?}");
    assert!(known < unknown * 3 + Duration::from_millis(20), "{known:?} known, {unknown:?} unknown");
}

#[test]
fn a_telephone_or_an_address_that_was_named_three_times_waits_whether_anybody_has_it_or_not() {
    let flat = Flat::at(NOW);
    let email = |number: usize| format!("{number}@example.org");
    for number in 0..3 {
        assert_eq!(ask(&flat, "123456", &email(number)).status, 202);
        assert_eq!(ask(&flat, &format!("65432{number}"), demo::EMAIL).status, 202);
    }
    for limited in [ask(&flat, "12 34-56", &email(3)), ask(&flat, "654329", demo::EMAIL)] {
        assert_eq!((limited.status, limited.code()), (429, "RATE_LIMITED"));
        assert_eq!(limited.body["params"], json!({"until": "2026-11-24T13:00:00Z"}));
        assert_eq!(limited.header("retry-after"), "3600");
    }
    assert_eq!(ask(&flat, "123457", &email(3)).status, 202, "a refused one counts for nobody else");
    flat.set_clock("2026-11-24T13:00:00Z");
    assert_eq!(ask(&flat, "123456", &email(0)).status, 202);
}

#[test]
fn a_source_that_names_one_after_the_other_waits() {
    let flat = Flat::with(NOW, |config| config.rules.recovery.of_one_source = 4);
    let asked = |number: usize| ask(&flat, &format!("10000{number}"), &format!("{number}@example.org"));
    assert!((0..4).all(|number| asked(number).status == 202));
    assert_eq!(asked(5).code(), "RATE_LIMITED");
}

#[test]
fn what_a_proxy_says_of_the_source_is_believed_where_there_is_one_and_only_its_last_word() {
    let flat = Flat::with(NOW, |config| config.rules.recovery.of_one_source = 1);
    assert_eq!(ask_from(&flat, "192.0.2.1", "100001").status, 202);
    assert_eq!(ask_from(&flat, "192.0.2.2", "100002").status, 429, "there is no proxy");

    let flat = Flat::with(NOW, |config| {
        config.rules.recovery.of_one_source = 1;
        config.rules.recovery.behind_a_proxy = true;
    });
    assert_eq!(ask_from(&flat, "192.0.2.1", "100001").status, 202);
    assert_eq!(ask_from(&flat, "192.0.2.2", "100002").status, 202);
    assert_eq!(ask_from(&flat, "192.0.2.9, 192.0.2.2", "100003").status, 429);
}

#[derive(Debug)]
struct Broken;

impl Mailer for Broken {
    fn send(&self, _: &Mail) -> Result<(), MailError> {
        Err(MailError("the mail server is down".to_owned()))
    }
}

#[test]
fn a_letter_that_can_not_be_sent_leaves_the_resident_with_what_they_have() {
    let flat = Flat::with(NOW, |config| config.mailer = Some(Arc::new(Broken)));
    assert_eq!(ask(&flat, demo::PHONE, demo::EMAIL).status, 202);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(flat.get("/v1/accounts").status, 200);
    assert_eq!(flat.login(demo::LOGIN, demo::PASSWORD).status, 200);
}

#[test]
fn what_was_asked_for_is_done_before_the_cabinet_ends() {
    let flat = Flat::at(NOW);
    ask(&flat, demo::PHONE, demo::EMAIL);
    let Flat { running, letters, .. } = flat;
    running.stop();
    assert_eq!(std::fs::read_dir(letters.path()).unwrap().count(), 1);
}

#[test]
fn without_a_mailer_recovery_is_not_offered() {
    let flat = Flat::with(NOW, |config| config.mailer = None);
    assert_eq!(
        (ask(&flat, demo::PHONE, demo::EMAIL).status, ask(&flat, "1", "2").code()),
        (404, "NOT_FOUND")
    );
}

#[test]
fn what_is_no_telephone_or_no_address_is_refused_and_not_repeated() {
    let flat = Flat::at(NOW);
    for (phone, email) in [("call me", demo::EMAIL), (demo::PHONE, "secret-word"), ("", "")] {
        let refused = ask(&flat, phone, email);
        assert_eq!((refused.status, refused.code()), (422, "INVALID_REQUEST"), "{phone} {email}");
        assert!(!refused.body.to_string().contains("secret-word"));
    }
}

#[test]
fn neither_the_new_password_nor_who_asked_in_vain_is_in_the_database() {
    let flat = Flat::at(NOW);
    ask(&flat, demo::PHONE, demo::EMAIL);
    ask(&flat, "79998887766", "stranger@example.org");
    let password = told(&flat.letters_sent(1)[0], "Пароль:");
    let bytes = flat.home.everything();
    for secret in [password.as_str(), "79998887766", "stranger@example.org"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
}
