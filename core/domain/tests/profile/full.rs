//! A profile in which every field says something. Its literals name every field, so that a new one stops the
//! compiler here, and the drift tests after it.

use serde_json::Value;
use vodomer_domain::{
    Bank, CheckRules, Contacts, DatedWindow, Day, Dictation, EarlyReadings, FactSource, FractionPolicy,
    Hours, LateReadings, LetterTemplate, MissRules, Norm, Office, Phone, PhonePurpose, Portal, Profile,
    ReminderRules, Resource, ShortSms, Sms, SourceNote, Tariff, Volume, WindowEnd,
};

const ROOT: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

pub fn full() -> Profile {
    let end = |day, next_month| WindowEnd { day: Day::Number(day), next_month };
    let hours = || Hours {
        weekdays_only: true,
        from: Some("09:00:00".parse().unwrap()),
        until: Some("18:00:00".parse().unwrap()),
        always: false,
    };
    Profile {
        schema: Some("profile.schema.json".into()),
        name: "Водоканал".into(),
        zone: "Europe/Moscow".into(),
        zone_phrase: "по Москве".into(),
        portal: Portal {
            extra_roots: vec![ROOT.into()],
            honours_keys: false,
            ..Portal::at("https://cabinet.example.invalid")
        },
        window: None,
        windows: vec![
            DatedWindow { from: None, opens: end(15, false), closes: end(3, true) },
            DatedWindow {
                from: Some("2026-03-01".parse().unwrap()),
                opens: end(25, false),
                closes: end(5, true),
            },
        ],
        early_readings: EarlyReadings::Hold,
        late_readings: LateReadings::SendUntil(end(10, true)),
        fraction: FractionPolicy::Keep(3),
        tariffs: vec![
            Tariff {
                resource: Resource::ColdWater,
                from: None,
                until: Some("2026-12-31".parse().unwrap()),
                kopecks: 100,
            },
            Tariff {
                resource: Resource::ColdWater,
                from: Some("2026-07-01".parse().unwrap()),
                until: None,
                kopecks: 200,
            },
        ],
        norms: vec![
            Norm { resource: Resource::ColdWater, from: None, volume: Volume::from_units(1) },
            Norm {
                resource: Resource::ColdWater,
                from: Some("2026-07-01".parse().unwrap()),
                volume: Volume::from_units(2),
            },
        ],
        checks: CheckRules { hard_limit: Some(Volume::from_units(300)), ..CheckRules::default() },
        missed: MissRules::default(),
        reminders: ReminderRules::default(),
        contacts: Contacts {
            phones: vec![Phone {
                purpose: PhonePurpose::Readings,
                number: "+70000000000".into(),
                display: "8 (000) 000-00-00".into(),
                hours: Some(hours()),
            }],
            office: Some(Office { address: "улица, дом".into(), hours: Some(hours()) }),
            readings_email: Some("readings@example.invalid".into()),
            application_email: Some("application@example.invalid".into()),
            reception_email: Some("reception@example.invalid".into()),
            sms: Some(Sms {
                number: "0000".into(),
                message: "{account} {readings}".into(),
                reading: "{serial} {resource} {value}".into(),
                separator: "; ".into(),
                short: Some(ShortSms {
                    message: "{account} {readings}".into(),
                    reading: "{value}".into(),
                    separator: " ".into(),
                }),
            }),
            letter: Some(LetterTemplate {
                subject: "{account} {address} {month}".into(),
                body: "{account} {address} {month} {readings}".into(),
                reading: "{resource} {place} {zone} {serial} {value} {note}".into(),
            }),
            dictation: Some(Dictation {
                account: "{account}".into(),
                reading: "{resource} {place} {zone} {serial} {value} {words}".into(),
            }),
        },
        bank: Some(Bank {
            name: "ОБРАЗЕЦ".into(),
            account: "0".repeat(20),
            bank: "ОБРАЗЕЦ".into(),
            bic: "0".repeat(9),
            correspondent: "0".into(),
            inn: Some("0".repeat(10)),
            kpp: Some("0".repeat(9)),
            sample: true,
        }),
        sources: vec![SourceNote {
            field: "name".into(),
            source: FactSource::Placeholder,
            note: Some("none".into()),
        }],
        notes: vec!["a note".into()],
    }
}

/// As JSON, without what is absent.
pub fn json() -> Value {
    let mut json = serde_json::to_value(full()).unwrap();
    strip_nulls(&mut json);
    json.as_object_mut().unwrap().retain(|name, _| name != "window");
    json
}

fn strip_nulls(json: &mut Value) {
    match json {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(strip_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
