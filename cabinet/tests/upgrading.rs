//! A database of the schema's first step is brought up to date with all that it holds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use std::path::Path;

use common::{COLD, Flat, READINGS, but, cold};
use serde_json::{Value, json};

/// A flat as the first step's program wrote it, with a month charged.
fn first_step(file: &Path, password: &str) {
    let database = rusqlite::Connection::open(file).unwrap();
    database.execute_batch(include_str!("../migrations/001_start.sql")).unwrap();
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

fn upgraded() -> Flat {
    let password = "SELECT password FROM residents";
    let password: String = Flat::new().database().query_row(password, [], |row| row.get(0)).unwrap();
    Flat::with("2026-11-24T12:00:00Z", |config| {
        config.demo = false;
        first_step(&config.database, &password);
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
