//! `contract/openapi.yaml` and the cabinet say the same.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;
#[path = "common/schema.rs"]
mod schema;

use std::collections::BTreeSet;

use common::{Answer, Flat, READINGS, but, cold};
use serde_json::{Value, json};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

const LETTERS: [&str; 3] =
    ["/v1/accounts/demo-account/service-requests", "/v1/accounts/demo-account/questions", "/v1/appeals"];

fn document() -> Value {
    serde_yaml_ng::from_str(include_str!("../../contract/openapi.yaml")).unwrap()
}

/// `(method, path, operation)` of all that is described.
fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let of_path = |(path, item): (&String, &'_ Value)| {
        let item = item.as_object().unwrap().clone();
        METHODS
            .iter()
            .filter(|method| item.contains_key(**method))
            .map(|it| ((*it).to_owned(), path.clone()))
            .collect::<Vec<_>>()
    };
    let found = paths.flat_map(of_path);
    found
        .map(|(method, path)| {
            let operation = &document["paths"][&path][&method];
            (method, path, operation)
        })
        .collect()
}

/// Follows a `$ref`, if there is one.
fn whole<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value.get("$ref").and_then(Value::as_str).map_or(value, |reference| schema::resolve(document, reference))
}

/// Fails unless an answer is described, as it is, for its operation.
fn assert_described(document: &Value, method: &str, path: &str, answer: &Answer) {
    let responses = &document["paths"][path][method]["responses"];
    let response = responses.get(answer.status.to_string());
    let response =
        whole(document, response.unwrap_or_else(|| panic!("{method} {path} answered {}", answer.status)));
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        assert_eq!(answer.body, Value::Null, "{method} {path} {}", answer.status);
        return;
    };
    let described =
        &content.get(answer.header("content-type")).expect("the media type is described")["schema"];
    let errors = schema::errors(document, described, &answer.body, "body");
    assert!(errors.is_empty(), "{method} {path} {}: {errors:#?}", answer.status);
    for header in response["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
        assert!(answer.headers.contains_key(header), "{method} {path} {} without {header}", answer.status);
    }
}

#[test]
fn what_is_served_is_described_and_what_is_described_is_served() {
    let document = document();
    let described: BTreeSet<_> =
        operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let served: BTreeSet<_> = vodomer_cabinet::served()
        .into_iter()
        .map(|(method, path)| (method.to_owned(), path.to_owned()))
        .collect();
    assert_eq!(described, served);
}

#[test]
fn everything_described_is_really_there() {
    let document = document();
    let flat = Flat::new();
    for (method, path, _) in operations(&document) {
        let url = path.replace("{account}", common::ACCOUNT);
        let answer = match method.as_str() {
            "get" => flat.get(&url),
            "delete" => flat.delete(&url, "key"),
            _ => flat.post_to(&url, &json!({})),
        };
        assert!(!["NOT_FOUND", "METHOD_NOT_ALLOWED"].contains(&answer.code()), "{method} {path}");
    }
}

#[test]
fn every_example_of_a_request_is_understood() {
    let document = document();
    let mut tried = 0;
    for (method, path, operation) in operations(&document) {
        let Some(body) = operation.get("requestBody").map(|body| whole(&document, body)) else { continue };
        let json = &body["content"]["application/json"];
        for (name, example) in json["examples"].as_object().expect("a request has an example") {
            let errors = schema::errors(&document, &json["schema"], &example["value"], name);
            assert!(errors.is_empty(), "{errors:#?}");
            let flat = Flat::new();
            let answer = flat.post_to(&path.replace("{account}", common::ACCOUNT), &example["value"]);
            assert!(
                ![400, 413, 415, 422].contains(&answer.status),
                "{method} {path} {name}: {:?}",
                answer.body
            );
            for item in answer.body["items"].as_array().into_iter().flatten() {
                assert_eq!(item["status"], "received", "{name}");
            }
            tried += 1;
        }
    }
    assert!(tried >= 8, "only {tried} examples");
}

#[test]
fn every_example_of_an_answer_fits_its_schema() {
    let document = document();
    let mut looked_at = 0;
    let mut look = |response: &Value| {
        for (_, media) in response["content"].as_object().into_iter().flatten() {
            for (name, example) in media["examples"].as_object().into_iter().flatten() {
                let errors = schema::errors(&document, &media["schema"], &example["value"], name);
                assert!(errors.is_empty(), "{errors:#?}");
                looked_at += 1;
            }
        }
    };
    for (_, _, operation) in operations(&document) {
        operation["responses"].as_object().unwrap().values().for_each(&mut look);
    }
    document["components"]["responses"].as_object().unwrap().values().for_each(&mut look);
    assert!(looked_at >= 15, "only {looked_at} examples");
}

#[test]
fn what_the_cabinet_answers_is_as_described() {
    let document = document();
    let mut flat = Flat::new();
    let check = |method: &str, path: &str, answer: &Answer| assert_described(&document, method, path, answer);

    let first = flat.received(&cold("a", "123"));
    let items = [cold("b", "124"), cold("c", "99"), but(cold("d", "841"), json!({"meter_id": common::HOT}))];
    let answer = flat.post_to(READINGS, &json!({ "items": items }));
    check("post", "/v1/accounts/{account}/readings", &answer);
    check("post", "/v1/accounts/{account}/readings", &flat.post(&cold("a", "123")));
    let correction = json!({"supersedes": first["reading_id"], "rollover": false});
    check("post", "/v1/accounts/{account}/readings", &flat.post(&but(cold("e", "124"), correction)));
    let hot = |name: &str, claim: Value| but(but(cold(name, "2"), json!({"meter_id": common::HOT})), claim);
    let ended_at =
        |value: &str| json!({"replacement": {"final_value": value, "initial_value": "0", "serial": null}});
    for item in [
        hot("g", json!({"rollover": true, "value": "84"})),
        hot("h", json!({"replacement": {}})),
        hot("i", ended_at("81")),
        hot("j", ended_at("83")),
    ] {
        check("post", "/v1/accounts/{account}/readings", &flat.post(&item));
    }
    let path = "/v1/accounts/{account}/readings/{reading}";
    let taken_back = flat.running.control().readings(common::HOT).unwrap().pop().unwrap().reading.id;
    let taken_back = json!({"reading_id": taken_back});
    check("delete", path, &flat.withdraw(&first, "w-superseded"));
    check("delete", path, &flat.withdraw(&taken_back, "w"));
    check("delete", path, &flat.withdraw(&first, "w"));
    check("delete", path, &flat.withdraw(&first, ""));
    check("delete", path, &flat.delete(&format!("{READINGS}/none"), "w-none"));
    check("delete", path, &flat.delete("/v1/accounts/none/readings/none", "w-none"));
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let recalculation = vodomer_cabinet::Adjustment {
        account_id: common::ACCOUNT.to_owned(),
        period: "2026-11".parse().unwrap(),
        basis: vodomer_cabinet::AdjustmentKind::Recalculation,
        resource: None,
        amount_kopecks: -1,
        note: Some("перерасчёт".to_owned()),
    };
    flat.running.control().adjust(&recalculation).unwrap();
    flat.running.control().set_limit(common::COLD, Some("20".parse().unwrap())).unwrap();
    flat.sign_in();
    flat.running.control().set_verify_by(common::HOT, None).unwrap();

    let text = json!({"topic": "leak", "text": "Течёт.", "written_at": "2026-11-27T09:00:00Z", "name": "Житель",
        "contact": "example@example.org", "client_item_id": "letter"});
    for (path, kind) in LETTERS.iter().zip(["s", "q", "a"]) {
        let described = path.replace(common::ACCOUNT, "{account}");
        let letter = |changes: Value| but(but(text.clone(), json!({"client_item_id": kind})), changes);
        for (changes, status) in [
            (json!({"idempotency_key": kind}), 200),
            (json!({"idempotency_key": kind, "topic": "other"}), 409),
            (json!({"idempotency_key": "k", "client_item_id": "long", "text": "ы".repeat(4001)}), 422),
            (json!({"idempotency_key": "k", "client_item_id": "meter", "meter_id": "no-such"}), 422),
            (json!({"idempotency_key": "k", "text": "Нет."}), 422),
            (json!({}), 422),
        ] {
            let answer = flat.post_to(path, &letter(changes));
            assert_eq!(answer.status, status, "{path}: {:?}", answer.body);
            check("post", &described, &answer);
        }
        flat.running.control().answer_with(vodomer_cabinet::Which::Sending, 1, 429, None);
        check("post", &described, &flat.post_to(path, &json!({})));
        flat.running.control().answer_with(vodomer_cabinet::Which::Sending, 1, 503, Some(9));
        check("post", &described, &flat.post_to(path, &json!({})));
    }
    check("post", LETTERS[2], &flat.post_to(LETTERS[2], &but(text, json!({"contact": null}))));
    let question = flat.get(LETTERS[1]).body["letters"][0]["id"].as_str().unwrap().to_owned();
    flat.running.control().answer_letter(&question, "Да.").unwrap();
    let application = json!({"idempotency_key": "r", "client_item_id": "r", "written_at": "2026-11-27T09:00:00Z",
        "surname": "Примерова", "name": "Анна", "address": "ул. Примерная, 12", "phone": "123456",
        "email": "a@example.org", "consent": true});
    for change in [json!({}), json!({"name": "Мария"}), json!({"passport": "0000"})] {
        let answer = flat.post_to("/v1/registration", &but(application.clone(), change));
        check("post", "/v1/registration", &answer);
    }
    flat.running.control().answer_with(vodomer_cabinet::Which::Sending, 1, 503, Some(9));
    check("post", "/v1/registration", &flat.post_to("/v1/registration", &json!({})));
    check("get", "/v1/proofs/{receipt}/{code}", &flat.get("/v1/proofs/00000015/0"));

    let paying = "/v1/accounts/{account}/payments";
    let payments = format!("/v1/accounts/{}/payments", common::ACCOUNT);
    let wish = json!({"idempotency_key": "p", "amount_kopecks": 100, "period": "2026-10"});
    let begun = flat.post_to(&payments, &wish);
    check("post", paying, &begun);
    for change in [json!({"amount_kopecks": 1}), json!({"idempotency_key": "q", "period": "2030-01"})] {
        check("post", paying, &flat.post_to(&payments, &but(wish.clone(), change)));
    }
    check("post", paying, &flat.post_to("/v1/accounts/none/payments", &wish));
    check("get", paying, &flat.get(&payments));
    let page = begun.body["page_url"].as_str().unwrap();
    assert_eq!(flat.agent.post(format!("{page}/paid")).send_empty().unwrap().status(), 200);
    let receipts = "/v1/accounts/{account}/receipts/{period}";
    for of in [
        "demo-account/receipts/2026-10",
        "demo-account/receipts/2030-01",
        "demo-account/receipts/october",
        "none/receipts/2026-10",
    ] {
        check("get", receipts, &flat.get(&format!("/v1/accounts/{of}")));
    }
    let news = json!({"title": "Заголовок", "text": "Текст."});
    flat.running.control().publish_news(&serde_json::from_value(news).unwrap()).unwrap();
    let outage = json!({"resources": ["cold_water"], "places": [{"district": "Центральный"}, {"street": "ул. Новая"}],
        "starts_at": "2026-11-27T09:00:00Z", "text": "Авария."});
    flat.running.control().publish_outage(&serde_json::from_value(outage).unwrap()).unwrap();
    for path in ["/v1/utility", "/v1/news", "/v1/outages"] {
        check("get", path, &flat.get(path));
        check("get", path, &flat.get_known(path, "*"));
    }
    check("get", "/v1/news", &flat.get("/v1/news?since=yesterday"));
    check("get", "/v1/outages", &flat.get("/v1/outages?house=1&house=2"));
    let all = flat.get("/v1/sync");
    let cursor = all.body["cursor"].as_str().unwrap();
    check("get", "/v1/sync", &flat.get_known(&format!("/v1/sync?cursor={cursor}"), all.header("etag")));

    check("get", "/v1/accounts", &flat.get("/v1/accounts"));
    check("get", "/v1/sync", &flat.get("/v1/sync"));
    check("get", "/v1/sync", &flat.get("/v1/sync?cursor=a&cursor=b"));
    for list in ["meters", "readings", "charges", "payments", "service-requests", "questions"] {
        let path = format!("/v1/accounts/{{account}}/{list}");
        check("get", &path, &flat.get(&format!("/v1/accounts/{}/{list}", common::ACCOUNT)));
        check("get", &path, &flat.get(&format!("/v1/accounts/no-such/{list}")));
    }
    check("post", "/v1/auth/refresh", &flat.refresh_with(&flat.refresh));
    check("post", "/v1/auth/refresh", &flat.refresh_with("unknown"));
    let known = json!({"phone": vodomer_cabinet::demo::PHONE, "email": "nobody@example.org"});
    for _ in 0..4 {
        check("post", "/v1/auth/recovery", &flat.post_to("/v1/auth/recovery", &known));
    }
    let without = Flat::with("2026-11-24T12:00:00Z", |config| config.mailer = None);
    check("post", "/v1/auth/recovery", &without.post_to("/v1/auth/recovery", &known));
    for path in ["/v1/auth/login", "/v1/auth/refresh", "/v1/auth/logout", "/v1/auth/recovery"] {
        check("post", path, &flat.post_to(path, &json!({})));
    }
    for path in [
        "/v1/auth/login",
        "/v1/auth/refresh",
        "/v1/auth/logout",
        "/v1/auth/recovery",
        "/v1/registration",
        &payments,
        READINGS,
    ]
    .into_iter()
    .chain(LETTERS.iter().copied())
    {
        let described = path.replace(common::ACCOUNT, "{account}");
        check("post", &described, &flat.post_raw(path, "application/json", b"{"));
        check("post", &described, &flat.post_raw(path, "text/plain", b"{}"));
        check("post", &described, &flat.post_raw(path, "application/json", &[b' '; 200_000]));
    }
    for _ in 0..6 {
        check("post", "/v1/auth/login", &flat.login(vodomer_cabinet::demo::LOGIN, "wrong"));
    }
    check(
        "post",
        "/v1/auth/logout",
        &flat.post_to("/v1/auth/logout", &json!({"refresh_token": flat.refresh})),
    );
    flat.access = "over".to_owned();
    check("get", "/v1/accounts", &flat.get("/v1/accounts"));
    check("post", "/v1/accounts/{account}/readings", &flat.post(&cold("f", "124")));
    check("delete", path, &flat.withdraw(&first, "w-over"));
    check("get", receipts, &flat.get("/v1/accounts/demo-account/receipts/2026-10"));
    for letters in LETTERS.into_iter().chain([payments.as_str()]) {
        let described = letters.replace(common::ACCOUNT, "{account}");
        check("post", &described, &flat.post_to(letters, &json!({})));
    }
}

#[test]
fn the_codes_described_are_those_that_the_cabinet_knows() {
    let document = document();
    let described = |schema: &str| -> BTreeSet<String> {
        let codes = document.pointer(schema).unwrap().as_array().unwrap();
        codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
    };
    let refusals = codes_in(&[include_str!("../src/readings/refusal.rs")]);
    assert_eq!(described("/components/schemas/RefusalCode/enum"), refusals);
    let problems = codes_in(&[
        include_str!("../src/http/problem.rs"),
        include_str!("../src/http/body.rs"),
        include_str!("../src/http/readings.rs"),
        include_str!("../src/readings/withdrawal.rs"),
        include_str!("../src/letters/refusal.rs"),
    ]);
    assert_eq!(described("/components/schemas/Problem/properties/code/enum"), problems);
    for (schema, codes) in [("RefusalCode", refusals), ("Problem", problems)] {
        let table = document["components"]["schemas"][schema]["description"].as_str().unwrap();
        let untold: Vec<_> = codes.iter().filter(|code| !table.contains(&format!("`{code}`"))).collect();
        assert!(untold.is_empty(), "what does the app do about {untold:?}?");
    }
}

#[test]
fn every_field_has_a_description() {
    let document = document();
    let mut bare = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, described) in schema["properties"].as_object().into_iter().flatten() {
            if whole(&document, described).get("description").is_none() {
                bare.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(bare.is_empty(), "{bare:?}");
}

/// The string literals of a source that look like a code.
fn codes_in(sources: &[&str]) -> BTreeSet<String> {
    let literals = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
    let is_code =
        |text: &&str| text.len() > 5 && text.bytes().all(|it| it.is_ascii_uppercase() || it == b'_');
    literals.filter(is_code).map(str::to_owned).collect()
}
