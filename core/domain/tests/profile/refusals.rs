//! Every refusal with the path it names, and what lies just inside of the border. The schema refuses too, where a
//! schema can say it.

use serde_json::{Value, json};
use vodomer_domain::Profile;

use super::{VALIDATOR, full};

pub enum Schema {
    Refuses,
    CannotSay,
}
use Schema::{CannotSay, Refuses};

pub const ABSENT: Value = Value::Null;

/// The full profile with one place changed; [`ABSENT`] takes it away, and a place that is not there is added.
pub fn changed(place: &str, value: &Value) -> Value {
    let mut profile = full::json();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let parent = profile.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(fields), Value::Null) => drop(fields.remove(name)),
        (parent @ Value::Object(_), _) => parent[name] = value.clone(),
        (parent, _) => parent[name.parse::<usize>().unwrap()] = value.clone(),
    }
    profile
}

pub fn fields_of(profile: &Value) -> Vec<String> {
    match Profile::from_json(&profile.to_string()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.into_iter().map(|p| p.field).collect(),
    }
}

pub fn refused(cases: Vec<(&str, Value, &str, Schema)>) {
    for (place, value, field, by_schema) in cases {
        let profile = changed(place, &value);
        assert_eq!(fields_of(&profile), [field], "{place} = {value}");
        match by_schema {
            Refuses => assert!(!VALIDATOR.is_valid(&profile), "the schema takes {place} = {value}"),
            CannotSay => assert!(VALIDATOR.is_valid(&profile), "the schema can say {place} = {value}"),
        }
    }
}

pub fn taken(cases: Vec<(&str, Value)>) {
    for (place, value) in cases {
        let profile = changed(place, &value);
        assert_eq!(fields_of(&profile), Vec::<String>::new(), "{place} = {value}");
        assert!(VALIDATOR.is_valid(&profile), "the schema refuses {place} = {value}");
    }
}

#[test]
fn a_wrong_shape_is_refused_at_its_place() {
    refused(vec![
        ("/name", ABSENT, "name", Refuses),
        ("/portal", ABSENT, "portal", Refuses),
        ("/portal/base_url", ABSENT, "portal.base_url", Refuses),
        ("/windows/1/closes", ABSENT, "windows[1].closes", Refuses),
        ("/windows/1/closes/day", ABSENT, "windows[1].closes.day", Refuses),
        ("/windows/1/closes/day", json!("first"), "windows[1].closes.day", Refuses),
        ("/windows/1/closes/day", json!(300), "windows[1].closes.day", Refuses),
        ("/windows/1/closes/next_month", json!("yes"), "windows[1].closes.next_month", Refuses),
        ("/windows/1/from", json!("March"), "windows[1].from", Refuses),
        ("/windows/1/form", json!("2026-03-01"), "windows[1].form", Refuses),
        ("/widnow", json!(1), "widnow", Refuses),
        ("/early_readings", json!("keep"), "early_readings", Refuses),
        ("/contacts/phones/0/purpose", json!("fax"), "contacts.phones[0].purpose", Refuses),
        ("/contacts/phones/0/number", ABSENT, "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/hours/from", json!("9:00"), "contacts.phones[0].hours.from", Refuses),
        ("/contacts/phones/0/hours/from", json!("24:00"), "contacts.phones[0].hours.from", Refuses),
        ("/contacts/phones/0/hours/from", json!("09:00:00"), "contacts.phones[0].hours.from", Refuses),
        ("/contacts/phones/0/hours/from", json!("09.00"), "contacts.phones[0].hours.from", Refuses),
        ("/reminders/at", json!("ten"), "reminders.at", Refuses),
        ("/checks/never_unusual", json!(10), "checks.never_unusual", Refuses),
        ("/checks/never_unusual", json!("1,5"), "checks.never_unusual", Refuses),
        ("/tariffs/1/kopecks", json!("100"), "tariffs[1].kopecks", Refuses),
        ("/bank/bic", ABSENT, "bank.bic", Refuses),
    ]);
}

#[test]
fn what_is_no_json_is_refused_as_a_file() {
    for text in ["", "{", "[]", "7", "{\"name\": }"] {
        let fields: Vec<String> =
            Profile::from_json(text).unwrap_err().0.into_iter().map(|p| p.field).collect();
        assert_eq!(fields, ["(file)"], "{text:?}");
    }
    let trailing = format!("{} x", full::json());
    assert_eq!(Profile::from_json(&trailing).unwrap_err().0[0].field, "(file)");
    assert_eq!(Profile::from_json("{}").unwrap_err().0[0].field, "name");
    for (text, field) in [
        (r#"{"name": "a", "name": "b"}"#, "name"),
        (r#"{"portal": {"base_url": "a", "base_url": "b"}}"#, "portal.base_url"),
    ] {
        assert_eq!(Profile::from_json(text).unwrap_err().0[0].field, field);
    }
}

#[test]
fn names_zones_and_fractions_are_refused() {
    refused(vec![
        ("/name", json!(" "), "name", Refuses),
        ("/zone", json!("Europe/Kursk"), "zone", CannotSay),
        ("/zone", json!(""), "zone", Refuses),
        ("/zone_phrase", json!(""), "zone_phrase", Refuses),
        ("/fraction", json!({ "keep": 5 }), "fraction.keep", Refuses),
        ("/sources/0/field", json!(""), "sources[0].field", Refuses),
    ]);
    taken(vec![
        ("/fraction", json!({ "keep": 4 })),
        ("/fraction", json!({ "keep": 0 })),
        ("/fraction", json!("half_up")),
        ("/fraction", json!("truncate")),
    ]);
}

#[test]
fn tariffs_and_norms_are_refused_by_their_number() {
    refused(vec![
        ("/tariffs/0/kopecks", json!(-1), "tariffs[0].kopecks", Refuses),
        ("/tariffs/1/kopecks", json!(100_000_001), "tariffs[1].kopecks", Refuses),
        ("/tariffs/1/from", ABSENT, "tariffs[1].from", CannotSay),
        ("/tariffs/0/from", json!("2026-07-01"), "tariffs[1].from", CannotSay),
        ("/tariffs/1/until", json!("2026-06-30"), "tariffs[1].until", CannotSay),
        ("/tariffs/0/until", json!("1989-12-31"), "tariffs[0].until", Refuses),
        ("/tariffs/1/from", json!("1989-12-31"), "tariffs[1].from", Refuses),
        ("/norms/0/from", json!("2200-01-01"), "norms[0].from", Refuses),
        ("/norms/1/from", ABSENT, "norms[1].from", CannotSay),
        ("/norms/0/volume", json!("0"), "norms[0].volume", Refuses),
        ("/norms/0/volume", json!("-1"), "norms[0].volume", Refuses),
        ("/norms/0/volume", json!("1000000.0001"), "norms[0].volume", CannotSay),
    ]);
    taken(vec![
        ("/tariffs/0/kopecks", json!(0)),
        ("/tariffs/1/kopecks", json!(100_000_000)),
        ("/tariffs/1", json!({ "resource": "sewage", "kopecks": 1 })),
        ("/norms/0/volume", json!("0.0001")),
        ("/norms/0/volume", json!("1000000")),
    ]);
}

#[test]
fn limits_of_checks_and_of_missed_months_are_within_reason() {
    refused(vec![
        ("/checks/unusual_times", json!(0), "checks.unusual_times", Refuses),
        ("/checks/unusual_times", json!(1001), "checks.unusual_times", Refuses),
        ("/checks/never_unusual", json!("0.0"), "checks.never_unusual", Refuses),
        ("/checks/unusual_alone", json!("0"), "checks.unusual_alone", Refuses),
        ("/checks/hard_limit", json!("1000001"), "checks.hard_limit", CannotSay),
        ("/checks/hard_limit", json!("9.9999"), "checks.hard_limit", CannotSay),
        ("/missed/average_months", json!(121), "missed.average_months", Refuses),
        ("/missed/fewest_months", json!(0), "missed.fewest_months", Refuses),
        ("/missed/fewest_months", json!(7), "missed.fewest_months", CannotSay),
        ("/missed/periods_by_average", json!(-1), "missed.periods_by_average", Refuses),
        ("/missed/periods_by_average", json!(121), "missed.periods_by_average", Refuses),
    ]);
    taken(vec![
        ("/checks/unusual_times", json!(1)),
        ("/checks/unusual_times", json!(1000)),
        ("/checks/hard_limit", json!("10")),
        ("/missed/average_months", json!(120)),
        ("/missed/average_months", json!(3)),
        ("/missed/fewest_months", json!(1)),
        ("/missed/fewest_months", json!(6)),
        ("/missed/periods_by_average", json!(0)),
        ("/missed/periods_by_average", json!(120)),
    ]);
    let none = changed("/missed/average_months", &json!(0));
    assert_eq!(fields_of(&none), ["missed.average_months", "missed.fewest_months"]);
}

#[test]
fn reminders_ring_in_waking_hours() {
    refused(
        vec![
            ("/reminders/at", json!("07:59"), "reminders.at", CannotSay),
            ("/reminders/at", json!("21:01"), "reminders.at", CannotSay),
            ("/reminders/quiet_until", json!("12:01"), "reminders.quiet_until", CannotSay),
        ]
        .into_iter()
        .filter(|case| case.2 == "reminders.at")
        .collect(),
    );
    taken(vec![
        ("/reminders/at", json!("08:00")),
        ("/reminders/at", json!("21:00")),
        ("/reminders/quiet_from", json!("01:00")),
    ]);
    let rules = |at: &str, from: &str, until: &str| {
        fields_of(&changed("/reminders", &json!({ "at": at, "quiet_from": from, "quiet_until": until })))
    };
    assert_eq!(rules("15:00", "22:00", "12:00"), Vec::<String>::new());
    assert_eq!(rules("15:00", "22:00", "12:01"), ["reminders.quiet_until"]);
    assert_eq!(rules("10:00", "00:30", "08:00"), Vec::<String>::new());
    assert!(rules("10:00", "22:00", "22:00").contains(&"reminders.quiet_until".to_owned()));
}

#[test]
fn all_problems_are_told_at_once_in_words() {
    let mut profile = full::json();
    profile["zone"] = json!("Europe/Kursk");
    profile["tariffs"][0]["kopecks"] = json!(-1);
    profile["bank"]["bic"] = json!("x");
    let problems = Profile::from_json(&profile.to_string()).unwrap_err();
    assert_eq!(
        problems.to_string(),
        "profile field zone: is not in the zone database; \
         profile field tariffs[0].kopecks: is not within 0 and 100000000; \
         profile field bank.bic: is not 9 digits"
    );
}
