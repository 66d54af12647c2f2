//! What an account shows, and the cursor along which it changes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, COLD, Flat, HOT, but, cold};
use serde_json::{Value, json};

fn lengths(changes: &Value) -> [usize; 4] {
    ["accounts", "meters", "readings", "charges"].map(|list| changes[list].as_array().unwrap().len())
}

fn sync(flat: &Flat, cursor: &Value) -> Value {
    let answer = flat.get(&format!("/v1/sync?cursor={}", cursor.as_str().unwrap_or_default()));
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body
}

#[test]
fn the_demonstrations_flat_is_as_the_story_needs_it() {
    let flat = Flat::at("2026-11-22T09:00:00Z");
    let accounts = flat.get("/v1/accounts").body;
    assert_eq!(
        accounts,
        json!({"accounts": [{
            "id": ACCOUNT,
            "number": "1204417",
            "address": "ул. Примерная, 12, кв. 34",
            "residents": 2,
            "balance": {"kopecks": 13_500, "period": "2026-10", "as_of": "2026-10-30T21:00:00Z"},
        }]})
    );
    let meters = flat.get("/v1/accounts/demo-account/meters").body;
    assert_eq!(
        meters["meters"][0],
        json!({
            "id": COLD,
            "account_id": ACCOUNT,
            "serial": "00417283",
            "zone": null,
            "resource": "cold_water",
            "place": "кухня",
            "digits": {"whole": 5, "fraction": 3},
            "version": 1,
            "verify_by": "2029-04-18",
            "archived": false,
            "limit": null,
            "replaces": null,
        })
    );
    assert_eq!(meters["meters"][1]["serial"], "00417290");
    let readings = flat.get("/v1/accounts/demo-account/readings").body;
    let october: Vec<_> = readings["readings"].as_array().unwrap()[..2]
        .iter()
        .map(|it| json!([it["meter_id"], it["period"], it["value"], it["source"], it["status"]]))
        .collect();
    assert!(october.contains(&json!([COLD, "2026-10", "119", "app", "accounted"])), "{october:?}");
    assert!(october.contains(&json!([HOT, "2026-10", "82", "app", "accounted"])), "{october:?}");
    assert_eq!(readings["readings"].as_array().unwrap().len(), 16);
    let charges = flat.get("/v1/accounts/demo-account/charges").body;
    assert_eq!(lengths(&sync(&flat, &Value::Null)), [1, 2, 16, 1]);
    assert_eq!(charges["charges"][0]["total_kopecks"], 13_500);
    assert_eq!(charges["charges"][0]["pay_by"], "2026-11-15");
}

#[test]
fn the_demonstration_is_filled_in_once() {
    let flat = Flat::new();
    let cursor = sync(&flat, &Value::Null)["cursor"].clone();
    let Flat { running, home, letters, .. } = flat;
    running.stop();
    let again = vodomer_cabinet::Running::start_blocking(common::config(&home)).unwrap();
    again.control().set_clock(common::instant("2026-11-24T12:00:00Z"));
    let (access, refresh, agent) = (String::new(), String::new(), common::agent());
    let flat = Flat { running: again, home, access, refresh, agent, letters };
    assert_eq!(lengths(&sync(&flat.sign_in_again(), &cursor)), [0, 0, 0, 0]);
}

#[test]
fn a_cursor_shows_what_changed_since_and_nothing_else() {
    let flat = Flat::new();
    let all = sync(&flat, &Value::Null);
    let nothing = sync(&flat, &all["cursor"]);
    assert_eq!(lengths(&nothing), [0, 0, 0, 0]);
    assert_eq!(nothing["cursor"], all["cursor"]);

    let first = flat.received(&cold("a", "123"));
    let changes = sync(&flat, &nothing["cursor"]);
    assert_eq!(lengths(&changes), [0, 0, 1, 0]);
    assert_eq!(changes["readings"][0]["id"], first["reading_id"]);

    flat.received(&but(cold("b", "124"), json!({"supersedes": first["reading_id"]})));
    let changes = sync(&flat, &changes["cursor"]);
    let statuses: Vec<_> =
        changes["readings"].as_array().unwrap().iter().map(|it| it["status"].clone()).collect();
    assert_eq!(statuses, ["superseded", "received"]);
}

#[test]
fn a_billing_run_is_seen_through_the_cursor() {
    let flat = Flat::new();
    flat.received(&cold("a", "123"));
    flat.set_clock("2026-11-26T09:00:00Z");
    let flat = flat.sign_in_again();
    let cursor = sync(&flat, &Value::Null)["cursor"].clone();
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let changes = sync(&flat, &cursor);
    assert_eq!(lengths(&changes), [1, 0, 2, 1]);
    assert_eq!(changes["accounts"][0]["balance"]["period"], "2026-11");
    assert!(changes["readings"].as_array().unwrap().iter().all(|it| it["status"] == "accounted"));
}

#[test]
fn a_changed_meter_comes_whole() {
    let flat = Flat::new();
    let cursor = sync(&flat, &Value::Null)["cursor"].clone();
    flat.running.control().set_verify_by(COLD, None).unwrap();
    let meters = sync(&flat, &cursor)["meters"].clone();
    assert_eq!(json!([meters[0]["version"], meters[0]["verify_by"]]), json!([2, null]));
}

#[test]
fn a_cursor_that_is_unknown_or_somebody_elses_shows_everything() {
    let mut flat = Flat::new();
    let ours = sync(&flat, &Value::Null)["cursor"].clone();
    let database = ours.as_str().unwrap().split('.').next().unwrap();
    let foreign = [
        "nonsense".to_owned(),
        "0".to_owned(),
        format!("{database}.demo-resident.999999"),
        format!("{database}.demo-resident.-1"),
        ours.as_str().unwrap().replace(database, "00000000"),
    ];
    for cursor in foreign {
        assert_eq!(lengths(&sync(&flat, &json!(cursor))), [1, 2, 16, 1], "{cursor}");
    }
    common::add_neighbour(&flat);
    let tokens = flat.login("neighbour", vodomer_cabinet::demo::PASSWORD);
    flat.take(&tokens);
    let changes = sync(&flat, &ours);
    assert_eq!(lengths(&changes), [1, 1, 0, 0]);
    assert_eq!(changes["accounts"][0]["number"], "1204418");
}

#[test]
fn a_long_history_comes_in_pages_that_together_are_everything() {
    let flat = Flat::new();
    flat.home.change(
            "WITH RECURSIVE month (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM month WHERE n < 1100)
             INSERT INTO readings (id, account_id, meter_id, period, meant_period, value, entered, rollover, taken_ms,
                 received_ms, source, status, receipt, client_item_id, supersedes, seq)
             SELECT 'old-' || n, 'demo-account', 'demo-cold', (1900 + n / 12) || '-' || substr('0' || (1 + n % 12), length('0' || (1 + n % 12)) - 1), '1900-01', n, NULL, 0, NULL, 0, 'import', 'accounted', NULL, NULL, NULL, 1000 + n
             FROM month;
             UPDATE sequences SET last = 3000 WHERE name = 'change';",
        );
    let (mut cursor, mut pages, mut seen) = (Value::Null, 0, std::collections::BTreeSet::new());
    loop {
        let changes = sync(&flat, &cursor);
        pages += 1;
        for reading in changes["readings"].as_array().unwrap() {
            assert!(seen.insert(reading["id"].as_str().unwrap().to_owned()), "{} twice", reading["id"]);
        }
        cursor = changes["cursor"].clone();
        if changes["more"] == false {
            break;
        }
    }
    assert_eq!((pages, seen.len()), (3, 1116));
    assert_eq!(lengths(&sync(&flat, &cursor)), [0, 0, 0, 0]);
}
