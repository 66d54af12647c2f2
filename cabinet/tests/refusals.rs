//! Every reason for which a posted reading is not taken, as the contract names it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{COLD, Flat, HOT, READINGS, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::domain::Volume;

fn refused(code: &str, params: Value) -> (String, Value) {
    (code.to_owned(), params)
}

#[test]
fn a_value_below_the_last_actual_one_is_refused_with_that_one() {
    let flat = Flat::new();
    assert_eq!(
        flat.refusal(&cold("a", "118")),
        refused("VALUE_LESS_THAN_PREVIOUS", json!({"previous": "119"}))
    );
}

#[test]
fn a_turned_dial_is_taken_when_the_resident_says_so() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| {
        config.rules.readings.refuse_over = Volume::whole(100_000)
    });
    let turned = but(cold("a", "118"), json!({"rollover": true}));
    assert_eq!(flat.refusal(&turned).0, "NEEDS_CONFIRMATION");
    flat.received(&but(turned, json!({"confirmed": ["higher"], "idempotency_key": "key-2"})));
    let stored = flat.running.control().readings(COLD).unwrap();
    assert!(stored.last().unwrap().reading.rollover);
}

#[test]
fn an_unusual_use_is_asked_about_and_taken_once_it_is_confirmed() {
    let flat = Flat::new();
    let params = json!({"reason": "higher", "expected": "123", "suggested": null});
    assert_eq!(flat.refusal(&cold("a", "132")), refused("NEEDS_CONFIRMATION", params));
    let answered_otherwise =
        but(cold("a", "132"), json!({"confirmed": ["lower"], "idempotency_key": "key-2"}));
    assert_eq!(flat.refusal(&answered_otherwise).0, "NEEDS_CONFIRMATION");
    flat.received(&but(cold("a", "132"), json!({"confirmed": ["higher"], "idempotency_key": "key-3"})));
}

#[test]
fn three_averages_are_not_asked_about() {
    let flat = Flat::new();
    flat.received(&cold("a", "131"));
}

#[test]
fn a_lost_comma_is_suggested() {
    let flat = Flat::new();
    let (code, params) = flat.refusal(&but(cold("a", "847"), json!({"meter_id": HOT})));
    assert_eq!(code, "NEEDS_CONFIRMATION");
    assert_eq!(params, json!({"reason": "higher", "expected": "85", "suggested": "84"}));
}

#[test]
fn more_than_can_be_is_refused_even_if_it_is_confirmed() {
    let flat = Flat::new();
    let item = but(cold("a", "1120"), json!({"confirmed": ["higher"]}));
    assert_eq!(flat.refusal(&item), refused("EXCEEDS_HARD_LIMIT", json!({"limit": "1000"})));
    flat.received(&but(cold("b", "1119"), json!({"confirmed": ["higher"]})));
}

#[test]
fn more_black_digits_than_the_dial_has_are_refused() {
    let flat = Flat::new();
    assert_eq!(flat.refusal(&cold("a", "100000")), refused("TOO_MANY_DIGITS", json!({"whole": 5})));
}

#[test]
fn a_fraction_is_refused_where_whole_numbers_are_taken() {
    let flat = Flat::new();
    assert_eq!(flat.refusal(&cold("a", "123.9")), refused("FRACTION_NOT_ALLOWED", json!({"places": 0})));
    flat.received(&cold("b", "123.0"));
}

#[test]
fn a_fraction_finer_than_the_dial_is_refused_where_fractions_are_taken() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| config.rules.readings.places = 4);
    assert_eq!(flat.refusal(&cold("a", "123.9999")), refused("FRACTION_NOT_ALLOWED", json!({"places": 3})));
    flat.received(&cold("b", "123.999"));
}

#[test]
fn a_reading_from_the_future_is_refused_and_taken_when_its_time_has_come() {
    let flat = Flat::new();
    let item = but(cold("a", "123"), json!({"taken_at": "2026-11-24T13:00:01Z"}));
    assert_eq!(flat.refusal(&item), refused("DATE_IN_FUTURE", json!({})));
    flat.set_clock("2026-11-24T12:00:01Z");
    flat.received(&item);
}

#[test]
fn before_the_window_the_same_item_is_refused_and_taken_once_it_is_open() {
    let flat = Flat::at("2026-11-22T20:59:59Z");
    let item = but(cold("a", "123"), json!({"taken_at": "2026-11-22T20:00:00Z"}));
    assert_eq!(flat.refusal(&item), refused("PERIOD_NOT_OPEN", json!({"opens_at": "2026-11-22T21:00:00Z"})));
    flat.set_clock("2026-11-22T21:00:00Z");
    flat.received(&item);
}

#[test]
fn a_reading_taken_on_the_25th_and_sent_on_the_26th_counts_as_taken_in_time() {
    let flat = Flat::at("2026-11-25T21:02:00Z");
    let item = flat.received(&but(cold("a", "123"), json!({"taken_at": "2026-11-25T20:59:59.999Z"})));
    assert_eq!(item["effective_period"], "2026-11");
}

#[test]
fn a_reading_taken_after_the_window_counts_for_the_next_month() {
    let flat = Flat::at("2026-11-25T21:02:00Z");
    let item = flat.received(&but(cold("a", "123"), json!({"taken_at": "2026-11-25T21:00:00Z"})));
    assert_eq!(item["effective_period"], "2026-12");
    let stored = flat.running.control().readings(COLD).unwrap();
    assert_eq!(stored.last().unwrap().kept.meant_period.to_string(), "2026-11");
}

#[test]
fn a_reading_of_the_window_that_comes_after_the_grace_is_too_late() {
    let flat = Flat::at("2026-11-28T21:00:00Z");
    assert_eq!(flat.refusal(&cold("a", "123")), refused("PERIOD_CLOSED", json!({"next_period": "2026-12"})));
}

#[test]
fn a_reading_of_the_window_that_comes_after_the_billing_run_is_too_late() {
    let flat = Flat::at("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    assert_eq!(flat.refusal(&cold("a", "123")), refused("PERIOD_CLOSED", json!({"next_period": "2026-12"})));
}

#[test]
fn a_month_that_was_charged_by_a_reading_keeps_it() {
    let flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    flat.set_clock("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let flat = flat.sign_in_again();
    let accounted = refused("ALREADY_ACCOUNTED", json!({"value": "123", "reading_id": first["reading_id"]}));
    assert_eq!(flat.refusal(&cold("b", "124")), accounted);
    let correction = json!({"supersedes": first["reading_id"], "taken_at": "2026-11-26T08:00:00Z"});
    assert_eq!(flat.refusal(&but(cold("c", "124"), correction)), accounted);
}

#[test]
fn a_second_reading_of_the_month_must_say_what_it_corrects() {
    let flat = Flat::new();
    let first = flat.received(&cold("a", "123"));
    let duplicate = |value: &str, reading: &Value| {
        refused("DUPLICATE_IN_PERIOD", json!({"value": value, "reading_id": reading["reading_id"]}))
    };
    assert_eq!(flat.refusal(&cold("b", "124")), duplicate("123", &first));
    let second = flat.received(&but(cold("c", "124"), json!({"supersedes": first["reading_id"]})));
    let late = but(cold("d", "125"), json!({"supersedes": first["reading_id"]}));
    assert_eq!(flat.refusal(&late), duplicate("124", &second));
    let stored = |value: &str, status: &str| (value.to_owned(), "app".to_owned(), status.to_owned());
    let mut november = flat.stored(COLD, "2026-11");
    november.sort();
    assert_eq!(november, [stored("123", "superseded"), stored("124", "received")]);
}

#[test]
fn an_older_record_of_the_meter_is_a_mismatch() {
    let flat = Flat::new();
    flat.running.control().set_verify_by(COLD, Some("2030-01-01".parse().unwrap())).unwrap();
    assert_eq!(flat.refusal(&cold("a", "123")), refused("METER_VERSION_MISMATCH", json!({"version": 2})));
    flat.received(&but(cold("b", "123"), json!({"meter_version": 2})));
}

#[test]
fn a_replaced_meter_takes_no_readings() {
    let flat = Flat::new();
    flat.running.control().archive_meter(COLD, Some(HOT)).unwrap();
    assert_eq!(flat.refusal(&cold("a", "123")), refused("METER_ARCHIVED", json!({"replaced_by": HOT})));
}

#[test]
fn after_its_verification_has_run_out_a_meters_readings_do_not_count() {
    let flat = Flat::new();
    let verify_by =
        |day: &str| flat.running.control().set_verify_by(COLD, Some(day.parse().unwrap())).unwrap();
    verify_by("2026-11-23");
    let item = but(cold("a", "123"), json!({"meter_version": 2}));
    assert_eq!(flat.refusal(&item), refused("METER_VERIFICATION_OVERDUE", json!({})));
    verify_by("2026-11-24");
    flat.received(&but(item, json!({"meter_version": 3, "idempotency_key": "key-2"})));
}

#[test]
fn a_meter_of_nobody_is_no_meter() {
    let flat = Flat::new();
    let item = but(cold("a", "123"), json!({"meter_id": "no-such"}));
    assert_eq!(flat.refusal(&item), refused("NO_SUCH_METER", json!({})));
}

#[test]
fn an_item_that_lacks_a_field_or_has_a_wrong_one_is_refused_alone() {
    let flat = Flat::new();
    let wrong = [
        json!({"value": 123}),
        json!({"value": "1e3"}),
        json!({"value": "-5"}),
        json!({"value": "12,5"}),
        json!({"period": "2026-13"}),
        json!({"taken_at": "24.11.2026"}),
        json!({"meter_version": "1"}),
        json!({"confirmed": "higher"}),
        json!({"entered": "1".repeat(65)}),
        json!({"meter_id": null}),
    ];
    for changes in wrong {
        let items =
            [but(cold("bad", "123"), changes.clone()), but(cold("good", "85"), json!({"meter_id": HOT}))];
        let answer = flat.post_to(READINGS, &json!({ "items": items }));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["items"][0]["code"], "INVALID_ITEM", "{changes}");
        assert!(answer.body["items"][0]["params"]["reason"].is_string(), "{changes}");
        assert_eq!(answer.body["items"][1]["status"], "received", "{changes}");
    }
}

#[test]
fn one_refused_item_spoils_no_other() {
    let flat = Flat::new();
    let items = [
        cold("a", "118"),
        but(cold("b", "85"), json!({"meter_id": HOT})),
        cold("c", "123"),
        cold("d", "124"),
    ];
    let answer = flat.post_to(READINGS, &json!({ "items": items }));
    let verdicts: Vec<&str> = answer.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["code"].as_str().or(item["status"].as_str()).unwrap())
        .collect();
    assert_eq!(verdicts, ["VALUE_LESS_THAN_PREVIOUS", "received", "received", "DUPLICATE_IN_PERIOD"]);
}

#[test]
fn an_estimate_is_never_what_a_value_is_compared_with() {
    let flat = Flat::at("2026-11-26T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    assert_eq!(flat.stored(COLD, "2026-11")[0].0, "123");
    flat.set_clock("2026-12-24T12:00:00Z");
    flat.sign_in_again()
        .received(&but(cold("a", "120"), json!({"period": "2026-12", "taken_at": "2026-12-24T11:00:00Z"})));
}
