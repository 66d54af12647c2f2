//! Every refusal with the path it names, and what lies just inside of the border. The schema refuses too, where a
//! schema can say it.

use serde_json::{Value, json};
use vodomer_domain::Profile;

use super::{full, validator};

enum Schema {
    Refuses,
    CannotSay,
}
use Schema::{CannotSay, Refuses};

const ABSENT: Value = Value::Null;

/// The full profile with one place changed; [`ABSENT`] takes it away, and a place that is not there is added.
fn changed(place: &str, value: &Value) -> Value {
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

fn fields_of(profile: &Value) -> Vec<String> {
    match Profile::from_json(&profile.to_string()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.into_iter().map(|p| p.field).collect(),
    }
}

fn refused(cases: Vec<(&str, Value, &str, Schema)>) {
    let validator = validator();
    for (place, value, field, by_schema) in cases {
        let profile = changed(place, &value);
        assert_eq!(fields_of(&profile), [field], "{place} = {value}");
        match by_schema {
            Refuses => assert!(!validator.is_valid(&profile), "the schema takes {place} = {value}"),
            CannotSay => assert!(validator.is_valid(&profile), "the schema can say {place} = {value}"),
        }
    }
}

fn taken(cases: Vec<(&str, Value)>) {
    let validator = validator();
    for (place, value) in cases {
        let profile = changed(place, &value);
        assert_eq!(fields_of(&profile), Vec::<String>::new(), "{place} = {value}");
        assert!(validator.is_valid(&profile), "the schema refuses {place} = {value}");
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
}

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
fn a_server_is_a_web_address_over_tls_or_this_very_machine() {
    for (url, by_schema) in [
        ("vodokanal", Refuses),
        ("http://example.org", Refuses),
        ("ftp://example.org", Refuses),
        ("HTTPS://example.org", Refuses),
        ("http://localhost.example.org", Refuses),
        ("http://127.0.0.1@example.org", Refuses),
        ("https://", Refuses),
        ("https:///path", CannotSay),
        ("https://user@example.org", Refuses),
        ("https://.example.org", CannotSay),
        ("https://example.org.", CannotSay),
        ("https://exam_ple.org", CannotSay),
        ("https://example.org:0", CannotSay),
        ("https://example.org:65536", CannotSay),
        ("https://example.org:", CannotSay),
        ("https://example.org:+1", CannotSay),
        ("https://example.org/a?b", Refuses),
        ("https://example.org/a#b", Refuses),
        ("https://example.org/a b", Refuses),
    ] {
        refused(vec![("/portal/base_url", json!(url), "portal.base_url", by_schema)]);
    }
    for url in [
        "https://example.org",
        "https://ex-ample.org:65535/cabinet/",
        "https://example.org:1",
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://localhost/api",
        "https://водоканал.рф",
    ] {
        taken(vec![("/portal/base_url", json!(url))]);
    }
}

#[test]
fn trust_is_refused_by_the_number_of_the_certificate_or_pin() {
    let digits = |count| "A".repeat(count);
    refused(vec![
        ("/portal/extra_roots/0", json!("MIIB"), "portal.extra_roots[0]", Refuses),
        ("/portal/extra_roots/0", json!("-----BEGIN CERTIFICATE-----"), "portal.extra_roots[0]", CannotSay),
        (
            "/portal/extra_roots/0",
            json!("x -----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
            "portal.extra_roots[0]",
            CannotSay,
        ),
        ("/portal/pins/0", json!(format!("sha1/{}=", digits(43))), "portal.pins[0]", Refuses),
        ("/portal/pins/0", json!(format!("sha256/{}=", digits(42))), "portal.pins[0]", Refuses),
        ("/portal/pins/0", json!(format!("sha256/{}", digits(44))), "portal.pins[0]", Refuses),
        ("/portal/pins/0", json!(format!("sha256/{}-=", digits(42))), "portal.pins[0]", Refuses),
    ]);
    taken(vec![("/portal/pins/0", json!(format!("sha256/{}+/=", digits(41))))]);
}

#[test]
fn tariffs_and_norms_are_refused_by_their_number() {
    refused(vec![
        ("/tariffs/0/kopecks", json!(-1), "tariffs[0].kopecks", Refuses),
        ("/tariffs/1/kopecks", json!(100_000_001), "tariffs[1].kopecks", Refuses),
        ("/tariffs/1/from", ABSENT, "tariffs[1].from", CannotSay),
        ("/tariffs/0/from", json!("2026-07-01"), "tariffs[1].from", CannotSay),
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
fn telephones_addresses_and_hours_are_refused_by_their_number() {
    refused(vec![
        ("/contacts/phones/0/number", json!("84712000000"), "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/number", json!("+7 471 2"), "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/number", json!("+123456"), "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/number", json!("+1234567890123456"), "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/number", json!("+0123456789"), "contacts.phones[0].number", Refuses),
        ("/contacts/phones/0/display", json!(""), "contacts.phones[0].display", Refuses),
        ("/contacts/phones/0/hours/from", ABSENT, "contacts.phones[0].hours.from", Refuses),
        ("/contacts/phones/0/hours/until", ABSENT, "contacts.phones[0].hours.until", Refuses),
        ("/contacts/phones/0/hours/until", json!("09:00"), "contacts.phones[0].hours.until", CannotSay),
        ("/contacts/phones/0/hours/always", json!(true), "contacts.phones[0].hours.always", CannotSay),
        (
            "/contacts/phones/0/hours",
            json!({ "always": true, "weekdays_only": true }),
            "contacts.phones[0].hours.always",
            CannotSay,
        ),
        (
            "/contacts/phones/0/hours",
            json!({ "always": true, "from": "01:00", "until": "02:00" }),
            "contacts.phones[0].hours.always",
            CannotSay,
        ),
        ("/contacts/office/address", json!(" "), "contacts.office.address", Refuses),
        ("/contacts/office/hours/until", json!("08:59"), "contacts.office.hours.until", CannotSay),
        ("/contacts/readings_email", json!("nobody"), "contacts.readings_email", Refuses),
        ("/contacts/readings_email", json!("@example.org"), "contacts.readings_email", Refuses),
        ("/contacts/readings_email", json!("a b@example.org"), "contacts.readings_email", Refuses),
        ("/contacts/application_email", json!("a@example"), "contacts.application_email", Refuses),
        ("/contacts/application_email", json!("a@example."), "contacts.application_email", Refuses),
        ("/contacts/reception_email", json!("a@b@example.org"), "contacts.reception_email", Refuses),
        ("/contacts/reception_email", json!("a,b@example.org"), "contacts.reception_email", Refuses),
    ]);
    taken(vec![
        ("/contacts/phones/0/number", json!("+1234567")),
        ("/contacts/phones/0/number", json!("+123456789012345")),
        ("/contacts/phones/0/hours/until", json!("09:01")),
        ("/contacts/phones/0/hours", json!({ "always": true })),
        ("/contacts/phones/0/hours", json!({ "from": "00:00", "until": "23:59" })),
        ("/contacts/readings_email", json!("a@b.c")),
        ("/contacts", json!({})),
    ]);
}

#[test]
fn text_messages_are_refused_for_placeholders_unknown_or_missing() {
    refused(vec![
        ("/contacts/sms/number", json!("12"), "contacts.sms.number", Refuses),
        ("/contacts/sms/number", json!("1234567890123456"), "contacts.sms.number", Refuses),
        ("/contacts/sms/number", json!("12-34"), "contacts.sms.number", Refuses),
        ("/contacts/sms/message", json!("{account}"), "contacts.sms.message", Refuses),
        ("/contacts/sms/message", json!("{readings}"), "contacts.sms.message", Refuses),
        ("/contacts/sms/message", json!("{account} {readings} {value}"), "contacts.sms.message", Refuses),
        ("/contacts/sms/message", json!("{account} {readings} {"), "contacts.sms.message", Refuses),
        ("/contacts/sms/message", json!("{account} {readings} }"), "contacts.sms.message", Refuses),
        ("/contacts/sms/message", json!("} {account} {readings}"), "contacts.sms.message", Refuses),
        ("/contacts/sms/reading", json!("{serial}"), "contacts.sms.reading", Refuses),
        ("/contacts/sms/reading", json!("{value} {account}"), "contacts.sms.reading", Refuses),
        ("/contacts/sms/separator", json!(""), "contacts.sms.separator", Refuses),
    ]);
    taken(vec![
        ("/contacts/sms/number", json!("123")),
        ("/contacts/sms/number", json!("+123456789012345")),
        ("/contacts/sms/message", json!("ЛС{account}: {readings}.")),
        ("/contacts/sms/reading", json!("{value}")),
    ]);
}

#[test]
fn bank_details_are_refused_one_by_one() {
    refused(vec![
        ("/bank/name", json!(""), "bank.name", Refuses),
        ("/bank/name", json!("ж".repeat(161)), "bank.name", Refuses),
        ("/bank/account", json!("0".repeat(19)), "bank.account", Refuses),
        ("/bank/account", json!("0".repeat(21)), "bank.account", Refuses),
        ("/bank/account", json!(format!("{}x", "0".repeat(19))), "bank.account", Refuses),
        ("/bank/bank", json!("ж".repeat(46)), "bank.bank", Refuses),
        ("/bank/bic", json!("0".repeat(8)), "bank.bic", Refuses),
        ("/bank/correspondent", json!(""), "bank.correspondent", Refuses),
        ("/bank/correspondent", json!("0".repeat(21)), "bank.correspondent", Refuses),
    ]);
    taken(vec![
        ("/bank/name", json!("ж".repeat(160))),
        ("/bank/bank", json!("ж".repeat(45))),
        ("/bank/correspondent", json!("0".repeat(20))),
        ("/bank", ABSENT),
    ]);
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
