//! Benefits and recalculations on a receipt.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, Flat};
use serde_json::{Value, json};
use vodomer_cabinet::domain::Resource;
use vodomer_cabinet::{Adjustment, AdjustmentKind, BillingError};

/// October's charges of the demonstration: 13 500 kopecks in three lines.
fn october(flat: &Flat) -> Value {
    flat.get("/v1/accounts/demo-account/charges").body["charges"][0].clone()
}

fn adjustment(basis: AdjustmentKind, amount_kopecks: i64) -> Adjustment {
    Adjustment {
        account_id: ACCOUNT.to_owned(),
        period: "2026-10".parse().unwrap(),
        basis,
        resource: None,
        amount_kopecks,
        note: None,
    }
}

#[test]
fn a_benefit_and_a_recalculation_stand_on_the_receipt_with_their_notes() {
    let flat = Flat::new();
    let benefit = Adjustment {
        resource: Some(Resource::ColdWater),
        note: Some("льгота".to_owned()),
        ..adjustment(AdjustmentKind::Benefit, -2000)
    };
    flat.running.control().adjust(&benefit).unwrap();
    flat.running.control().adjust(&adjustment(AdjustmentKind::Recalculation, 350)).unwrap();
    let line = |resource: Value, basis: &str, amount: i64, note: Value| {
        json!({
            "resource": resource, "meter_id": null, "reading_id": null, "basis": basis, "from_value": null,
            "to_value": null, "volume": "0", "tariff_kopecks": 0, "amount_kopecks": amount, "note": note,
        })
    };
    let lines = october(&flat)["lines"].as_array().unwrap().clone();
    assert_eq!(
        lines[3..],
        [
            line(json!("cold_water"), "benefit", -2000, json!("льгота")),
            line(Value::Null, "recalculation", 350, Value::Null),
        ]
    );
}

#[test]
fn total_sum_due_and_balance_go_with_an_adjustment() {
    let flat = Flat::new();
    flat.running.control().adjust(&adjustment(AdjustmentKind::Benefit, -2000)).unwrap();
    let charge = october(&flat);
    assert_eq!(json!([charge["total_kopecks"], charge["due_kopecks"]]), json!([11_500, 11_500]));
    let balance = flat.get("/v1/accounts").body["accounts"][0]["balance"].clone();
    assert_eq!(balance, json!({"kopecks": 11_500, "period": "2026-10", "as_of": "2026-11-24T12:00:00Z"}));
    let sum: i64 =
        charge["lines"].as_array().unwrap().iter().map(|it| it["amount_kopecks"].as_i64().unwrap()).sum();
    assert_eq!(sum, 11_500);
}

#[test]
fn an_adjustment_is_seen_through_the_cursor() {
    let flat = Flat::new();
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    flat.running.control().adjust(&adjustment(AdjustmentKind::Recalculation, -1)).unwrap();
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body;
    assert_eq!(changes["charges"][0]["lines"][3]["basis"], "recalculation");
    assert_eq!(changes["accounts"][0]["balance"]["kopecks"], 13_499);
}

#[test]
fn what_was_adjusted_is_owed_on_the_next_receipt() {
    let flat = Flat::new();
    flat.running.control().adjust(&adjustment(AdjustmentKind::Benefit, -2000)).unwrap();
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let november = october(&flat.sign_in_again());
    assert_eq!(json!([november["period"], november["due_kopecks"]]), json!(["2026-11", 25_000]));
}

#[test]
fn only_the_month_that_was_charged_last_is_adjusted() {
    let flat = Flat::new();
    for period in ["2026-09", "2026-11"] {
        let other =
            Adjustment { period: period.parse().unwrap(), ..adjustment(AdjustmentKind::Benefit, -2000) };
        let refused = flat.running.control().adjust(&other);
        assert!(matches!(refused, Err(BillingError::NotTheLastCharged(_))), "{period}: {refused:?}");
    }
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let late = flat.running.control().adjust(&adjustment(AdjustmentKind::Benefit, -2000));
    assert!(matches!(late, Err(BillingError::NotTheLastCharged(_))), "{late:?}");
    let flat = flat.sign_in_again();
    let charges = flat.get("/v1/accounts/demo-account/charges").body["charges"].clone();
    assert_eq!(charges[1]["total_kopecks"], 13_500);
}
