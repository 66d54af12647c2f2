//! The check code of a reading: a hash over all that its proof shows, which the utility can work out for itself.

use chrono::SecondsFormat;
use sha2::{Digest, Sha256};

use super::{Instant, Period, Volume};

/// What was captured, as it went to disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The phone's id of the reading.
    pub item_id: String,
    /// The meter.
    pub meter_id: String,
    /// The month it was meant for.
    pub period: Period,
    /// The value taken.
    pub value: Volume,
    /// The text as typed.
    pub entered: String,
    /// When, by the utility's clock as the phone knew it.
    pub taken_at: Instant,
}

/// What the phone's clocks said when a reading was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhoneClocks {
    /// The wall clock, which anyone can set.
    pub phone_at: Instant,
    /// The utility's clock was ahead by so much, milliseconds; none when it had never been seen.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic_ms: i64,
}

/// How a reading came to the utility, as far as it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// When the request left that brought it.
    pub sent_at: Option<Instant>,
    /// When the utility got it, by its own clock.
    pub received_at: Option<Instant>,
    /// Receipt number.
    pub receipt: Option<String>,
}

/// What the code is made of, one line each, as the contract writes it: an absent field is an empty line.
#[must_use]
pub fn proof_lines(captured: &Captured, clocks: &PhoneClocks, delivered: &Delivered) -> [String; 12] {
    let instant = |at: Instant| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    [
        captured.item_id.clone(),
        captured.meter_id.clone(),
        captured.period.to_string(),
        captured.value.to_string(),
        captured.entered.clone(),
        instant(captured.taken_at),
        instant(clocks.phone_at),
        clocks.skew_ms.map(|ms| ms.to_string()).unwrap_or_default(),
        clocks.monotonic_ms.to_string(),
        delivered.sent_at.map(instant).unwrap_or_default(),
        delivered.received_at.map(instant).unwrap_or_default(),
        delivered.receipt.clone().unwrap_or_default(),
    ]
}

/// Sixteen hexadecimal digits over everything, in groups of four: `1A2B 3C4D 5E6F 7081`.
///
/// SHA-256 over the [`proof_lines`], each followed by a line feed; `contract/proofs.json` has examples.
#[must_use]
pub fn check_code(captured: &Captured, clocks: &PhoneClocks, delivered: &Delivered) -> String {
    let mut hash = Sha256::new();
    for line in proof_lines(captured, clocks, delivered) {
        hash.update(line);
        hash.update(b"\n");
    }
    let groups: Vec<String> =
        hash.finalize()[..8].chunks(2).map(|pair| format!("{:02X}{:02X}", pair[0], pair[1])).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    type Card = (Captured, PhoneClocks, Delivered);

    fn at(millis: i64) -> Instant {
        chrono::DateTime::from_timestamp_millis(millis).unwrap()
    }

    fn card() -> Card {
        let captured = Captured {
            item_id: "i".into(),
            meter_id: "m".into(),
            period: "2026-11".parse().unwrap(),
            value: Volume::from_units(123),
            entered: "00123,9".into(),
            taken_at: at(1_700_000_000_123),
        };
        let clocks = PhoneClocks { phone_at: at(1_700_000_000_000), skew_ms: Some(123), monotonic_ms: 77 };
        let delivered = Delivered {
            sent_at: Some(at(1_700_000_001_000)),
            received_at: Some(at(1_700_000_002_000)),
            receipt: Some("15".into()),
        };
        (captured, clocks, delivered)
    }

    fn code(card: &Card) -> String {
        check_code(&card.0, &card.1, &card.2)
    }

    #[test]
    fn the_code_depends_on_every_field() {
        let changes: [fn(&mut Card); 15] = [
            |c| c.0.item_id = "j".into(),
            |c| c.0.meter_id = "n".into(),
            |c| c.0.period = "2026-12".parse().unwrap(),
            |c| c.0.value = Volume::from_units(124),
            |c| c.0.entered = "123,9".into(),
            |c| c.0.taken_at = at(1_700_000_000_124),
            |c| c.1.phone_at = at(1_700_000_000_001),
            |c| c.1.skew_ms = Some(124),
            |c| c.1.skew_ms = None,
            |c| c.1.monotonic_ms = 78,
            |c| c.2.sent_at = None,
            |c| c.2.sent_at = Some(at(1_700_000_001_001)),
            |c| c.2.received_at = Some(at(1_700_000_002_001)),
            |c| c.2.receipt = Some("16".into()),
            |c| c.2.receipt = None,
        ];
        let same = code(&card());
        for (n, change) in changes.into_iter().enumerate() {
            let mut changed = card();
            change(&mut changed);
            assert_ne!(code(&changed), same, "change {n}");
        }
        assert_eq!(code(&card()), same);
        assert_eq!(same.len(), 19);
    }

    #[test]
    fn the_code_is_the_one_that_the_contract_gives_for_its_examples() {
        let examples = include_str!("../../../contract/proofs.json");
        let examples: serde_json::Value = serde_json::from_str(examples).unwrap();
        let examples = examples["proofs"].as_array().unwrap();
        let mut tried = 0;
        for example in examples {
            let of = &example["of"];
            let text = |name: &str| of[name].as_str().map(str::to_owned);
            let instant = |name: &str| text(name).map(|t| t.parse().unwrap());
            let told = (text("entered"), instant("phone_at"), of["monotonic_ms"].as_i64());
            let (Some(entered), Some(phone_at), Some(monotonic_ms)) = told else {
                // An older app's, which told less.
                continue;
            };
            let captured = Captured {
                item_id: text("client_item_id").unwrap(),
                meter_id: text("meter_id").unwrap(),
                period: text("period").unwrap().parse().unwrap(),
                value: text("value").unwrap().parse().unwrap(),
                entered,
                taken_at: instant("taken_at").unwrap(),
            };
            let clocks = PhoneClocks { phone_at, skew_ms: of["skew_ms"].as_i64(), monotonic_ms };
            let delivered = Delivered {
                sent_at: instant("sent_at"),
                received_at: instant("received_at"),
                receipt: text("receipt"),
            };
            assert_eq!(check_code(&captured, &clocks, &delivered), example["code"], "{}", example["name"]);
            tried += 1;
        }
        assert!(tried >= 6, "{tried}");
    }
}
