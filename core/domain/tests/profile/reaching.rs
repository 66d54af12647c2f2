//! Servers, telephones, addresses and bank details that can't be.

use serde_json::json;

use super::refusals::Schema::{CannotSay, Refuses};
use super::refusals::{ABSENT, refused, taken};

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
fn trust_is_refused_by_the_number_of_the_certificate() {
    refused(vec![
        ("/portal/extra_roots/0", json!("MIIB"), "portal.extra_roots[0]", Refuses),
        ("/portal/extra_roots/0", json!("-----BEGIN CERTIFICATE-----"), "portal.extra_roots[0]", CannotSay),
        (
            "/portal/extra_roots/0",
            json!("x -----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
            "portal.extra_roots[0]",
            CannotSay,
        ),
    ]);
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
        ("/contacts/sms/short/message", json!("{account}"), "contacts.sms.short.message", Refuses),
        ("/contacts/sms/short/reading", json!("{value} {month}"), "contacts.sms.short.reading", Refuses),
        ("/contacts/sms/short/separator", json!(""), "contacts.sms.short.separator", Refuses),
    ]);
    taken(vec![
        ("/contacts/sms/number", json!("123")),
        ("/contacts/sms/number", json!("+123456789012345")),
        ("/contacts/sms/message", json!("ЛС{account}: {readings}.")),
        ("/contacts/sms/reading", json!("{value}")),
    ]);
}

#[test]
fn letters_and_words_for_the_telephone_are_refused_for_placeholders_unknown_or_missing() {
    refused(vec![
        ("/contacts/letter/subject", json!("{month}"), "contacts.letter.subject", Refuses),
        ("/contacts/letter/subject", json!("{account} {readings}"), "contacts.letter.subject", Refuses),
        ("/contacts/letter/subject", json!("{account}\nBcc: a@b.c"), "contacts.letter.subject", Refuses),
        ("/contacts/letter/body", json!("{account}"), "contacts.letter.body", Refuses),
        ("/contacts/letter/body", json!("{readings}"), "contacts.letter.body", Refuses),
        ("/contacts/letter/body", json!("{account} {readings} {value}"), "contacts.letter.body", Refuses),
        ("/contacts/letter/reading", json!("{serial}"), "contacts.letter.reading", Refuses),
        ("/contacts/letter/reading", json!("{value} {words}"), "contacts.letter.reading", Refuses),
        ("/contacts/dictation/account", json!("счёт"), "contacts.dictation.account", Refuses),
        ("/contacts/dictation/account", json!("{account} {value}"), "contacts.dictation.account", Refuses),
        ("/contacts/dictation/reading", json!("{words}"), "contacts.dictation.reading", Refuses),
        ("/contacts/dictation/reading", json!("{value} {note}"), "contacts.dictation.reading", Refuses),
    ]);
    taken(vec![
        ("/contacts/letter", ABSENT),
        ("/contacts/letter/body", json!("Счёт {account}\n{readings}\n")),
        ("/contacts/dictation", ABSENT),
        ("/contacts/dictation/reading", json!("{value}")),
        ("/contacts/sms/short", ABSENT),
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
        ("/bank/inn", json!("0".repeat(11)), "bank.inn", Refuses),
        ("/bank/inn", json!(""), "bank.inn", Refuses),
        ("/bank/kpp", json!("0".repeat(8)), "bank.kpp", Refuses),
    ]);
    taken(vec![
        ("/bank/name", json!("ж".repeat(160))),
        ("/bank/bank", json!("ж".repeat(45))),
        ("/bank/correspondent", json!("0".repeat(20))),
        ("/bank/inn", json!("0".repeat(12))),
        ("/bank/inn", ABSENT),
        ("/bank/kpp", ABSENT),
        ("/bank", ABSENT),
    ]);
}
