use serde_json::json;

use super::*;
use crate::domain::{Verdict, Why};
use crate::testing::{COLD, HOT, Phone, page};

const OCTOBER: &str = "2026-10";

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// October's bill for three months, the first reading since July's.
fn charged(phone: &Phone, cold: serde_json::Value, hot: serde_json::Value) {
    let total = cold["amount_kopecks"].as_i64().unwrap() + hot["amount_kopecks"].as_i64().unwrap();
    let charge = json!({ "account_id": "a1", "period": OCTOBER, "total_kopecks": total, "due_kopecks": total,
        "pay_by": "2026-11-15", "lines": [cold, hot] });
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "charges": [charge] }))));
    phone.app.sync(10_000).unwrap();
}

fn cold() -> serde_json::Value {
    json!({ "resource": "cold_water", "meter_id": COLD, "basis": "meter", "from_value": "107", "to_value": "119",
        "volume": "12", "tariff_kopecks": 1000, "amount_kopecks": 12_000 })
}

fn hot(kopecks: i64) -> serde_json::Value {
    json!({ "resource": "hot_water", "meter_id": HOT, "basis": "meter", "from_value": "73", "to_value": "82",
        "volume": "9", "tariff_kopecks": 2000, "amount_kopecks": kopecks })
}

fn cold_by_average() -> serde_json::Value {
    json!({ "resource": "cold_water", "meter_id": COLD, "basis": "average", "from_value": null, "to_value": null,
        "volume": "4", "tariff_kopecks": 1000, "amount_kopecks": 4000 })
}

#[test]
fn a_missed_month_costs_the_average_at_the_tariff_charged_last() {
    let phone = Phone::signed_in();
    charged(&phone, cold(), hot(18_000));
    let cost = phone.app.cost_of_missing("a1", period("2026-11")).unwrap();
    let lines: Vec<_> =
        cost.missing.iter().map(|m| (m.meter_id.as_str(), m.about, m.kopecks, m.by_norm)).collect();
    let units = |n| Some(Volume::from_units(n));
    assert_eq!(lines, [(COLD, units(4), Some(4000), false), (HOT, units(3), Some(6000), false)]);
    assert_eq!(cost.missing[0].norm_from, Some(period("2027-02")), "after three months by the average");
    assert_eq!(cost.bill_kopecks, None, "nobody knows what sewage costs");
    assert!(cost.unknown.iter().any(|u| matches!(u, Unknown::Tariff { resource: Resource::Sewage, .. })));
}

#[test]
fn a_meter_that_was_read_is_not_missed() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let cost = phone.app.cost_of_missing("a1", period("2026-11")).unwrap();
    let missing: Vec<&str> = cost.missing.iter().map(|m| m.meter_id.as_str()).collect();
    assert_eq!(missing, [HOT]);
}

#[test]
fn nobody_is_told_the_cost_of_an_unknown_account() {
    let refused = Phone::signed_in().app.cost_of_missing("nobody", period("2026-11"));
    assert_eq!(refused, Err(Error::not_found("account")));
}

#[test]
fn a_charge_is_not_judged_by_the_tariffs_that_it_names_itself() {
    let phone = Phone::signed_in();
    charged(&phone, cold(), hot(18_000));
    let verdict = phone.app.check_charge("a1", period(OCTOBER)).unwrap();
    let Verdict::CannotTell { why } = verdict.verdict else { panic!("{verdict:?}") };
    assert!(why.iter().any(|w| matches!(w, Why::NotKnown { what: Unknown::Tariff { .. } })), "{why:?}");
}

#[test]
fn an_average_in_place_of_a_reading_is_found_and_named() {
    let phone = Phone::signed_in();
    charged(&phone, cold_by_average(), hot(9000));
    let verdict = phone.app.check_charge("a1", period(OCTOBER)).unwrap();
    assert_eq!(verdict.verdict, Verdict::Differs);
    let why = &verdict.lines[0].why;
    assert!(why.iter().any(|w| matches!(w, Why::ChargedByAverageThoughReadingWasTaken { .. })), "{why:?}");
    let why = &verdict.lines[1].why;
    let arithmetic = Why::ArithmeticDiffers { expected: 18_000, charged: 9000 };
    assert!(why.contains(&arithmetic), "{why:?}");
}

#[test]
fn a_month_that_was_not_charged_cannot_be_checked() {
    let refused = Phone::signed_in().app.check_charge("a1", period("2020-01"));
    assert_eq!(refused, Err(Error::not_found("charge")));
}
