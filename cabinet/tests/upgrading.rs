//! A database of an earlier step of the schema is brought up to date with all that it holds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::path::Path;

use common::{COLD, Flat, READINGS, but, cold};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vodomer_cabinet::Database;

/// A flat as the first step's program wrote it, with a month charged.
fn first_step(file: &Path, password: &str) {
    let database = rusqlite::Connection::open(file).unwrap();
    database.execute_batch(include_str!("../migrations/sqlite/001_start.sql")).unwrap();
    database
        .execute_batch(
            "INSERT INTO facts VALUES ('database_id', 'abcd0123');
             INSERT INTO accounts VALUES ('demo-account', '1204417', 'ул. Примерная, 12', 3, 6000, '2026-10', 0, 1);
             INSERT INTO meters VALUES ('old-cold', 'demo-account', '1', 'cold_water', 'кухня', 5, 3, 2, NULL, 1,
                 NULL, 2), ('demo-cold', 'demo-account', '2', 'cold_water', 'кухня', 5, 3, 1, NULL, 0, NULL, 3);
             UPDATE meters SET replaced_by = 'demo-cold' WHERE id = 'old-cold';
             INSERT INTO readings VALUES ('turned', 'demo-account', 'demo-cold', '2026-10', '2026-10', 40000, '4', 1,
                 0, 0, 'app', 'accounted', '00000001', 'item', NULL, 4);
             INSERT INTO billing_runs VALUES ('2026-10', 0, 1, 6000);
             INSERT INTO charges VALUES ('demo-account', '2026-10', 6000, 6000, '2026-11-15', 5);
             INSERT INTO charge_lines VALUES
                 ('demo-account', '2026-10', 0, 'cold_water', 'demo-cold', 'turned', 'meter', 999990000, 40000, 50000,
                     1000, 5000),
                 ('demo-account', '2026-10', 1, 'sewage', NULL, NULL, 'meter', NULL, NULL, 20000, 500, 1000);
             UPDATE sequences SET last = 5 WHERE name = 'change';
             UPDATE sequences SET last = 1 WHERE name = 'receipt';
             PRAGMA user_version = 1;",
        )
        .unwrap();
    let login = (vodomer_cabinet::demo::LOGIN, password);
    database.execute("INSERT INTO residents VALUES ('r', ?1, ?2)", login).unwrap();
    database.execute("INSERT INTO resident_accounts VALUES ('r', 'demo-account')", []).unwrap();
}

/// The same a step later, with a reading of November, its key, and one that must wait.
fn second_step(file: &Path, password: &str, sha256: &[u8]) {
    first_step(file, password);
    let database = rusqlite::Connection::open(file).unwrap();
    database.execute_batch(include_str!("../migrations/sqlite/002_zones_claims_adjustments.sql")).unwrap();
    database
        .execute_batch(
            "INSERT INTO readings VALUES ('november', 'demo-account', 'demo-cold', '2026-11', '2026-11', 90000, '9', 0,
                 1795431600000, 1795435200000, 'app', 'received', '00000002', 'item-a', NULL, 6, NULL, NULL, NULL);
             UPDATE sequences SET last = 6 WHERE name = 'change';
             UPDATE sequences SET last = 2 WHERE name = 'receipt';
             PRAGMA user_version = 2;",
        )
        .unwrap();
    let answer = json!({"client_item_id": "item-a", "status": "received", "reading_id": "november",
        "receipt": "00000002", "effective_period": "2026-11", "received_at": "2026-11-23T10:00:00Z"});
    let key = "INSERT INTO idempotency_keys VALUES ('demo-account', ?1, ?2, ?3, 1795435200000)";
    database.execute(key, ("key-a", sha256, Some(answer.to_string()))).unwrap();
    database.execute(key, ("key-waits", sha256, None::<String>)).unwrap();
}

fn upgraded() -> Flat {
    upgraded_by(first_step)
}

fn upgraded_by(step: impl FnOnce(&Path, &str)) -> Flat {
    let password = "SELECT password FROM residents";
    let password: String = Flat::new().home.text(password);
    Flat::with("2026-11-24T12:00:00Z", |config| {
        config.demo = false;
        let Database::File(file) = &config.database else { panic!("an older database is a file") };
        step(file, &password);
    })
}

#[test]
fn what_an_older_database_holds_is_shown_with_its_new_fields() {
    let flat = upgraded();
    assert_eq!(flat.get("/v1/accounts").body["accounts"][0]["residents"], 3);
    let meters = flat.get("/v1/accounts/demo-account/meters").body["meters"].clone();
    let told = |meter: &Value| json!([meter["id"], meter["zone"], meter["limit"], meter["replaces"]]);
    assert_eq!(told(&meters[0]), json!([COLD, null, null, "old-cold"]));
    assert_eq!(told(&meters[1]), json!(["old-cold", null, null, null]));
    let reading = flat.get(READINGS).body["readings"][0].clone();
    assert_eq!(
        json!([reading["value"], reading["rollover"], reading["replacement"], reading["receipt"]]),
        json!(["4", true, null, "00000001"])
    );
    let charge = flat.get("/v1/accounts/demo-account/charges").body["charges"][0].clone();
    assert_eq!(
        charge["lines"],
        json!([
            {"resource": "cold_water", "meter_id": COLD, "reading_id": "turned", "basis": "meter",
             "from_value": "99999", "to_value": "4", "volume": "5", "tariff_kopecks": 1000, "amount_kopecks": 5000,
             "note": null},
            {"resource": "sewage", "meter_id": null, "reading_id": null, "basis": "meter", "from_value": null,
             "to_value": null, "volume": "2", "tariff_kopecks": 500, "amount_kopecks": 1000, "note": null},
        ])
    );
}

#[test]
fn an_older_database_goes_on_with_readings_and_charges() {
    let flat = upgraded();
    let replacement = json!({"final_value": "6", "initial_value": "1", "serial": null});
    flat.received(&but(cold("a", "3"), json!({ "replacement": replacement })));
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    let november = flat.get("/v1/accounts/demo-account/charges").body["charges"][0].clone();
    assert_eq!(json!([november["lines"][0]["volume"], november["due_kopecks"]]), json!(["4", 12_000]));
}

/// The hash under which an earlier program kept an item: that of its fields in order, without white space.
fn hash_of_the_second_step(item: &Value) -> Vec<u8> {
    let fields: std::collections::BTreeMap<&String, &Value> = item.as_object().unwrap().iter().collect();
    let text: String = fields.iter().map(|(name, value)| format!("{}:{value},", json!(name))).collect();
    Sha256::digest(format!("{{{text}}}")).to_vec()
}

#[test]
fn a_key_of_an_older_database_still_gets_its_first_answer_and_is_still_bound() {
    let item = cold("a", "9");
    let flat = upgraded_by(|file, password| second_step(file, password, &hash_of_the_second_step(&item)));
    let replayed = flat.received(&item);
    assert_eq!(json!([replayed["reading_id"], replayed["receipt"]]), json!(["november", "00000002"]));
    for key in ["key-a", "key-waits"] {
        let other = but(item.clone(), json!({"idempotency_key": key, "value": "10"}));
        assert_eq!(flat.refusal(&other).0, "IDEMPOTENCY_KEY_REUSED");
    }
    assert_eq!(flat.stored(COLD, "2026-11").len(), 1);
}

#[test]
fn a_reading_of_an_older_database_is_shown_proved_and_taken_back() {
    let flat = upgraded_by(|file, password| second_step(file, password, b"whatever"));
    let reading = flat.get(READINGS).body["readings"][0].clone();
    assert_eq!(json!([reading["id"], reading["sent_at"]]), json!(["november", null]));
    let lines = "item-a\ndemo-cold\n2026-11\n9\n9\n2026-11-23T11:00:00.000Z\n\n\n\n\n2026-11-23T12:00:00.000Z\n00000002\n";
    let code: String = Sha256::digest(lines)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(flat.get(&format!("/v1/proofs/00000002/{code}")).body, json!({"confirmed": true}));
    assert_eq!(flat.withdraw(&json!({"reading_id": "november"}), "w").status, 200);
    flat.received(&cold("b", "8"));
}

#[test]
fn an_older_database_takes_letters_numbered_after_its_readings_and_its_cursors_go_on() {
    let flat = upgraded_by(|file, password| second_step(file, password, b"whatever"));
    let question = json!({"idempotency_key": "q", "client_item_id": "q", "topic": "charges", "text": "Почему?",
        "written_at": "2026-11-24T11:00:00Z"});
    let taken = flat.post_to("/v1/accounts/demo-account/questions", &question);
    assert_eq!(taken.body["receipt"], "00000003");
    let changes = flat.get("/v1/sync?cursor=abcd0123.r.6").body;
    let lengths = ["accounts", "meters", "readings", "charges", "letters"]
        .map(|it| changes[it].as_array().unwrap().len());
    assert_eq!(lengths, [0, 0, 0, 0, 1]);
}

/// What a database of the third step held, in SQL that both understand.
const THIRD_STEP: &str = "
    INSERT INTO facts VALUES ('database_id', 'abcd0123');
    INSERT INTO accounts VALUES ('demo-account', '1204417', 'ул. Примерная, 12', 3, 6000, '2026-10', 0, 1);
    INSERT INTO residents VALUES ('r', '1204417', 'PASSWORD');
    INSERT INTO resident_accounts VALUES ('r', 'demo-account');
    INSERT INTO billing_runs VALUES ('2026-10', 0, 1, 6000);
    INSERT INTO charges VALUES ('demo-account', '2026-10', 6000, 6000, '2026-11-15', 2);
    INSERT INTO letters VALUES ('letter', 'question', 'demo-account', 'r', 'item', 'charges', 'Почему?', 0, NULL, NULL,
        NULL, NULL, 0, '00000001', 'received', NULL, NULL, 3);
    UPDATE sequences SET last = 3 WHERE name = 'change';
    UPDATE sequences SET last = 1 WHERE name = 'receipt';";

/// Starts this program over a database of the third step: a file, or one of a server.
fn over_the_third_step(server: bool) -> Flat {
    let password = Flat::new().home.text("SELECT password FROM residents");
    let rows = THIRD_STEP.replace("PASSWORD", &password);
    Flat::with("2026-11-24T12:00:00Z", |config| {
        config.demo = false;
        if server {
            let empty = vodomer_test_postgres::Cluster::of_this_run().empty_database();
            config.database = empty.url.parse().unwrap();
            let tables = include_str!("../migrations/postgres/003_start.sql");
            empty
                .connect()
                .batch_execute(&format!("{tables}{rows}INSERT INTO facts VALUES ('version', '3')"))
                .unwrap();
            // It goes with the cluster, at the end of the run.
            std::mem::forget(empty);
        } else {
            let Database::File(file) = &config.database else { panic!("a file") };
            let database = rusqlite::Connection::open(file).unwrap();
            let steps = [
                include_str!("../migrations/sqlite/001_start.sql"),
                include_str!("../migrations/sqlite/002_zones_claims_adjustments.sql"),
                include_str!("../migrations/sqlite/003_evidence_withdrawals_letters.sql"),
                &rows,
                "PRAGMA user_version = 3",
            ];
            steps.iter().for_each(|step| database.execute_batch(step).unwrap());
        }
    })
}

#[test]
fn a_database_of_the_third_step_gets_notices_and_its_cursors_go_on_on_both() {
    for server in [false, true] {
        let flat = over_the_third_step(server);
        let news = json!({"title": "Новая", "text": "Текст."});
        flat.running.control().publish_news(&serde_json::from_value(news).unwrap()).unwrap();
        let changes = flat.get("/v1/sync?cursor=abcd0123.r.3").body;
        assert_eq!(json!([changes["news"][0]["title"], changes["letters"]]), json!(["Новая", []]));
        let questions = flat.get("/v1/accounts/demo-account/questions").body;
        assert_eq!(questions["letters"][0]["text"], "Почему?");
        assert_eq!(flat.get("/v1/outages").body, json!({"outages": []}));
    }
}
