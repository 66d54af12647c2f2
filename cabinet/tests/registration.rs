//! Applications for an account.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Answer, Flat, answer, but};
use serde_json::{Value, json};
use vodomer_cabinet::{Registration, Verdict};

const REGISTRATION: &str = "/v1/registration";

fn application(name: &str) -> Value {
    json!({"idempotency_key": format!("key-{name}"), "client_item_id": format!("item-{name}"),
        "written_at": "2026-11-24T11:00:00Z", "surname": "Примерова", "name": "Анна", "patronymic": "Ивановна",
        "address": "ул. Примерная, 12, кв. 35", "phone": "+7 000 000-00-01", "email": "applicant@example.invalid",
        "consent": true})
}

/// Without any token.
fn post(flat: &Flat, application: &Value) -> Answer {
    answer(flat.agent.post(format!("{}{REGISTRATION}", flat.running.url())).send_json(application).unwrap())
}

fn kept(flat: &Flat) -> Vec<Registration> {
    flat.running.control().registrations().unwrap()
}

fn id(taken: &Answer) -> &str {
    taken.body["letter_id"].as_str().unwrap_or_else(|| panic!("{taken:?}"))
}

#[test]
fn an_application_is_registered_under_a_receipt_of_the_one_register() {
    let flat = Flat::new();
    let taken = post(&flat, &application("a"));
    assert_eq!((taken.status, &taken.body["receipt"]), (200, &json!("00000015")));
    assert_eq!(taken.body["received_at"], "2026-11-24T12:00:00Z");
    let kept = serde_json::to_value(kept(&flat)).unwrap();
    for (field, value) in application("a").as_object().unwrap() {
        if !["idempotency_key", "consent"].contains(&field.as_str()) {
            assert_eq!(&kept[0][field], value, "{field}");
        }
    }
    assert_eq!(kept[0]["status"], "received");
}

#[test]
fn an_application_that_is_sent_again_is_one_application_with_one_answer() {
    let flat = Flat::new();
    let first = post(&flat, &application("a"));
    flat.set_clock("2026-12-24T12:00:00Z");
    assert_eq!(post(&flat, &application("a")).body, first.body);
    let under_another_key = but(application("a"), json!({"idempotency_key": "key-b"}));
    assert_eq!(post(&flat, &under_another_key).body, first.body);
    assert_eq!(kept(&flat).len(), 1);
}

#[test]
fn an_application_whose_answer_was_lost_is_registered_once() {
    let flat = Flat::new();
    flat.running.control().lose_answers(1);
    let request = flat.agent.post(format!("{}{REGISTRATION}", flat.running.url()));
    assert!(request.send_json(application("a")).is_err());
    assert_eq!(post(&flat, &application("a")).status, 200);
    assert_eq!(kept(&flat).len(), 1);
}

#[test]
fn a_key_or_an_item_stands_for_one_application_alone() {
    let flat = Flat::new();
    post(&flat, &application("a"));
    let other = json!({"address": "ул. Новая, 1"});
    assert_eq!(post(&flat, &but(application("a"), other.clone())).code(), "IDEMPOTENCY_KEY_REUSED");
    let same_item = but(but(application("b"), other), json!({"client_item_id": "item-a"}));
    assert_eq!(post(&flat, &same_item).code(), "INVALID_ITEM");
    let appeal = json!({"idempotency_key": "key-a", "client_item_id": "i", "topic": "other", "text": "Текст.",
        "written_at": "2026-11-24T11:00:00Z", "name": "Житель", "contact": "почта"});
    assert_eq!(flat.post_to("/v1/appeals", &appeal).code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(kept(&flat).len(), 1);
}

#[test]
fn a_passport_is_refused_with_all_that_comes_with_it_and_stands_nowhere() {
    let flat = Flat::new();
    for field in ["passport", "passport_number", "born_on", "issued_by"] {
        let refused = post(&flat, &but(application("a"), json!({ field: "9876 543210" })));
        assert_eq!((refused.status, refused.code()), (422, "INVALID_ITEM"), "{field}");
        assert!(!refused.body.to_string().contains("9876"));
    }
    assert!(kept(&flat).is_empty());
    let bytes = flat.home.everything();
    assert!(!bytes.windows(4).any(|window| window == b"9876"));
}

#[test]
fn an_application_that_lacks_something_is_refused_and_leaves_nothing_behind() {
    let flat = Flat::new();
    for change in [
        json!({"surname": " "}),
        json!({"name": null}),
        json!({"address": ""}),
        json!({"address": "ы".repeat(201)}),
        json!({"patronymic": "ы".repeat(201)}),
        json!({"phone": "позвоните"}),
        json!({"email": "нет"}),
        json!({"consent": false}),
        json!({"client_item_id": "с пробелом"}),
        json!({"written_at": "вчера"}),
    ] {
        let refused = post(&flat, &but(application("a"), change.clone()));
        assert_eq!((refused.status, refused.code()), (422, "INVALID_ITEM"), "{change}");
    }
    assert!(kept(&flat).is_empty());
    assert_eq!(post(&flat, &application("a")).status, 200, "the key is still free");
}

#[test]
fn so_many_applications_are_taken_within_an_hour_and_replays_are_none_of_them() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| config.rules.registrations.an_hour = 2);
    assert_eq!(post(&flat, &application("a")).status, 200);
    flat.set_clock("2026-11-24T12:10:00Z");
    assert_eq!(post(&flat, &application("b")).status, 200);
    let limited = post(&flat, &application("c"));
    assert_eq!((limited.status, limited.code()), (429, "RATE_LIMITED"));
    assert_eq!(limited.body["params"]["until"], "2026-11-24T13:00:00Z");
    assert_eq!(post(&flat, &application("b")).status, 200);
    flat.set_clock("2026-11-24T13:00:00Z");
    assert_eq!(post(&flat, &application("c")).status, 200);
}

#[test]
fn who_is_accepted_gets_a_login_by_letter_and_sees_the_account() {
    let mut flat = Flat::new();
    let neighbours = common::add_neighbour(&flat);
    let taken = post(&flat, &application("a"));
    let verdict = Verdict::Accept { account_number: "1204418".to_owned() };
    flat.running.control().answer_registration(id(&taken), &verdict).unwrap();
    let letter = flat.letters_sent(1).remove(0);
    assert!(letter.starts_with("To: applicant@example.invalid\r\n"), "{letter}");
    let told = |word: &str| letter.lines().find_map(|it| it.strip_prefix(word)).unwrap().trim().to_owned();
    let tokens = flat.login(&told("Логин:"), &told("Пароль:"));
    flat.take(&tokens);
    let accounts = flat.get("/v1/accounts").body;
    assert_eq!(accounts["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(accounts["accounts"][0]["id"], neighbours);
    assert_eq!(kept(&flat)[0].answer.as_deref(), Some("принято"));

    let again = flat.running.control().answer_registration(id(&taken), &verdict);
    assert!(again.unwrap_err().to_string().contains("already"));
    assert_eq!(flat.letters_sent(0).len(), 1);
    let asked = json!({"phone": "8 000 000 00 01", "email": "applicant@example.invalid"});
    assert_eq!(flat.post_to("/v1/auth/recovery", &asked).status, 202);
    assert_eq!(flat.letters_sent(2).len(), 2, "the new resident can be recovered");
}

#[test]
fn who_is_declined_is_told_why() {
    let flat = Flat::new();
    let taken = post(&flat, &application("a"));
    let verdict = Verdict::Decline { reason: "Счёта по этому адресу нет.".to_owned() };
    flat.running.control().answer_registration(id(&taken), &verdict).unwrap();
    let letter = flat.letters_sent(1).remove(0);
    assert!(letter.contains("Счёта по этому адресу нет.") && letter.contains("00000015"), "{letter}");
    assert_eq!(kept(&flat)[0].status.name(), "declined");
}

#[test]
fn an_answer_that_nobody_would_get_is_not_given() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| config.mailer = None);
    let taken = post(&flat, &application("a"));
    let answer = |id: &str, verdict: &Verdict| {
        flat.running.control().answer_registration(id, verdict).unwrap_err().to_string()
    };
    let number = |text: &str| Verdict::Accept { account_number: text.to_owned() };
    assert!(answer(id(&taken), &number("1204417")).contains("no mailer"));
    assert!(answer(id(&taken), &number("0")).contains("no account"));
    assert!(answer("none", &number("1204417")).contains("no such application"));
    assert_eq!(kept(&flat)[0].status.name(), "received");
}
