//! What a cabinet logs, and what it never does: whatever residents send, wherever they send it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::io::Write;
use std::net::TcpStream;

use common::program::{Program, command};
use common::{ACCOUNT, READINGS, agent, but, cold};
use serde_json::{Value, json};
use tempfile::TempDir;
use vodomer_cabinet::demo;

/// Stands in everything that is sent. Digits, so that telephones and numbers can hold it too.
const PLANTED: &str = "70318274655";

/// Says everything that can be said, right and wrong, with the planted word in it.
fn say_everything(program: &Program) -> Vec<String> {
    let url = |path: &str| format!("{}{path}", program.listen);
    let access = program.sign_in();
    let text = json!({"idempotency_key": PLANTED, "client_item_id": PLANTED, "topic": PLANTED, "text": PLANTED,
        "written_at": "2026-11-24T11:00:00Z", "name": PLANTED, "contact": PLANTED, "meter_id": null});
    let application = json!({"idempotency_key": "r", "client_item_id": "r", "written_at": "2026-11-24T11:00:00Z",
        "surname": PLANTED, "name": PLANTED, "address": PLANTED, "phone": PLANTED, "consent": true,
        "email": format!("{PLANTED}@example.org")});
    let email = format!("{PLANTED}@example.org");
    let bodies: Vec<(String, Value)> = vec![
        ("/v1/auth/login".into(), json!({"login": PLANTED, "password": PLANTED})),
        ("/v1/auth/login".into(), json!({"login": demo::LOGIN, "password": [PLANTED]})),
        ("/v1/auth/refresh".into(), json!({"refresh_token": PLANTED})),
        ("/v1/auth/recovery".into(), json!({"phone": PLANTED, "email": email})),
        ("/v1/auth/recovery".into(), json!({"phone": PLANTED, "email": PLANTED})),
        ("/v1/registration".into(), application.clone()),
        ("/v1/registration".into(), but(application, json!({"passport": PLANTED}))),
        ("/v1/appeals".into(), text.clone()),
        (format!("/v1/accounts/{ACCOUNT}/questions"), text.clone()),
        (format!("/v1/accounts/{PLANTED}/questions"), text),
        (
            format!("/v1/accounts/{ACCOUNT}/payments"),
            json!({"idempotency_key": "p", "amount_kopecks": PLANTED}),
        ),
        (READINGS.into(), json!({"items": [but(cold("a", "123"), json!({"entered": PLANTED}))]})),
        (READINGS.into(), json!({"items": [but(cold("b", PLANTED), json!({"meter_id": PLANTED}))]})),
    ];
    for (path, body) in bodies {
        program.post(&url(&path), &access, &body);
    }
    for path in
        [format!("/v1/sync?cursor={PLANTED}"), format!("/v1/outages?street={PLANTED}"), format!("/{PLANTED}")]
    {
        program.get(&path, &access);
    }
    let begun = program.post(
        &url(&format!("/v1/accounts/{ACCOUNT}/payments")),
        &access,
        &json!({"idempotency_key": "paid", "amount_kopecks": 100}),
    );
    let page = begun.body["page_url"].as_str().unwrap().to_owned();
    agent().post(format!("{page}/paid")).send_empty().unwrap();
    let recovered = json!({"phone": demo::PHONE, "email": demo::EMAIL});
    assert_eq!(program.post(&url("/v1/auth/recovery"), "", &recovered).status, 202);
    let payment = begun.body["payment_id"].as_str().unwrap().to_owned();
    [PLANTED, demo::LOGIN, demo::PASSWORD, demo::PHONE, demo::EMAIL, ACCOUNT, &access, &payment, "Примерная"]
        .map(str::to_owned)
        .to_vec()
}

/// The folder's letters, word by word: new logins and passwords.
fn words_of_letters(folder: &TempDir) -> Vec<String> {
    let letters = std::fs::read_dir(folder.path()).unwrap();
    let letters =
        letters.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect::<String>();
    assert!(letters.contains("Пароль:"), "a letter was sent before the cabinet ended");
    let value = |line: &str| line.split_once(": ").map(|(_, value)| value.trim().to_owned());
    letters
        .lines()
        .filter(|it| it.starts_with("Логин") || it.starts_with("Пароль"))
        .filter_map(value)
        .collect()
}

#[test]
fn nothing_that_residents_send_or_are_sent_is_in_the_log_which_is_json_line_by_line() {
    for level in ["info", "debug"] {
        let (folder, mail) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let database = folder.path().join("cabinet.db");
        let mut command = command(database.to_str().unwrap(), &["--demo", "--now", "2026-11-24T12:00:00Z"]);
        command.env("CABINET_MAIL", mail.path()).env("RUST_LOG", level);
        let program = Program::started_by(command);
        let mut secrets = say_everything(&program);
        let (status, log) = program.terminate();
        assert_eq!(status.code(), Some(0));
        secrets.extend(words_of_letters(&mail));
        assert_eq!(secrets.len(), 11);
        assert!(log.lines().filter(|line| line.contains("\"request\"")).count() >= 18, "{log}");
        for line in log.lines() {
            assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
            let told = secrets.iter().find(|secret| line.contains(secret.as_str()));
            assert!(told.is_none(), "{told:?} in {line}");
        }
    }
}

#[test]
fn a_cabinet_that_is_told_to_end_answers_what_it_has_begun() {
    let folder = TempDir::new().unwrap();
    let rules = folder.path().join("rules.toml");
    let dear = include_str!("../config/demo.toml").replace("passes = 2", "passes = 40");
    std::fs::write(&rules, dear).unwrap();
    let database = folder.path().join("cabinet.db");
    let program = Program::start(database.to_str().unwrap(), &["--config", rules.to_str().unwrap()]);
    let login = format!("{}/v1/auth/login", program.listen);
    let asked = std::thread::spawn(move || {
        let body = json!({"login": "nobody", "password": "wrong"});
        common::answer(agent().post(&login).send_json(&body).unwrap()).status
    });
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!asked.is_finished(), "the password was to take longer");
    let (status, _) = program.terminate();
    assert_eq!((asked.join().unwrap(), status.code()), (401, Some(0)));
}

#[test]
fn its_health_is_told_to_who_asks_and_a_broken_database_is_none() {
    let folder = TempDir::new().unwrap();
    let database = folder.path().join("cabinet.db");
    let program = Program::start(database.to_str().unwrap(), &[]);
    let health = program.get("/health", "");
    assert_eq!((health.status, &health.body), (200, &json!({"status": "ok"})));
    rusqlite::Connection::open(&database).unwrap().execute_batch("DROP TABLE sequences").unwrap();
    assert_eq!(program.get("/health", "").status, 500);
    // One who never finishes a request does not keep the cabinet from ending.
    let mut idle = TcpStream::connect(program.listen.trim_start_matches("http://")).unwrap();
    idle.write_all(b"GET /health HTTP/1.1\r\n").unwrap();
    assert_eq!(program.terminate().0.code(), Some(0));
}
