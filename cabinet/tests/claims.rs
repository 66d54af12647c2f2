//! What a resident says of a dial that starts again: it went over its end, or another meter hangs there now.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, COLD, Flat, READINGS, but, cold};
use serde_json::{Value, json};

/// October's value of the cold meter is 119.
const OCTOBER: &str = "119";

fn replaced(name: &str, value: &str, final_value: &str, initial_value: &str) -> Value {
    let replacement = json!({"final_value": final_value, "initial_value": initial_value, "serial": null});
    but(cold(name, value), json!({ "replacement": replacement }))
}

/// The same item after an answer, under a key of its own.
fn again(item: &Value, changes: Value) -> Value {
    let key = format!("{}-again", item["idempotency_key"].as_str().unwrap());
    but(but(item.clone(), changes), json!({ "idempotency_key": key }))
}

/// A flat whose cold meter showed almost the end of its dial in October, after four a month.
fn before_the_end_of_the_dial() -> Flat {
    let flat = Flat::new();
    flat.home
        .change("UPDATE readings SET value = value + (99996 - 119) * 10000 WHERE meter_id = 'demo-cold'");
    flat
}

fn newest(flat: &Flat) -> Value {
    flat.get(READINGS).body["readings"][0].clone()
}

/// `[from, to, volume]` of the cold water's line in a month's charges.
fn charged(flat: Flat, period: &str) -> Value {
    flat.set_clock(&format!("{period}-27T09:00:00Z"));
    flat.running.control().billing_run(period.parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    let charges = flat.get(&format!("/v1/accounts/{ACCOUNT}/charges")).body;
    assert_eq!(charges["charges"][0]["period"], period);
    let line = &charges["charges"][0]["lines"][0];
    json!([line["from_value"], line["to_value"], line["volume"]])
}

#[test]
fn over_a_turned_dial_the_use_goes_on_and_nothing_is_asked() {
    let flat = before_the_end_of_the_dial();
    assert_eq!(flat.refusal(&cold("a", "2")).0, "VALUE_LESS_THAN_PREVIOUS");
    flat.received(&but(cold("b", "2"), json!({"rollover": true})));
    assert_eq!(json!([newest(&flat)["rollover"], newest(&flat)["replacement"]]), json!([true, null]));
    assert_eq!(charged(flat, "2026-11"), json!(["99996", "2", "6"]));
}

#[test]
fn a_dial_that_shows_no_less_than_before_has_not_turned() {
    let flat = Flat::new();
    let refused = ("ROLLOVER_NOT_POSSIBLE".to_owned(), json!({ "previous": OCTOBER }));
    assert_eq!(flat.refusal(&but(cold("a", "119"), json!({"rollover": true}))), refused);
    assert_eq!(flat.refusal(&but(cold("b", "123"), json!({"rollover": true}))), refused);
    let just_below = flat.refusal(&but(cold("c", "118"), json!({"rollover": true})));
    assert_eq!(just_below.0, "EXCEEDS_HARD_LIMIT", "it may have turned, but for the utility's limit");
}

#[test]
fn a_dial_that_nobody_ever_read_has_not_turned() {
    let flat = without_history();
    let refused = ("ROLLOVER_NOT_POSSIBLE".to_owned(), json!({"previous": null}));
    assert_eq!(flat.refusal(&but(cold("a", "5"), json!({"rollover": true}))), refused);
}

#[test]
fn too_much_over_a_turned_dial_is_asked_about_with_what_the_dial_should_show() {
    let flat = before_the_end_of_the_dial();
    let item = but(cold("a", "76"), json!({"rollover": true}));
    // 24 in six months before: 99996 + 4 is a dial that shows 0; and 76 may be 7.6.
    let params = json!({"reason": "higher", "expected": "0", "suggested": "7"});
    assert_eq!(flat.refusal(&item), ("NEEDS_CONFIRMATION".to_owned(), params));
    flat.received(&again(&item, json!({"confirmed": ["higher"]})));
}

#[test]
fn a_turn_that_can_hardly_be_is_asked_about_with_what_the_dial_would_show_without_it() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| {
        config.rules.readings.refuse_over = vodomer_cabinet::domain::Volume::whole(100_000)
    });
    let (_, params) = flat.refusal(&but(cold("a", "118"), json!({"rollover": true})));
    assert_eq!(params["expected"], "123");
}

#[test]
fn over_a_replacement_both_dials_are_counted() {
    let flat = Flat::new();
    let item = but(
        cold("a", "10"),
        json!({"replacement": {"final_value": "121", "initial_value": "7", "serial": "00520117"}}),
    );
    assert_eq!(flat.received(&item)["status"], "received");
    let listed = newest(&flat);
    assert_eq!(listed["rollover"], false);
    assert_eq!(
        listed["replacement"],
        json!({"final_value": "121", "initial_value": "7", "serial": "00520117"})
    );
    assert_eq!(charged(flat, "2026-11"), json!(["119", "10", "5"]));
}

#[test]
fn a_replacement_is_seen_through_the_cursor_and_by_the_control_listener() {
    let flat = Flat::new();
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    flat.received(&replaced("a", "2", "121", "0"));
    let told = json!({"final_value": "121", "initial_value": "0", "serial": null});
    assert_eq!(flat.get(&format!("/v1/sync?cursor={cursor}")).body["readings"][0]["replacement"], told);
    let stored = flat.running.control().readings(COLD).unwrap();
    assert_eq!(serde_json::to_value(stored.last().unwrap()).unwrap()["replacement"], told);
}

#[test]
fn a_new_dial_may_show_more_than_the_old_one_did() {
    let flat = Flat::new();
    flat.received(&replaced("a", "503", "120", "500"));
    assert_eq!(charged(flat, "2026-11"), json!(["119", "503", "4"]));
}

#[test]
fn neither_dial_of_a_replacement_may_have_run_backwards() {
    let flat = Flat::new();
    let refused = ("REPLACEMENT_DOES_NOT_FIT".to_owned(), json!({ "previous": OCTOBER }));
    assert_eq!(flat.refusal(&replaced("a", "2", "118", "0")), refused);
    assert_eq!(flat.refusal(&replaced("b", "2", "121", "3")), refused);
    assert_eq!(flat.refusal(&replaced("c", "130", "118", "100")), refused);
    flat.received(&replaced("d", "3", "119", "3"));
    assert_eq!(charged(flat, "2026-11"), json!(["119", "3", "0"]));
}

#[test]
fn a_replacement_of_a_meter_that_nobody_ever_read_opens_its_history() {
    let flat = without_history();
    let refused = ("REPLACEMENT_DOES_NOT_FIT".to_owned(), json!({"previous": null}));
    assert_eq!(flat.refusal(&replaced("a", "2", "121", "3")), refused);
    flat.received(&replaced("b", "2", "121", "0"));
    // The norm: 4 m³ for each of two.
    assert_eq!(charged(flat, "2026-11"), json!([null, "2", "8"]));
}

#[test]
fn limits_and_doubts_look_at_the_use_over_both_dials() {
    let flat = Flat::new();
    // 1 and 12 are 13, over three averages of 4; 12 alone are not.
    let item = replaced("a", "12", "120", "0");
    let params = json!({"reason": "higher", "expected": "3", "suggested": "1"});
    assert_eq!(flat.refusal(&item), ("NEEDS_CONFIRMATION".to_owned(), params));
    flat.received(&again(&item, json!({"confirmed": ["higher"]})));

    let flat = Flat::new();
    let too_much = but(replaced("a", "500", "620", "0"), json!({"confirmed": ["higher"]}));
    assert_eq!(flat.refusal(&too_much), ("EXCEEDS_HARD_LIMIT".to_owned(), json!({"limit": "1000"})));
    flat.received(&but(replaced("b", "499", "620", "0"), json!({"confirmed": ["higher"]})));
}

#[test]
fn where_the_old_dial_took_all_of_the_usual_the_new_one_is_expected_to_stand() {
    let flat = Flat::new();
    let (_, params) = flat.refusal(&replaced("a", "57", "130", "50"));
    assert_eq!(params["expected"], "50");
}

#[test]
fn the_values_of_a_replacement_have_no_more_digits_than_are_taken() {
    let flat = Flat::new();
    assert_eq!(flat.refusal(&replaced("a", "2", "121.5", "0")).0, "FRACTION_NOT_ALLOWED");
    assert_eq!(flat.refusal(&replaced("b", "2", "121", "0.5")).0, "FRACTION_NOT_ALLOWED");
    assert_eq!(flat.refusal(&replaced("c", "2", "100000", "0")).0, "TOO_MANY_DIGITS");
}

#[test]
fn two_claims_at_once_are_malformed_and_so_is_half_a_replacement() {
    let flat = Flat::new();
    let both = but(replaced("a", "2", "121", "0"), json!({"rollover": true}));
    assert_eq!(flat.refusal(&both).0, "INVALID_ITEM");
    for replacement in [
        json!({"final_value": "121", "serial": null}),
        json!({"initial_value": "0", "serial": null}),
        json!({"final_value": "-1", "initial_value": "0", "serial": null}),
        json!({"final_value": 121, "initial_value": 0, "serial": null}),
        json!({"final_value": "121", "initial_value": "0", "serial": ""}),
        json!({"final_value": "121", "initial_value": "0", "serial": "1".repeat(65)}),
        json!(true),
    ] {
        let item = but(cold("b", "2"), json!({ "replacement": replacement }));
        assert_eq!(flat.refusal(&item).0, "INVALID_ITEM", "{replacement}");
    }
    let longest = json!({"final_value": "121", "initial_value": "0", "serial": "Ж".repeat(64)});
    flat.received(&but(cold("c", "2"), json!({ "replacement": longest })));
}

#[test]
fn a_replacement_is_taken_without_the_new_meters_number_for_apps_do_not_ask_it() {
    let flat = Flat::new();
    flat.received(&but(
        cold("a", "2"),
        json!({ "replacement": {"final_value": "121", "initial_value": "0"} }),
    ));
}

#[test]
fn one_item_with_another_claim_is_another_reading_and_is_not_taken_for_the_first() {
    let flat = Flat::new();
    let item = replaced("a", "123", "119", "119");
    let first = flat.received(&item);
    assert_eq!(flat.received(&again(&item, json!({}))), first);
    for (name, claim) in
        [("b", json!({"replacement": null})), ("c", json!({"rollover": true, "replacement": null}))]
    {
        let changed = but(but(item.clone(), claim), json!({ "idempotency_key": name }));
        assert_eq!(flat.refusal(&changed).0, "INVALID_ITEM");
    }
}

#[test]
fn the_month_after_a_replacement_is_compared_with_the_new_dial_and_averaged_over_both() {
    let flat = Flat::new();
    flat.received(&replaced("a", "2", "121", "0"));
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    flat.set_clock("2026-12-24T12:00:00Z");
    let flat = flat.sign_in_again();
    let december = json!({"period": "2026-12", "taken_at": "2026-12-24T11:00:00Z"});
    let (code, params) = flat.refusal(&but(cold("b", "1"), december.clone()));
    assert_eq!((code.as_str(), params), ("VALUE_LESS_THAN_PREVIOUS", json!({"previous": "2"})));
    // From May on: 121 − 98 and 2 in six months, 4.17 a month.
    let (_, params) = flat.refusal(&but(cold("c", "40"), december.clone()));
    assert_eq!(params["expected"], "6");
    flat.received(&but(cold("d", "6"), december));
    assert_eq!(charged(flat, "2026-12"), json!(["2", "6", "4"]));
}

fn without_history() -> Flat {
    let flat = Flat::new();
    flat.home.change_regardless("DELETE FROM readings WHERE meter_id = 'demo-cold'");
    flat
}
