//! A flat, a reading and a letter to begin with.

use chrono::{DateTime, TimeZone, Utc};

use super::write;
use crate::domain::{Dial, LetterKind, LetterStatus, Period, Replacement, Resource, Source, Status, Volume};
use crate::records::{Kept, Letter, LetterKept, Reading};
use crate::storage::{NewMeter, Storage};

pub fn at(second: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_795_000_000 + second, 123_000_000).single().expect("an instant")
}

pub fn month(text: &str) -> Period {
    text.parse().expect("a month")
}

/// An account `a` with a meter `m`, seen by the resident `r`.
pub fn furnish(storage: &Storage) {
    write(storage, |tx| {
        tx.add_account("a", "100", "ул. Примерная, 1", 2, at(0))?;
        tx.add_meter(&NewMeter {
            id: "m",
            account_id: "a",
            serial: "007",
            zone: Some("T1"),
            resource: Resource::ColdWater,
            place: "кухня",
            digits: Dial { whole: 5, fraction: 3 },
            verify_by: at(0).date_naive().succ_opt(),
            limit: Some(Volume::whole(40)),
            replaces: None,
        })?;
        tx.add_resident("r", "login", "hash")?;
        tx.grant("r", "a")
    });
}

pub fn reading(id: &str) -> Reading {
    Reading {
        id: id.to_owned(),
        meter_id: "m".to_owned(),
        period: month("2026-11"),
        value: Volume::from_ten_thousandths(1_234_567),
        rollover: false,
        replacement: Some(Replacement {
            final_value: Volume::whole(7),
            initial_value: Volume::ZERO,
            serial: Some("008".to_owned()),
        }),
        taken_at: Some(at(1)),
        received_at: at(2),
        source: Source::App,
        status: Status::Received,
        receipt: Some(format!("receipt of {id}")),
        client_item_id: Some(format!("item of {id}")),
        sent_at: Some(at(3)),
        kept: Kept {
            entered: Some("123,4567".to_owned()),
            phone_at: Some(at(-7)),
            skew_ms: Some(-86_400_000),
            monotonic_ms: Some(i64::MAX),
            ..Kept::without_evidence("a".to_owned(), month("2026-10"))
        },
    }
}

pub fn letter(item: &str, text: &str) -> Letter {
    Letter {
        id: format!("letter of {item}"),
        kind: LetterKind::Appeal,
        account_id: None,
        topic: "other".to_owned(),
        text: text.to_owned(),
        written_at: at(1),
        meter_id: None,
        wanted_on: at(0).date_naive().pred_opt(),
        status: LetterStatus::Received,
        received_at: at(2),
        receipt: format!("receipt of {item}"),
        client_item_id: item.to_owned(),
        answer: None,
        answered_at: None,
        kept: LetterKept {
            resident_id: None,
            name: Some("Житель".to_owned()),
            contact: Some("почта".to_owned()),
        },
    }
}
