use serde_json::json;

use super::*;
use crate::testing::{COLD, Phone};

fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The readings line answers on weekdays from nine to six, the office on weekdays from ten to four.
fn phone() -> Phone {
    let hours = |from: &str, until: &str| json!({ "weekdays_only": true, "from": from, "until": until });
    let line = |purpose: &str, hours: serde_json::Value| json!({ "purpose": purpose, "number": "+70000000000", "display": "8 (000) 000-00-00", "hours": hours });
    let contacts = json!({
        "phones": [
            line("emergency", json!({ "always": true })),
            line("reception", json!(null)),
            line("readings", hours("09:00", "18:00")),
        ],
        "office": { "address": "ул. Конторская, 1", "hours": hours("10:00", "16:00") },
        "readings_email": "readings@example.invalid",
        "reception_email": "reception@example.invalid",
        "sms": { "number": "0000", "message": "{account} {readings}", "reading": "{value}", "separator": " " },
    });
    Phone::signed_in_where(&json!({ "contacts": contacts }))
}

#[test]
fn on_a_monday_at_noon_everybody_answers_who_says_when() {
    let contacts = phone().app.contacts().unwrap();
    let told: Vec<_> = contacts.lines.iter().map(|l| (l.purpose, l.answers, l.unless_holiday)).collect();
    let until = Some(at("2026-11-23T18:00:00+03:00"));
    assert_eq!(
        told,
        [
            (PhonePurpose::Emergency, Answers::Now { until: None }, false),
            (PhonePurpose::Reception, Answers::Unknown, false),
            (PhonePurpose::Readings, Answers::Now { until }, true),
        ]
    );
    let office = contacts.office.unwrap();
    assert_eq!(office.answers, Answers::Now { until: Some(at("2026-11-23T16:00:00+03:00")) });
    assert!(office.unless_holiday, "nobody knows the holidays");
    assert_eq!((contacts.now, contacts.zone.as_str()), (at("2026-11-23T12:00:00+03:00"), "Europe/Moscow"));
}

#[test]
fn on_a_saturday_the_next_opening_is_told() {
    let phone = phone();
    phone.set_clock("2026-11-28T12:00:00+03:00");
    let contacts = phone.app.contacts().unwrap();
    let monday = |time: &str| Answers::Closed {
        next_on: "2026-11-30".parse().unwrap(),
        next_at: Some(at(&format!("2026-11-30T{time}:00+03:00"))),
    };
    assert_eq!(contacts.lines[2].answers, monday("09:00"));
    assert_eq!(contacts.office.unwrap().answers, monday("10:00"));
}

#[test]
fn who_answers_goes_by_the_utilitys_clock_and_not_by_the_phones() {
    let phone = phone();
    phone.portal.set_time(at("2026-11-23T12:00:00+03:00"));
    phone.nothing_new();
    phone.app.sync(10_000).unwrap();
    phone.set_wall_clock("2026-11-28T12:00:00+03:00");
    assert!(matches!(phone.app.contacts().unwrap().lines[2].answers, Answers::Now { .. }));
}

#[test]
fn the_script_for_the_telephone_says_the_same_of_its_line() {
    let phone = phone();
    phone.capture(COLD, "123");
    for (moment, open) in [("2026-11-23T12:00:00+03:00", true), ("2026-11-23T18:00:00+03:00", false)] {
        phone.set_clock(moment);
        let script = phone.app.other_channels().unwrap().remove(0).phone.unwrap();
        assert_eq!(script.answers_now, Some(open));
        let line = phone.app.contacts().unwrap().lines.remove(2);
        assert_eq!(matches!(line.answers, Answers::Now { .. }), open, "{moment}");
    }
}

#[test]
fn addresses_and_numbers_are_those_of_the_utility_and_none_is_made_up() {
    let contacts = phone().app.contacts().unwrap();
    let emails: Vec<_> = contacts.emails.iter().map(|e| (e.purpose, e.address.as_str())).collect();
    assert_eq!(
        emails,
        [
            (EmailPurpose::Readings, "readings@example.invalid"),
            (EmailPurpose::Reception, "reception@example.invalid"),
        ]
    );
    assert_eq!(contacts.sms_number.as_deref(), Some("0000"));
    let kursk = Phone::signed_in().app.contacts().unwrap();
    assert_eq!((kursk.office, kursk.emails, kursk.sms_number), (None, vec![], None));
    assert_eq!(kursk.lines.len(), 3);
}
