use serde_json::json;

use super::*;
use crate::domain::Resource;

fn page(json: &str) -> Result<Changes, serde_json::Error> {
    serde_json::from_str(json)
}

fn meter(id: &str, resource: &str) -> serde_json::Value {
    json!({ "id": id, "account_id": "a1", "serial": id, "resource": resource, "place": "кухня",
            "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null })
}

fn reading(id: &str) -> serde_json::Value {
    json!({ "id": id, "meter_id": "m1", "period": "2026-11", "value": "123", "taken_at": null,
            "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": "received" })
}

fn line(resource: &str, basis: &str) -> serde_json::Value {
    json!({ "resource": resource, "meter_id": null, "reading_id": "r1", "basis": basis, "from_value": null,
            "to_value": null, "volume": "4", "tariff_kopecks": 500, "amount_kopecks": 2000, "note": null })
}

#[test]
fn a_meter_of_an_unknown_resource_costs_itself_alone() {
    let json = json!({ "cursor": "7", "more": true, "readings": [reading("r1")],
        "meters": [meter("m1", "cold_water"), meter("m2", "gas"), meter("m3", "hot_water")] });
    let page = page(&json.to_string()).unwrap();
    let ids: Vec<&str> = page.meters.iter().map(|m| m.id.as_str()).collect();
    assert_eq!((ids, page.readings.len(), page.unreadable), (vec!["m1", "m3"], 1, 1));
    assert_eq!((page.cursor.as_str(), page.more), ("7", true), "the page counts all the same");
}

#[test]
fn unknown_fields_statuses_and_sources_of_a_newer_server_are_let_in() {
    let mut newer = reading("r1");
    newer["source"] = json!("smart_meter");
    newer["status"] = json!("audited");
    newer["photo"] = json!({ "of": ["tomorrow"] });
    let page = page(&json!({ "cursor": "7", "readings": [newer], "outages": [1, 2] }).to_string()).unwrap();
    assert_eq!((page.readings[0].source.as_str(), page.unreadable), ("smart_meter", 0));
}

#[test]
fn what_is_wrong_in_one_record_is_counted_and_left_out() {
    for (field, wrong) in [
        ("value", json!(123)),
        ("value", json!("1e9")),
        ("value", json!("99999999999999999999")),
        ("period", json!("2026-13")),
        ("received_at", json!("yesterday")),
        ("received_at", json!("+200000-01-01T00:00:00Z")),
        ("taken_at", json!("0001-01-01T00:00:00Z")),
        ("replacement", json!({ "final_value": "1" })),
        ("id", json!(null)),
        ("rollover", json!("yes")),
    ] {
        let mut bad = reading("bad");
        bad[field] = wrong.clone();
        let json = json!({ "cursor": "7", "readings": [bad, reading("good")] });
        let page = page(&json.to_string()).unwrap();
        assert_eq!((page.readings.len(), page.unreadable), (1, 1), "{field}: {wrong}");
        assert_eq!(page.readings[0].id, "good");
    }
}

#[test]
fn a_number_of_persons_that_can_be_none_is_not_known() {
    for (told, known) in [(json!(-1), None), (json!(3), Some(3)), (json!(null), None)] {
        let json = json!({ "cursor": "7", "accounts": [{ "id": "a1", "number": "1", "address": "",
            "balance": { "kopecks": 0, "period": null, "as_of": "2026-11-01T00:00:00Z" }, "residents": told }] });
        assert_eq!(page(&json.to_string()).unwrap().accounts[0].residents, known);
    }
}

#[test]
fn a_line_of_an_unknown_service_stays_in_its_bill_and_a_broken_one_takes_the_bill_with_it() {
    let bill = |lines: serde_json::Value| {
        json!({ "cursor": "7", "charges": [{ "account_id": "a1", "period": "2026-11", "total_kopecks": 6000,
            "due_kopecks": 6000, "pay_by": "2026-12-15", "lines": lines }] })
    };
    let lines = json!([line("cold_water", "meter"), line("heating", "norm"), line("waste", "norm")]);
    let page_of = |lines| page(&bill(lines).to_string()).unwrap();
    let read = page_of(lines);
    let lines = &read.charges[0].lines;
    assert_eq!(lines.iter().map(|l| l.amount_kopecks).sum::<i64>(), 6000, "nothing of the sum is lost");
    assert_eq!((lines[0].resource, lines[0].basis.as_str()), (Some(Resource::ColdWater), "meter"));
    assert_eq!((lines[1].resource, lines[1].basis.as_str()), (None, "heating: norm"));
    assert_ne!(lines[1].basis, lines[2].basis);
    let mut broken = line("cold_water", "meter");
    broken["amount_kopecks"] = json!(1.5);
    let read = page_of(json!([broken, line("sewage", "meter")]));
    assert_eq!((read.charges.len(), read.unreadable), (0, 1));
}

#[test]
fn a_page_without_a_cursor_or_with_lists_that_are_none_is_not_ours() {
    for json in [
        r#"{}"#,
        r#"{"cursor": null}"#,
        r#"{"cursor": 7}"#,
        r#"{"cursor": "7", "cursor": "8"}"#,
        r#"{"cursor": "7", "meters": {}}"#,
        r#"{"cursor": "7", "meters": "none"}"#,
        r#"{"cursor": "7", "more": "yes"}"#,
        r#"{"cursor": "7"} {"cursor": "8"}"#,
    ] {
        assert!(page(json).is_err(), "{json}");
    }
    let absent = page(r#"{"cursor": "7", "more": null, "meters": null}"#).unwrap();
    assert!(!absent.more && absent.meters.is_empty());
}

#[test]
fn a_key_that_comes_twice_and_depth_without_end_cost_their_record_alone() {
    let twice = reading("r1").to_string().replace("\"id\"", "\"id\":\"other\",\"id\"");
    let deep = format!(r#"{{"id":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let read = page(&format!(r#"{{"cursor":"7","readings":[{twice},{deep},{}]}}"#, reading("good"))).unwrap();
    assert_eq!((read.readings.len(), read.unreadable), (1, 2));
}

#[test]
fn a_verdict_that_cant_be_read_leaves_the_others_standing() {
    let answer: BatchAnswer = serde_json::from_value(json!({ "items": [
        { "client_item_id": "i1", "status": "received", "reading_id": "r1", "params": null },
        { "client_item_id": "i2", "status": "received", "reading_id": 2 },
        { "client_item_id": "i3", "status": "refused", "code": "A", "params": ["no", "object"] },
        "received",
    ]}))
    .unwrap();
    let ids: Vec<&str> = answer.items.iter().map(|a| a.client_item_id.as_str()).collect();
    assert_eq!(ids, ["i1"]);
    for none in [json!({}), json!({ "items": null }), json!({ "items": {} })] {
        assert!(serde_json::from_value::<BatchAnswer>(none).is_err());
    }
}

#[test]
fn an_instant_outside_of_what_a_utility_can_mean_is_not_let_in() {
    let tokens = |until: &str| {
        serde_json::from_value::<Tokens>(
            json!({ "access_token": "a", "access_expires_at": until, "refresh_token": "r" }),
        )
    };
    assert!(tokens("2026-11-23T09:00:00+03:00").is_ok());
    for absurd in ["-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "0"] {
        assert!(tokens(absurd).is_err(), "{absurd}");
    }
}
