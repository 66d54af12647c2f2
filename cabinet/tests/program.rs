//! The program `cabinet`, and the control listener through which scripts steer it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::path::Path;

use common::program::{Program, command};
use common::{ACCOUNT, COLD, READINGS, agent, answer, cold};
use serde_json::{Value, json};
use tempfile::TempDir;
use vodomer_cabinet::demo;

/// Runs a cabinet that must not start; tells what it says.
fn refusal_to_start(folder: &Path, more: &[&str]) -> String {
    let output = command(folder.join("cabinet.db").to_str().unwrap(), more).output().unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

fn file(folder: &TempDir) -> String {
    folder.path().join("cabinet.db").to_str().unwrap().to_owned()
}

#[test]
fn the_storys_month_is_played_through_the_program_and_its_control_listener() {
    let folder = TempDir::new().unwrap();
    let now = ["--demo", "--control", "127.0.0.1:0", "--now", "2026-11-25T21:02:00Z"];
    let program = Program::start(&file(&folder), &now);
    let access = program.sign_in();
    let readings = format!("{}{READINGS}", program.listen);

    program.steer("lose-answers", &json!({"count": 1}));
    let batch = json!({"items": [cold("a", "123")]});
    let request = agent().post(&readings).header("Authorization", format!("Bearer {access}"));
    assert!(request.send_json(&batch).is_err(), "the first answer is lost");
    assert_eq!(program.post(&readings, &access, &batch).item()["status"], "received");

    let stored = program.look(&format!("readings?meter_id={COLD}"));
    let november: Vec<_> =
        stored.as_array().unwrap().iter().filter(|reading| reading["period"] == "2026-11").collect();
    assert_eq!(november.len(), 1);
    assert_eq!(november[0]["entered"], "123");
    assert_eq!(november[0]["account_id"], ACCOUNT);

    let run = program.steer("billing-run", &json!({"period": "2026-11"}));
    assert_eq!(run, json!({"period": "2026-11", "accounts": 1, "total_kopecks": 13_500}));

    let requests = program.look("requests");
    let statuses: Vec<_> =
        requests.as_array().unwrap().iter().map(|request| request["status"].clone()).collect();
    assert_eq!(statuses, [json!(200), json!("answer lost"), json!(200)]);
    assert_eq!(requests[1]["idempotency_keys"], json!(["key-a"]));
    assert_eq!(requests[1]["at"], "2026-11-25T21:02:00Z");
    assert!(!requests.to_string().contains(&access) && !requests.to_string().contains(demo::PASSWORD));

    let (status, log) = program.terminate();
    assert_eq!(status.code(), Some(0));
    assert!(log.contains("\"request\""), "{log}");
    for secret in [demo::LOGIN, demo::PASSWORD, ACCOUNT, &access] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[test]
fn the_clock_stands_where_it_is_set_and_goes_on_when_it_is_given_back() {
    let folder = TempDir::new().unwrap();
    let program = Program::start(&file(&folder), &["--control", "127.0.0.1:0"]);
    let date = || {
        let answer = answer(agent().get(format!("{}/v1/accounts", program.listen)).call().unwrap());
        answer.header("date").to_owned()
    };
    let standing = program.steer("clock", &json!({"now": "2026-11-23T10:00:00+03:00"}));
    assert_eq!(standing, json!({"now": "2026-11-23T07:00:00Z"}));
    assert_eq!(date(), "Mon, 23 Nov 2026 07:00:00 GMT");
    assert_eq!(date(), "Mon, 23 Nov 2026 07:00:00 GMT");
    program.steer("clock", &json!({"now": null}));
    assert_ne!(date(), "Mon, 23 Nov 2026 07:00:00 GMT");
}

#[test]
fn a_billing_run_that_is_not_due_says_why() {
    let folder = TempDir::new().unwrap();
    let now = ["--demo", "--control", "127.0.0.1:0", "--now", "2026-11-24T12:00:00Z"];
    let program = Program::start(&file(&folder), &now);
    let url = format!("{}/control/billing-run", program.control);
    let answer = program.post(&url, "", &json!({"period": "2026-11"}));
    assert_eq!(answer.status, 409);
    assert!(answer.body["error"].as_str().unwrap().contains("open until 2026-11-25 21:00:00 UTC"));
}

#[test]
fn a_benefit_is_put_on_the_newest_receipt_through_the_control_listener() {
    let folder = TempDir::new().unwrap();
    let now = ["--demo", "--control", "127.0.0.1:0", "--now", "2026-11-24T12:00:00Z"];
    let program = Program::start(&file(&folder), &now);
    let benefit = json!({
        "account_id": ACCOUNT, "period": "2026-10", "basis": "benefit", "amount_kopecks": -500, "note": "льгота",
    });
    program.steer("adjustments", &benefit);
    let charges = agent().get(format!("{}/v1/accounts/{ACCOUNT}/charges", program.listen));
    let charges = charges.header("Authorization", format!("Bearer {}", program.sign_in())).call().unwrap();
    let line = answer(charges).body["charges"][0]["lines"][3].clone();
    assert_eq!(json!([line["basis"], line["note"]]), json!(["benefit", "льгота"]));

    let uncharged = common::but(benefit, json!({"period": "2026-11"}));
    let refused = program.post(&format!("{}/control/adjustments", program.control), "", &uncharged);
    assert_eq!(refused.status, 409);
    assert!(
        refused.body["error"].as_str().unwrap().contains("2026-11 is not the month"),
        "{:?}",
        refused.body
    );
}

#[test]
fn the_utilitys_people_and_faults_are_steered_through_the_control_listener() {
    let folder = TempDir::new().unwrap();
    let now = ["--demo", "--control", "127.0.0.1:0", "--now", "2026-11-24T12:00:00Z"];
    let program = Program::start(&file(&folder), &now);
    let access = program.sign_in();
    let refused = |path: &str, body: &Value| {
        let answer = program.post(&format!("{}/control/{path}", program.control), "", body);
        (answer.status, answer.body["error"].as_str().unwrap_or_default().to_owned())
    };

    let entry = json!({"meter_id": COLD, "period": "2026-11", "value": "123", "source": "office"});
    let entered = program.steer("readings", &entry);
    assert_eq!(json!([entered["source"], entered["account_id"]]), json!(["office", ACCOUNT]));
    assert_eq!(refused("readings", &entry), (409, "123 stands for the month".to_owned()));
    let forged = common::but(entry, json!({"source": "app"}));
    let forged = agent().post(format!("{}/control/readings", program.control)).send_json(&forged).unwrap();
    assert_eq!(forged.status(), 422, "what the app sends is not for clerks to enter");

    let questions = format!("{}/v1/accounts/{ACCOUNT}/questions", program.listen);
    let question = json!({"idempotency_key": "q", "client_item_id": "q", "topic": "charges", "text": "Почему?",
        "written_at": "2026-11-24T11:00:00Z", "contact": "example@example.org"});
    program.steer("lose-requests", &json!({"count": 1}));
    program.steer("answer-with", &json!({"count": 1, "status": 503, "retry_after": 7}));
    program.steer("answer-with", &json!({"count": 1, "status": 401, "of": "any"}));
    program.steer("answer-with", &json!({"count": 1, "status": 503, "bare": true}));
    assert_eq!(refused("answer-with", &json!({"count": 1, "status": 200})).0, 422);
    let request = agent().post(&questions).header("Authorization", format!("Bearer {access}"));
    assert!(request.send_json(&question).is_err(), "the request is lost");
    let down = program.post(&questions, &access, &question);
    assert_eq!((down.status, down.code(), down.header("retry-after")), (503, "MAINTENANCE", "7"));
    let accounts = agent().get(format!("{}/v1/accounts", program.listen));
    let accounts = answer(accounts.header("Authorization", format!("Bearer {access}")).call().unwrap());
    assert_eq!(accounts.status, 401);
    assert_eq!(program.post(&questions, &access, &question).code(), "", "a gateway's 503");
    program.steer("answer-with", &json!({"count": 9, "status": 500}));
    program.steer("no-more-faults", &json!({}));
    let taken = program.post(&questions, &access, &question);
    assert_eq!(taken.status, 200, "{:?}", taken.body);

    let answer = json!({"letter_id": taken.body["letter_id"], "answer": "По среднему."});
    assert_eq!(program.steer("answer-letter", &answer), json!({"status": "answered"}));
    let nobodys = json!({"letter_id": "no-such", "answer": "Кому?"});
    assert_eq!(refused("answer-letter", &nobodys), (409, "there is no such letter".to_owned()));
    let letters = program.look("letters");
    let told = |it: &Value| json!([it["status"], it["answer"], it["contact"], it["resident_id"]]);
    assert_eq!(
        told(&letters[0]),
        json!(["answered", "По среднему.", "example@example.org", "demo-resident"])
    );

    let requests = program.look("requests");
    let of_question =
        requests.as_array().unwrap().iter().filter(|it| it["path"].as_str().unwrap().ends_with("questions"));
    let statuses: Vec<_> = of_question.map(|it| it["status"].clone()).collect();
    assert_eq!(statuses, [json!("request lost"), json!(503), json!(503), json!(200)]);
}

#[test]
fn notices_and_applications_are_steered_through_the_control_listener() {
    let (folder, mail) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let letters = mail.path().to_str().unwrap();
    let program = Program::start(&file(&folder), &["--demo", "--control", "127.0.0.1:0", "--mail", letters]);
    let news = program.steer("news", &json!({"title": "Приём", "text": "С 23 по 25."}));
    assert_eq!(program.get("/v1/news", "").body["news"], json!([news]));
    let outage = json!({"resources": ["cold_water"], "places": [{"street": "ул. Примерная"}], "text": "Авария.",
        "starts_at": "2126-11-24T12:00:00Z"});
    let outage = program.steer("outages", &outage);
    assert_eq!(program.get("/v1/sync", &program.sign_in()).body["outages"], json!([outage]));

    let application = json!({"idempotency_key": "r", "client_item_id": "r", "written_at": "2026-11-24T11:00:00Z",
        "surname": "Примерова", "name": "Анна", "address": "ул. Новая, 1", "phone": "123456",
        "email": "a@example.org", "consent": true});
    program.post(&format!("{}/v1/registration", program.listen), "", &application);
    let id = program.look("registrations")[0]["id"].clone();
    program.steer("answer-registration", &json!({"registration_id": id, "decline": {"reason": "Нет."}}));
    assert_eq!(program.look("registrations")[0]["status"], "declined");
    assert_eq!(std::fs::read_dir(mail.path()).unwrap().count(), 1);
    let url = format!("{}/control/answer-registration", program.control);
    let accept = json!({"registration_id": id, "accept": {"account_number": demo::LOGIN}});
    assert_eq!(program.post(&url, "", &accept).status, 409);
}

#[test]
fn without_the_flags_there_is_neither_a_control_listener_nor_an_account() {
    let folder = TempDir::new().unwrap();
    let program = Program::start(&file(&folder), &[]);
    assert_eq!(program.control, "");
    let body = json!({"login": demo::LOGIN, "password": demo::PASSWORD});
    assert_eq!(program.post(&format!("{}/v1/auth/login", program.listen), "", &body).status, 401);
    let there = answer(agent().get(format!("{}/control/requests", program.listen)).call().unwrap());
    assert_eq!(there.status, 404);
}

#[test]
fn what_was_received_is_there_after_a_kill() {
    let folder = TempDir::new().unwrap();
    let now = ["--demo", "--control", "127.0.0.1:0", "--now", "2026-11-24T12:00:00Z"];
    let mut program = Program::start(&file(&folder), &now);
    let access = program.sign_in();
    let url = |program: &Program| format!("{}{READINGS}", program.listen);
    let batch = json!({"items": [cold("a", "123")]});
    let first = program.post(&url(&program), &access, &batch).item().clone();
    program.child.kill().unwrap();
    program.child.wait().unwrap();
    let again = Program::start(&file(&folder), &now);
    assert_eq!(again.post(&url(&again), &access, &batch).item(), &first);
}

#[test]
fn a_control_listener_that_others_could_reach_is_refused() {
    let folder = TempDir::new().unwrap();
    let said = refusal_to_start(folder.path(), &["--control", "0.0.0.0:0"]);
    assert!(said.contains("loopback only"), "{said}");
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("cabinet.db");
    let letter = "Dear Sir or Madam, ".repeat(100);
    std::fs::write(&file, &letter).unwrap();
    let said = refusal_to_start(folder.path(), &[]);
    assert!(said.contains("not a database"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), letter);
}

#[test]
fn a_database_of_a_later_version_is_refused_and_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("cabinet.db");
    let later = rusqlite::Connection::open(&file).unwrap();
    later.execute_batch("CREATE TABLE unheard_of (x); PRAGMA user_version = 99").unwrap();
    drop(later);
    let before = std::fs::read(&file).unwrap();
    let said = refusal_to_start(folder.path(), &[]);
    assert!(said.contains("of version 99"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn an_impossible_configuration_is_refused_with_its_reason() {
    let folder = TempDir::new().unwrap();
    let rules = folder.path().join("rules.toml");
    let demo_rules = include_str!("../config/demo.toml");
    std::fs::write(&rules, demo_rules.replace("opens = { day = 23 }", "opens = { day = 32 }")).unwrap();
    let said = refusal_to_start(folder.path(), &["--config", rules.to_str().unwrap()]);
    assert!(said.contains("can't be kept"), "{said}");
    assert!(refusal_to_start(folder.path(), &["--config", "no-such-file"]).contains("can't be read"));
}
