//! A month's charges, from readings, averages and norms. The tariffs are the demonstration's: 10, 20 and 5 roubles.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{COLD, Flat, HOT, but, cold};
use serde_json::{Value, json};
use vodomer_cabinet::BillingError;
use vodomer_cabinet::domain::Volume;

fn charge(flat: &Flat, period: &str) -> Value {
    let charges = flat.get("/v1/accounts/demo-account/charges").body;
    let of_period =
        charges["charges"].as_array().unwrap().iter().find(|charge| charge["period"] == period).cloned();
    of_period.unwrap_or_else(|| panic!("no charge for {period} in {charges}"))
}

/// `[resource, basis, from, to, volume, amount]` a line.
fn lines(charge: &Value) -> Vec<Value> {
    let line = |it: &Value| {
        json!([
            it["resource"],
            it["basis"],
            it["from_value"],
            it["to_value"],
            it["volume"],
            it["amount_kopecks"]
        ])
    };
    charge["lines"].as_array().unwrap().iter().map(line).collect()
}

/// Lets a month pass: its window's end, its billing run, a new session.
fn bill(flat: Flat, period: &str) -> Flat {
    flat.set_clock(&format!("{period}-27T09:00:00Z"));
    flat.running.control().billing_run(period.parse().unwrap()).unwrap();
    flat.sign_in_again()
}

#[test]
fn the_storys_month_is_charged_by_its_readings() {
    let flat = Flat::new();
    let cold_one = flat.received(&cold("a", "123"));
    let hot_one = flat.received(&but(cold("b", "82"), json!({"meter_id": HOT})));
    let flat = bill(flat, "2026-11");
    assert_eq!(
        charge(&flat, "2026-11"),
        json!({
            "account_id": "demo-account",
            "period": "2026-11",
            "total_kopecks": 6000,
            "due_kopecks": 19_500,
            "pay_by": "2026-12-15",
            "lines": [
                {"resource": "cold_water", "meter_id": COLD, "reading_id": cold_one["reading_id"], "basis": "meter",
                 "from_value": "119", "to_value": "123", "volume": "4", "tariff_kopecks": 1000, "amount_kopecks": 4000, "note": null},
                {"resource": "hot_water", "meter_id": HOT, "reading_id": hot_one["reading_id"], "basis": "meter",
                 "from_value": "82", "to_value": "82", "volume": "0", "tariff_kopecks": 2000, "amount_kopecks": 0, "note": null},
                {"resource": "sewage", "meter_id": null, "reading_id": null, "basis": "meter",
                 "from_value": null, "to_value": null, "volume": "4", "tariff_kopecks": 500, "amount_kopecks": 2000, "note": null},
            ],
        })
    );
    let balance = flat.get("/v1/accounts").body["accounts"][0]["balance"].clone();
    assert_eq!(balance, json!({"kopecks": 19_500, "period": "2026-11", "as_of": "2026-11-27T09:00:00Z"}));
    assert_eq!(flat.stored(COLD, "2026-11"), [("123".to_owned(), "app".to_owned(), "accounted".to_owned())]);
}

#[test]
fn a_missed_month_goes_by_the_average_of_six_and_leaves_an_estimate() {
    let flat = bill(Flat::new(), "2026-11");
    // April to October: 119 − 95 = 24 in 6 months, and 82 − 64 = 18.
    assert_eq!(
        lines(&charge(&flat, "2026-11")),
        [
            json!(["cold_water", "average", "119", "123", "4", 4000]),
            json!(["hot_water", "average", "82", "85", "3", 6000]),
            json!(["sewage", "average", null, null, "7", 3500]),
        ]
    );
    assert_eq!(
        flat.stored(COLD, "2026-11"),
        [("123".to_owned(), "estimated".to_owned(), "accounted".to_owned())]
    );
}

#[test]
fn an_average_is_rounded_half_up_to_whole_units_once() {
    let flat = Flat::new();
    // 119 − 94 = 25 in 6 months is 4.17; 82 − 61 = 21 is 3.5.
    flat.home.change(
        "UPDATE readings SET value = 940000 WHERE id = 'demo-cold-2026-04';
             UPDATE readings SET value = 610000 WHERE id = 'demo-hot-2026-04';",
    );
    let flat = bill(flat, "2026-11");
    let volumes: Vec<_> = lines(&charge(&flat, "2026-11")).iter().map(|line| line[4].clone()).collect();
    assert_eq!(volumes, ["4", "4", "8"]);
}

#[test]
fn where_fractions_are_charged_an_average_keeps_as_many_places() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| config.rules.readings.places = 3);
    flat.home.change("UPDATE readings SET value = 940000 WHERE id = 'demo-cold-2026-04'");
    let flat = bill(flat, "2026-11");
    // 25 ÷ 6 = 4.1666…; 4.167 × 10 roubles.
    assert_eq!(
        lines(&charge(&flat, "2026-11"))[0],
        json!(["cold_water", "average", "119", "123.167", "4.167", 4167])
    );
}

#[test]
fn after_three_missed_months_the_fourth_goes_by_the_norm() {
    let mut flat = Flat::new();
    for period in ["2026-11", "2026-12", "2027-01", "2027-02"] {
        flat = bill(flat, period);
    }
    let bases: Vec<_> = ["2026-11", "2026-12", "2027-01", "2027-02"]
        .map(|period| lines(&charge(&flat, period))[0].clone())
        .to_vec();
    // The norm is 4 m³ a head, and two people are registered.
    assert_eq!(
        bases,
        [
            json!(["cold_water", "average", "119", "123", "4", 4000]),
            json!(["cold_water", "average", "123", "127", "4", 4000]),
            json!(["cold_water", "average", "127", "131", "4", 4000]),
            json!(["cold_water", "norm", "131", "139", "8", 8000]),
        ]
    );
    assert_eq!(flat.stored(COLD, "2027-02")[0].1, "norm");
}

#[test]
fn with_less_than_three_months_of_history_a_missed_month_goes_by_the_norm() {
    let flat = Flat::new();
    flat.home.change("DELETE FROM readings WHERE meter_id = 'demo-cold' AND period < '2026-08'");
    let flat = bill(flat, "2026-11");
    assert_eq!(lines(&charge(&flat, "2026-11"))[0], json!(["cold_water", "norm", "119", "127", "8", 8000]));
    assert_eq!(lines(&charge(&flat, "2026-11"))[2][1], "norm", "sewage rests on the weakest of its parts");
}

#[test]
fn a_meter_without_any_history_goes_by_the_norm_and_its_first_reading_opens_it() {
    let flat = Flat::new();
    flat.home.change_regardless("DELETE FROM readings WHERE meter_id = 'demo-cold'");
    flat.received(&cold("a", "500"));
    let flat = bill(flat, "2026-11");
    assert_eq!(lines(&charge(&flat, "2026-11"))[0], json!(["cold_water", "norm", null, "500", "8", 8000]));
    assert_eq!(flat.stored(COLD, "2026-11")[0].2, "accounted");
}

#[test]
fn a_reading_after_a_missed_month_is_charged_from_the_estimate_and_gives_back_what_was_too_much() {
    let flat = bill(Flat::new(), "2026-11");
    flat.set_clock("2026-12-24T12:00:00Z");
    let flat = flat.sign_in_again();
    let december = json!({"period": "2026-12", "taken_at": "2026-12-24T11:00:00Z"});
    flat.received(&but(cold("a", "121"), december.clone()));
    flat.received(&but(but(cold("b", "90"), december), json!({"meter_id": HOT})));
    let flat = bill(flat, "2026-12");
    assert_eq!(
        lines(&charge(&flat, "2026-12")),
        [
            json!(["cold_water", "meter", "123", "121", "-2", -2000]),
            json!(["hot_water", "meter", "85", "90", "5", 10_000]),
            json!(["sewage", "meter", null, null, "3", 1500]),
        ]
    );
}

#[test]
fn a_turned_dial_is_charged_over_its_end() {
    let flat = Flat::with("2026-11-24T12:00:00Z", |config| {
        config.rules.readings.refuse_over = Volume::whole(100_000)
    });
    flat.received(&but(cold("a", "19"), json!({"rollover": true, "confirmed": ["higher"]})));
    let flat = bill(flat, "2026-11");
    assert_eq!(lines(&charge(&flat, "2026-11"))[0][4], "99900");
}

#[test]
fn a_replaced_meter_is_not_charged() {
    let flat = Flat::new();
    flat.running.control().archive_meter(HOT, None).unwrap();
    let flat = bill(flat, "2026-11");
    let resources: Vec<_> = lines(&charge(&flat, "2026-11")).iter().map(|line| line[0].clone()).collect();
    assert_eq!(resources, ["cold_water", "sewage"]);
}

#[test]
fn a_month_is_charged_once_however_often_it_is_run() {
    let flat = bill(Flat::new(), "2026-11");
    let control = flat.running.control();
    let before = (charge(&flat, "2026-11"), flat.get("/v1/sync").body);
    let first = control.billing_run("2026-11".parse().unwrap()).unwrap();
    assert_eq!((first.accounts, first.total_kopecks), (1, 13_500));
    assert_eq!(control.billing_run("2026-11".parse().unwrap()).unwrap(), first);
    assert_eq!((charge(&flat, "2026-11"), flat.get("/v1/sync").body), before);
}

#[test]
fn a_month_is_not_charged_while_its_window_is_open_nor_after_a_later_one() {
    let flat = Flat::at("2026-11-25T20:59:59Z");
    let control = flat.running.control();
    let open = control.billing_run("2026-11".parse().unwrap());
    assert!(
        matches!(open, Err(BillingError::WindowOpen(until)) if until == common::instant("2026-11-25T21:00:00Z"))
    );
    let late = control.billing_run("2026-09".parse().unwrap());
    assert!(matches!(late, Err(BillingError::LaterMonthCharged(period)) if period.to_string() == "2026-10"));
    flat.set_clock("2026-11-25T21:00:00Z");
    control.billing_run("2026-11".parse().unwrap()).unwrap();
}

#[test]
fn a_reading_taken_too_late_is_charged_in_the_next_month() {
    let flat = Flat::at("2026-11-26T09:00:00Z");
    flat.received(&but(cold("a", "124"), json!({"taken_at": "2026-11-26T08:00:00Z"})));
    let flat = bill(flat, "2026-11");
    assert_eq!(
        lines(&charge(&flat, "2026-11"))[0],
        json!(["cold_water", "average", "119", "123", "4", 4000])
    );
    let flat = bill(flat, "2026-12");
    assert_eq!(lines(&charge(&flat, "2026-12"))[0], json!(["cold_water", "meter", "123", "124", "1", 1000]));
}
