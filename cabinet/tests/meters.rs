//! Registers of one meter, meters that took another's place, and a meter's own limit.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, COLD, Flat, HOT, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::NewMeter;
use vodomer_cabinet::domain::{Dial, Resource};

/// A meter of the flat, without anything that not every meter has.
fn meter<'a>(id: &'a str, serial: &'a str) -> NewMeter<'a> {
    NewMeter {
        id,
        account_id: ACCOUNT,
        serial,
        zone: None,
        resource: Resource::ColdWater,
        place: "ванная",
        digits: Dial { whole: 5, fraction: 3 },
        verify_by: None,
        limit: None,
        replaces: None,
    }
}

/// The meter as the account's list shows it.
fn listed(flat: &Flat, id: &str) -> Value {
    let meters = flat.get("/v1/accounts/demo-account/meters").body;
    meters["meters"].as_array().unwrap().iter().find(|meter| meter["id"] == id).unwrap().clone()
}

fn limit(flat: &Flat, limit: &str) {
    flat.running.control().set_limit(COLD, Some(limit.parse().unwrap())).unwrap();
}

/// A reading of the meter's changed record, with both doubts about much water answered.
fn insisted(name: &str, value: &str) -> Value {
    but(cold(name, value), json!({"meter_version": 2, "confirmed": ["higher", "above_limit"]}))
}

#[test]
fn the_registers_of_one_meter_share_its_number_and_have_readings_of_their_own() {
    let flat = Flat::new();
    for (id, zone) in [("day", "T1"), ("night", "T2")] {
        let register = NewMeter { zone: Some(zone), ..meter(id, "00990001") };
        flat.running.control().add_meter(&register).unwrap();
    }
    let of = |id: &str| json!([listed(&flat, id)["serial"], listed(&flat, id)["zone"]]);
    assert_eq!(of("day"), json!(["00990001", "T1"]));
    assert_eq!(of("night"), json!(["00990001", "T2"]));

    flat.received(&but(cold("a", "40"), json!({"meter_id": "day"})));
    flat.received(&but(cold("b", "12"), json!({"meter_id": "night"})));
    assert_eq!(flat.stored("day", "2026-11")[0].0, "40");
    assert_eq!(flat.stored("night", "2026-11")[0].0, "12");
}

#[test]
fn a_new_meter_names_the_one_that_it_replaced_and_that_one_is_archived() {
    let flat = Flat::new();
    flat.running
        .control()
        .add_meter(&NewMeter { replaces: Some(COLD), ..meter("new-cold", "00990002") })
        .unwrap();
    assert_eq!(listed(&flat, "new-cold")["replaces"], COLD);
    assert_eq!(listed(&flat, "new-cold")["version"], 1);
    assert_eq!(listed(&flat, COLD)["archived"], true);
    assert_eq!(listed(&flat, HOT)["replaces"], Value::Null);
    let (code, params) = flat.refusal(&but(cold("a", "123"), json!({"meter_version": 2})));
    assert_eq!((code.as_str(), params), ("METER_ARCHIVED", json!({"replaced_by": "new-cold"})));
}

#[test]
fn a_meter_that_takes_anothers_place_later_is_seen_through_the_cursor() {
    let flat = Flat::new();
    flat.running.control().add_meter(&meter("new-cold", "00990002")).unwrap();
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    flat.running.control().archive_meter(COLD, Some("new-cold")).unwrap();
    let changed = flat.get(&format!("/v1/sync?cursor={cursor}")).body["meters"].clone();
    let told: Vec<Value> = changed
        .as_array()
        .unwrap()
        .iter()
        .map(|meter| json!([meter["id"], meter["version"], meter["archived"], meter["replaces"]]))
        .collect();
    assert_eq!(told, [json!([COLD, 2, true, null]), json!(["new-cold", 2, false, COLD])]);
}

#[test]
fn over_a_meters_own_limit_a_reading_is_refused_whatever_is_confirmed() {
    let flat = Flat::new();
    limit(&flat, "20.5");
    assert_eq!(listed(&flat, COLD)["limit"], "20.5");
    let (code, params) = flat.refusal(&insisted("a", "140"));
    assert_eq!((code.as_str(), params), ("EXCEEDS_HARD_LIMIT", json!({"limit": "20.5"})));
    flat.received(&insisted("b", "139"));
}

#[test]
fn a_use_of_exactly_the_meters_limit_is_taken() {
    let flat = Flat::new();
    limit(&flat, "20");
    assert_eq!(flat.refusal(&insisted("a", "140")).0, "EXCEEDS_HARD_LIMIT");
    flat.received(&insisted("b", "139"));
}

#[test]
fn a_meters_own_limit_stands_instead_of_the_utilitys_also_where_it_is_higher() {
    let flat = Flat::new();
    limit(&flat, "2000");
    flat.received(&insisted("a", "2119"));
}

#[test]
fn the_limit_is_of_a_month_and_grows_with_the_months_since_the_last_reading() {
    let flat = Flat::new();
    limit(&flat, "20");
    flat.set_clock("2026-12-24T12:00:00Z");
    let flat = flat.sign_in_again();
    let december = json!({"period": "2026-12", "taken_at": "2026-12-24T11:00:00Z"});
    let (_, params) = flat.refusal(&but(insisted("a", "160"), december.clone()));
    assert_eq!(params, json!({"limit": "40"}));
    flat.received(&but(insisted("b", "159"), december));
}

#[test]
fn a_changed_limit_is_seen_through_the_cursor() {
    let flat = Flat::new();
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    limit(&flat, "20");
    let changed = flat.get(&format!("/v1/sync?cursor={cursor}")).body["meters"].clone();
    assert_eq!(json!([changed[0]["id"], changed[0]["limit"]]), json!([COLD, "20"]));
}
