//! Windows and late readings that can't be.

use serde_json::{Value, json};

use super::refusals::Schema::{CannotSay, Refuses};
use super::refusals::{ABSENT, changed, fields_of, refused, taken};

#[test]
fn windows_are_refused_at_the_end_that_is_wrong() {
    refused(vec![
        ("/windows/0/opens/day", json!(0), "windows[0].opens.day", Refuses),
        ("/windows/0/opens/day", json!(32), "windows[0].opens.day", Refuses),
        ("/windows/1/closes/day", json!(0), "windows[1].closes.day", Refuses),
        ("/windows/1/closes/day", json!(32), "windows[1].closes.day", Refuses),
        ("/windows/1/closes", json!({ "day": 24 }), "windows[1].closes", CannotSay),
        ("/windows/1/closes", json!({ "day": 25, "next_month": true }), "windows[1].closes", CannotSay),
        ("/windows", ABSENT, "window", Refuses),
        ("/windows", json!([]), "window", Refuses),
        (
            "/window",
            json!({ "opens": { "day": 15 }, "closes": { "day": 3, "next_month": true } }),
            "windows",
            Refuses,
        ),
        ("/windows/1/from", ABSENT, "windows[1].from", CannotSay),
        ("/windows/0/from", json!("2025-03-01"), "windows", CannotSay),
        ("/windows/1/from", json!("2026-03-02"), "windows[1].from", Refuses),
        ("/windows/1/from", json!("1989-12-01"), "windows[1].from", Refuses),
        ("/windows/1/from", json!("2200-01-01"), "windows[1].from", Refuses),
        ("/windows/1/from", json!("+262142-12-01"), "windows[1].from", Refuses),
    ]);
    taken(vec![
        ("/windows/1/closes", json!({ "day": 25 })),
        ("/windows/1/from", json!("1990-01-01")),
        ("/windows/1/from", json!("2199-12-01")),
    ]);
}

#[test]
fn one_rule_is_refused_by_its_own_name() {
    let only = |rule: Value| {
        let mut profile = changed("/windows", &ABSENT);
        profile["window"] = rule;
        profile["late_readings"] = json!("next_period");
        profile
    };
    let rule =
        |opens: Value, closes: Value| json!({ "opens": { "day": opens }, "closes": { "day": closes } });
    assert_eq!(fields_of(&only(rule(json!(23), json!(22)))), ["window.closes"]);
    assert_eq!(fields_of(&only(rule(json!(0), json!(32)))), ["window.opens.day", "window.closes.day"]);
    assert_eq!(fields_of(&only(rule(json!(1), json!("last")))), Vec::<String>::new());
    assert_eq!(fields_of(&only(rule(json!(31), json!(31)))), Vec::<String>::new());
}

#[test]
fn a_new_rule_may_not_open_before_the_old_one_has_closed() {
    // February's window of the old rule runs until 3 March.
    let with_march = |opens: u8| {
        let march = json!({ "from": "2026-03-01", "opens": { "day": opens }, "closes": { "day": 9 } });
        let mut profile = changed("/windows/1", &march);
        profile["late_readings"] = json!("next_period");
        fields_of(&profile)
    };
    assert_eq!(with_march(3), ["windows[1].opens"]);
    assert_eq!(with_march(4), Vec::<String>::new());
}

#[test]
fn late_readings_are_sent_after_the_end_and_before_the_next_window() {
    let until =
        |day: Value, next_month: bool| json!({ "send_until": { "day": day, "next_month": next_month } });
    refused(vec![
        ("/late_readings", until(json!(0), true), "late_readings.send_until.day", Refuses),
        ("/late_readings", json!({ "send_until": { "day": 32 } }), "late_readings.send_until.day", Refuses),
    ]);
    for wrong in [until(json!(4), true), until(json!(15), true)] {
        let profile = changed("/late_readings", &wrong);
        let fields = fields_of(&profile);
        assert!(
            !fields.is_empty() && fields.iter().all(|f| f == "late_readings.send_until"),
            "{wrong} {fields:?}"
        );
    }
    taken(vec![
        ("/late_readings", until(json!(5), true)),
        ("/late_readings", until(json!(14), true)),
        ("/late_readings", json!("next_period")),
    ]);
}
