//! The short code by which a resident proves what was sent and when, and by which the utility confirms it.
//!
//! The code is made by the app alone, from what it sent and what it was answered; `contract/proofs.json` holds
//! examples. It says nothing by itself, and whoever has it learns no more than that it is right.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};

use crate::domain::{Period, Source, Volume};
use crate::records::Reading;
use crate::storage::{Result, Tx};

/// Bytes of the hash that the code shows.
const SHOWN: usize = 8;

/// What a code is made of, in its order.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// The app's id of the reading.
    pub client_item_id: &'a str,
    /// The meter.
    pub meter_id: &'a str,
    /// The month that the resident named.
    pub period: Period,
    /// The value taken.
    pub value: Volume,
    /// What was typed.
    pub entered: Option<&'a str>,
    /// When it was taken.
    pub taken_at: Option<DateTime<Utc>>,
    /// The same by the phone's own clock.
    pub phone_at: Option<DateTime<Utc>>,
    /// Server − phone, milliseconds.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic_ms: Option<i64>,
    /// When the request left that was received first.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// The receipt.
    pub receipt: Option<&'a str>,
}

impl<'a> Proof<'a> {
    /// Of a reading that came from an app; no other has one.
    pub fn of(reading: &'a Reading) -> Option<Self> {
        let client_item_id = reading.client_item_id.as_deref().filter(|_| reading.source == Source::App)?;
        Some(Self {
            client_item_id,
            meter_id: &reading.meter_id,
            period: reading.kept.meant_period,
            value: reading.value,
            entered: reading.kept.entered.as_deref(),
            taken_at: reading.taken_at,
            phone_at: reading.kept.phone_at,
            skew_ms: reading.kept.skew_ms,
            monotonic_ms: reading.kept.monotonic_ms,
            sent_at: reading.sent_at,
            received_at: Some(reading.received_at),
            receipt: reading.receipt.as_deref(),
        })
    }

    /// The same before the answer was known.
    pub const fn before_the_answer(self) -> Self {
        Self { sent_at: None, received_at: None, receipt: None, ..self }
    }

    /// Sixteen digits, without separators.
    pub fn code(&self) -> String {
        let hash = Sha256::digest(self.lines());
        hash.iter().take(SHOWN).fold(String::new(), |mut code, byte| {
            let _ = write!(code, "{byte:02X}");
            code
        })
    }

    fn lines(&self) -> String {
        let instant = |at: Option<DateTime<Utc>>| {
            at.map_or_else(String::new, |at| at.to_rfc3339_opts(SecondsFormat::Millis, true))
        };
        let number = |number: Option<i64>| number.map_or_else(String::new, |it| it.to_string());
        let fields = [
            self.client_item_id.to_owned(),
            self.meter_id.to_owned(),
            self.period.to_string(),
            self.value.to_string(),
            self.entered.unwrap_or_default().to_owned(),
            instant(self.taken_at),
            instant(self.phone_at),
            number(self.skew_ms),
            number(self.monotonic_ms),
            instant(self.sent_at),
            instant(self.received_at),
            self.receipt.unwrap_or_default().to_owned(),
        ];
        fields.iter().map(|field| format!("{field}\n")).collect()
    }
}

/// Whether a code is that of the reading that a receipt was given for. An unknown receipt confirms nothing.
///
/// # Errors
/// The storage's.
pub fn confirms(tx: &Tx, receipt: &str, code: &str) -> Result<bool> {
    let Some(reading) = tx.reading_of_receipt(receipt)? else { return Ok(false) };
    let code = digits(code);
    let made = |proof: Proof| proof.code() == code || proof.before_the_answer().code() == code;
    Ok(Proof::of(&reading).is_some_and(made))
}

/// A code as it is typed off a screen or read out: in groups, with or without separators, in any case.
fn digits(code: &str) -> String {
    code.chars().filter(|it| !matches!(it, ' ' | '-')).map(|it| it.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_codes_are_those_of_the_contracts_examples() {
        let examples: Value =
            serde_json::from_str(include_str!("../../../contract/proofs.json")).unwrap_or_default();
        let examples = examples["proofs"].as_array().cloned().unwrap_or_default();
        assert!(examples.len() >= 6, "{}", examples.len());
        for example in &examples {
            let of = &example["of"];
            let text = |name: &str| of[name].as_str();
            let instant = |name: &str| text(name).map(|it| it.parse().expect("an instant"));
            let proof = Proof {
                client_item_id: text("client_item_id").expect("an id"),
                meter_id: text("meter_id").expect("a meter"),
                period: text("period").and_then(|it| it.parse().ok()).expect("a month"),
                value: text("value").and_then(|it| it.parse().ok()).expect("a value"),
                entered: text("entered"),
                taken_at: instant("taken_at"),
                phone_at: instant("phone_at"),
                skew_ms: of["skew_ms"].as_i64(),
                monotonic_ms: of["monotonic_ms"].as_i64(),
                sent_at: instant("sent_at"),
                received_at: instant("received_at"),
                receipt: text("receipt"),
            };
            assert_eq!(Some(proof.lines().as_str()), example["lines"].as_str(), "{}", example["name"]);
            assert_eq!(Some(proof.code()), example["code"].as_str().map(digits), "{}", example["name"]);
        }
    }
}
