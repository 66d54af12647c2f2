//! Requests for a specialist, questions and appeals: taken once, listed, answered.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, Answer, COLD, Flat, but, cold};
use serde_json::{Value, json};

const REQUESTS: &str = "/v1/accounts/demo-account/service-requests";
const QUESTIONS: &str = "/v1/accounts/demo-account/questions";
const APPEALS: &str = "/v1/appeals";

fn letter(name: &str) -> Value {
    json!({
        "idempotency_key": format!("key-{name}"),
        "client_item_id": format!("item-{name}"),
        "topic": "sealing",
        "text": "Опломбируйте, пожалуйста.",
        "written_at": "2026-11-24T11:00:00Z",
    })
}

fn appeal(name: &str) -> Value {
    but(letter(name), json!({"name": "Житель дома", "contact": "example@example.org"}))
}

fn taken(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body.clone()
}

fn refusal(answer: &Answer) -> (u16, &str, Value) {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    (answer.status, answer.code(), answer.body.get("params").cloned().unwrap_or(json!({})))
}

fn count(flat: &Flat) -> usize {
    flat.running.control().letters().unwrap().len()
}

fn without_a_token(flat: &Flat, body: &Value) -> Answer {
    let request = flat.agent.post(format!("{}{APPEALS}", flat.running.url()));
    common::answer(request.send_json(body).unwrap())
}

fn listed(flat: &Flat) -> Vec<Value> {
    flat.get("/v1/sync").body["letters"].as_array().unwrap().clone()
}

#[test]
fn a_request_is_answered_with_a_number_and_is_then_in_the_list_and_in_the_sync() {
    let flat = Flat::new();
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    let body = but(letter("a"), json!({"meter_id": COLD, "wanted_on": "2026-12-01", "contact": "вечером"}));
    let answer = taken(&flat.post_to(REQUESTS, &body));
    assert_eq!(answer["received_at"], "2026-11-24T12:00:00Z");
    let shown = json!({
        "id": answer["letter_id"],
        "kind": "service_request",
        "account_id": ACCOUNT,
        "topic": "sealing",
        "text": "Опломбируйте, пожалуйста.",
        "written_at": "2026-11-24T11:00:00Z",
        "meter_id": COLD,
        "wanted_on": "2026-12-01",
        "status": "received",
        "received_at": "2026-11-24T12:00:00Z",
        "receipt": answer["receipt"],
        "client_item_id": "item-a",
        "answer": null,
        "answered_at": null,
    });
    assert_eq!(flat.get(REQUESTS).body, json!({"letters": [shown]}));
    assert_eq!(flat.get(QUESTIONS).body, json!({"letters": []}));
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body;
    assert_eq!(changes["letters"], json!([shown]));
    let kept = flat.running.control().letters().unwrap().pop().unwrap().kept;
    assert_eq!(
        (kept.resident_id.as_deref(), kept.contact.as_deref()),
        (Some("demo-resident"), Some("вечером"))
    );
}

#[test]
fn letters_and_readings_are_numbered_in_one_register() {
    let flat = Flat::new();
    let number = |answer: &Value| answer["receipt"].as_str().unwrap().parse::<u32>().unwrap();
    let request = number(&taken(&flat.post_to(REQUESTS, &letter("a"))));
    flat.post_to(REQUESTS, &but(letter("x"), json!({"text": ""})));
    assert_eq!(number(&flat.received(&cold("r", "123"))), request + 1);
    assert_eq!(number(&taken(&flat.post_to(QUESTIONS, &letter("b")))), request + 2);
}

#[test]
fn a_replay_gets_the_first_answer_again_whatever_the_order_of_its_fields() {
    let flat = Flat::new();
    for (path, body) in [(REQUESTS, letter("a")), (QUESTIONS, letter("b")), (APPEALS, appeal("c"))] {
        let first = taken(&flat.post_to(path, &body));
        flat.set_clock("2026-11-24T12:07:00Z");
        assert_eq!(taken(&flat.post_to(path, &body)), first, "{path}");
        let fields = body.as_object().unwrap().iter().rev();
        let fields: Vec<String> = fields.map(|(name, value)| format!("\"{name}\" : {value}")).collect();
        let turned = format!("{{ {} }}", fields.join(" , "));
        assert_eq!(taken(&flat.post_raw(path, "application/json", turned.as_bytes())), first, "{path}");
        flat.set_clock("2026-11-24T12:00:00Z");
    }
    assert_eq!(count(&flat), 3);
}

#[test]
fn the_same_key_with_another_letter_is_refused() {
    let flat = Flat::new();
    for (path, body) in [(REQUESTS, letter("a")), (APPEALS, appeal("c"))] {
        taken(&flat.post_to(path, &body));
        for change in [json!({"text": "Нет"}), json!({"topic": "leak"}), json!({"client_item_id": "item-z"})]
        {
            let answer = flat.post_to(path, &but(body.clone(), change));
            assert_eq!(refusal(&answer), (409, "IDEMPOTENCY_KEY_REUSED", json!({})), "{path}");
        }
    }
    assert_eq!(refusal(&flat.post_to(QUESTIONS, &letter("a"))).1, "IDEMPOTENCY_KEY_REUSED", "another kind");
    flat.received(&cold("r", "123"));
    assert_eq!(refusal(&flat.post_to(QUESTIONS, &letter("r"))).1, "IDEMPOTENCY_KEY_REUSED", "a reading's");
    assert_eq!(count(&flat), 2);
}

#[test]
fn one_item_under_a_new_key_is_the_letter_that_it_is_already() {
    let flat = Flat::new();
    for (path, body) in [(REQUESTS, letter("a")), (APPEALS, appeal("c"))] {
        let first = taken(&flat.post_to(path, &body));
        let again = but(body.clone(), json!({"idempotency_key": format!("new{}", path.len())}));
        assert_eq!(taken(&flat.post_to(path, &again)), first);
        assert_eq!(taken(&flat.post_to(path, &again)), first);
        let other = but(body, json!({"idempotency_key": "key-3", "text": "Нет"}));
        assert_eq!(refusal(&flat.post_to(path, &other)).1, "INVALID_ITEM");
    }
    let other_kind = but(letter("a"), json!({"idempotency_key": "key-4"}));
    assert_eq!(refusal(&flat.post_to(QUESTIONS, &other_kind)).1, "INVALID_ITEM");
    assert_eq!(count(&flat), 2);
}

#[test]
fn twenty_replays_at_once_are_one_letter() {
    let flat = Flat::new();
    let answers: Vec<Value> = std::thread::scope(|scope| {
        let replays: Vec<_> =
            (0..20).map(|_| scope.spawn(|| taken(&without_a_token(&flat, &appeal("a"))))).collect();
        replays.into_iter().map(|replay| replay.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    assert_eq!(count(&flat), 1);
}

#[test]
fn letters_of_another_form_are_refused_and_leave_nothing_behind() {
    let flat = Flat::new();
    let long = |count: usize| json!({"text": "ы".repeat(count)});
    let code = |change: Value| {
        let answer = flat.post_to(REQUESTS, &but(letter("a"), change));
        let (status, code, params) = refusal(&answer);
        (status, code.to_owned(), params)
    };
    assert_eq!(code(long(4001)), (422, "TEXT_TOO_LONG".to_owned(), json!({"limit": 4000})));
    for text in ["", " \n\t ", "\u{a0}"] {
        assert_eq!(code(json!({"text": text})), (422, "TEXT_EMPTY".to_owned(), json!({})));
    }
    assert_eq!(code(json!({"meter_id": "no-such"})), (422, "NO_SUCH_METER".to_owned(), json!({})));
    for change in [
        json!({"topic": null}),
        json!({"topic": ""}),
        json!({"idempotency_key": "с пробелом"}),
        json!({"client_item_id": "x".repeat(65)}),
        json!({"written_at": "yesterday"}),
        json!({"wanted_on": "2026-02-30"}),
        json!({"name": "x".repeat(201)}),
        json!({"text": 7}),
    ] {
        let (status, code, params) = code(change.clone());
        assert_eq!((status, code.as_str()), (422, "INVALID_ITEM"), "{change}");
        assert!(params["reason"].is_string());
    }
    assert_eq!(refusal(&flat.post_to(REQUESTS, &json!([]))).1, "INVALID_ITEM");
    assert_eq!(count(&flat), 0);
    taken(&flat.post_to(REQUESTS, &but(letter("a"), long(4000))));
}

#[test]
fn a_meter_of_somebody_else_is_answered_as_one_that_does_not_exist() {
    let flat = Flat::new();
    common::add_neighbour(&flat);
    let about = |meter: &str, body: Value| but(body, json!({ "meter_id": meter }));
    for meter in ["neighbours-cold", "no-such"] {
        assert_eq!(refusal(&flat.post_to(QUESTIONS, &about(meter, letter("a")))).1, "NO_SUCH_METER");
        assert_eq!(refusal(&flat.post_to(APPEALS, &about(meter, appeal("b")))).1, "NO_SUCH_METER");
        let unchecked = about(meter, appeal(&format!("of-{meter}")));
        taken(&without_a_token(&flat, &unchecked));
    }
    taken(&flat.post_to(APPEALS, &about(COLD, appeal("c"))));
}

#[test]
fn an_appeal_says_who_writes_and_where_to_answer() {
    let flat = Flat::new();
    for missing in
        [json!({"name": null}), json!({"contact": null}), json!({"name": " "}), json!({"contact": ""})]
    {
        let answer = without_a_token(&flat, &but(appeal("a"), missing));
        assert_eq!(refusal(&answer), (422, "NAME_AND_CONTACT_NEEDED", json!({})));
    }
    assert_eq!(refusal(&flat.post_to(APPEALS, &letter("a"))).1, "NAME_AND_CONTACT_NEEDED");
    taken(&without_a_token(&flat, &appeal("a")));
}

#[test]
fn an_appeal_with_a_token_is_listed_for_its_writer_and_one_without_for_nobody() {
    let mut flat = Flat::new();
    taken(&without_a_token(&flat, &appeal("a")));
    let ours = taken(&flat.post_to(APPEALS, &appeal("b")));
    let letters = listed(&flat);
    assert_eq!(letters.len(), 1);
    assert_eq!(
        json!([letters[0]["id"], letters[0]["kind"], letters[0]["account_id"]]),
        json!([ours["letter_id"], "appeal", null])
    );
    common::add_neighbour(&flat);
    let tokens = flat.login("neighbour", vodomer_cabinet::demo::PASSWORD);
    flat.take(&tokens);
    assert_eq!(listed(&flat), Vec::<Value>::new());
    assert_eq!(count(&flat), 2);
}

#[test]
fn one_appeal_is_one_with_and_without_a_token_and_stays_with_whom_the_first_was_linked_to() {
    let flat = Flat::new();
    let first = taken(&without_a_token(&flat, &appeal("a")));
    assert_eq!(taken(&flat.post_to(APPEALS, &appeal("a"))), first);
    assert!(listed(&flat).is_empty());
    let ours = taken(&flat.post_to(APPEALS, &appeal("b")));
    assert_eq!(taken(&without_a_token(&flat, &appeal("b"))), ours);
    assert_eq!((listed(&flat).len(), count(&flat)), (1, 2));
}

#[test]
fn a_token_that_does_not_count_is_refused_and_not_overlooked() {
    let mut flat = Flat::new();
    flat.access = "over".to_owned();
    assert_eq!(refusal(&flat.post_to(APPEALS, &appeal("a"))), (401, "SESSION_EXPIRED", json!({})));
    assert_eq!(refusal(&flat.post_to(REQUESTS, &letter("a"))).1, "SESSION_EXPIRED");
    assert_eq!(refusal(&flat.get(QUESTIONS)).1, "SESSION_EXPIRED");
    assert_eq!(count(&flat), 0);
}

#[test]
fn an_account_of_somebody_else_takes_no_letters_and_shows_none() {
    let flat = Flat::new();
    let neighbour = common::add_neighbour(&flat);
    for path in ["service-requests", "questions"] {
        let path = format!("/v1/accounts/{neighbour}/{path}");
        assert_eq!(refusal(&flat.post_to(&path, &letter("a"))), (404, "NO_SUCH_ACCOUNT", json!({})));
        assert_eq!(refusal(&flat.get(&path)), (404, "NO_SUCH_ACCOUNT", json!({})));
    }
    assert_eq!(count(&flat), 0);
}

#[test]
fn appeals_of_nobody_are_limited_and_those_of_residents_are_not() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| config.rules.appeals.anonymous_an_hour = 2);
    taken(&without_a_token(&flat, &appeal("a")));
    flat.set_clock("2026-11-24T12:10:00Z");
    let second = taken(&without_a_token(&flat, &appeal("b")));
    let third = without_a_token(&flat, &appeal("c"));
    assert_eq!(refusal(&third), (429, "RATE_LIMITED", json!({"until": "2026-11-24T13:00:00Z"})));
    assert_eq!(third.header("retry-after"), "3000");
    assert_eq!(taken(&without_a_token(&flat, &appeal("b"))), second, "a replay is no other appeal");
    taken(&flat.post_to(APPEALS, &appeal("d")));
    taken(&flat.post_to(QUESTIONS, &letter("e")));
    flat.set_clock("2026-11-24T13:00:00Z");
    taken(&without_a_token(&flat, &appeal("c")));
    assert_eq!(refusal(&without_a_token(&flat, &appeal("f"))).2, json!({"until": "2026-11-24T13:10:00Z"}));
}

#[test]
fn an_answered_letter_comes_whole_through_the_cursor() {
    let flat = Flat::new();
    let question = taken(&flat.post_to(QUESTIONS, &letter("a")));
    taken(&flat.post_to(APPEALS, &appeal("b")));
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    flat.set_clock("2026-11-24T12:10:00Z");
    let id = question["letter_id"].as_str().unwrap();
    assert!(flat.running.control().answer_letter(id, "Придём во вторник.").unwrap());
    assert!(!flat.running.control().answer_letter("no-such", "Кому?").unwrap());
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body["letters"].clone();
    let told = |it: &Value| json!([it["id"], it["status"], it["answer"], it["answered_at"]]);
    assert_eq!(changes.as_array().unwrap().len(), 1);
    assert_eq!(told(&changes[0]), json!([id, "answered", "Придём во вторник.", "2026-11-24T12:10:00Z"]));
    assert_eq!(taken(&flat.post_to(QUESTIONS, &letter("a"))), question);
}

#[test]
fn keys_of_letters_are_kept_45_days_and_the_letter_for_ever() {
    let kept = |days: i64| {
        let mut flat = Flat::new();
        taken(&flat.post_to(QUESTIONS, &letter("a")));
        let later = common::instant("2026-11-24T12:00:00Z") + chrono::Duration::days(days);
        flat.running.control().set_clock(later);
        flat.running.control().forget_what_is_over().unwrap();
        flat.sign_in();
        flat.post_to(QUESTIONS, &but(letter("a"), json!({"text": "Нет"}))).code().to_owned()
    };
    assert_eq!(kept(45), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(kept(46), "INVALID_ITEM");
}

#[test]
fn letters_and_readings_come_in_pages_in_the_order_in_which_they_changed() {
    let flat = Flat::new();
    let letters = 600;
    flat.home.change(&format!(
            "WITH RECURSIVE place (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < {letters})
             INSERT INTO letters (id, kind, account_id, resident_id, client_item_id, topic, text, written_ms,
                 received_ms, receipt, status, seq)
             SELECT 'l' || n, 'question', 'demo-account', 'demo-resident', 'i' || n, 'other', '?', 0, 0, 'r' || n,
                 'received', 1000 + n
             FROM place;
             UPDATE sequences SET last = 3000 WHERE name = 'change'",
        ));
    let reading = flat.received(&cold("a", "123"));
    let first = flat.get("/v1/sync").body;
    let second = flat.get(&format!("/v1/sync?cursor={}", first["cursor"].as_str().unwrap())).body;
    assert_eq!(json!([first["more"], second["more"]]), json!([true, false]));
    let ids = |page: &Value, list: &str| -> Vec<String> {
        page[list].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut all = ids(&first, "letters");
    all.extend(ids(&second, "letters"));
    assert_eq!(all, (1..=letters).map(|n| format!("l{n}")).collect::<Vec<_>>());
    assert_eq!(ids(&second, "readings"), [reading["reading_id"].as_str().unwrap()]);
}
