//! The check code of a reading: a hash over what was captured, to be compared in a dispute.

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
    /// When, by the phone's clock corrected with the server's.
    pub taken_at: Instant,
}

/// Sixteen hexadecimal digits over every field, in groups of four: `1A2B 3C4D 5E6F 7081`.
///
/// The hash is SHA-256 over the fields as the contract writes them, each followed by a line feed, in the order
/// of [`Captured`]; a utility can compute it from what it was sent.
#[must_use]
pub fn check_code(captured: &Captured) -> String {
    let mut hash = Sha256::new();
    for field in [
        captured.item_id.as_str(),
        captured.meter_id.as_str(),
        &captured.period.to_string(),
        &captured.value.to_string(),
        captured.entered.as_str(),
        &captured.taken_at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
    ] {
        hash.update(field.as_bytes());
        hash.update(b"\n");
    }
    let groups: Vec<String> =
        hash.finalize()[..8].chunks(2).map(|pair| format!("{:02X}{:02X}", pair[0], pair[1])).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captured() -> Captured {
        Captured {
            item_id: "i".into(),
            meter_id: "m".into(),
            period: "2026-11".parse().unwrap(),
            value: Volume::from_units(123),
            entered: "00123,9".into(),
            taken_at: chrono::DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
        }
    }

    #[test]
    fn the_code_depends_on_every_field() {
        let code = check_code(&captured());
        let changed = [
            Captured { item_id: "j".into(), ..captured() },
            Captured { meter_id: "n".into(), ..captured() },
            Captured { period: "2026-12".parse().unwrap(), ..captured() },
            Captured { value: Volume::from_units(124), ..captured() },
            Captured { entered: "123,9".into(), ..captured() },
            Captured { taken_at: captured().taken_at + chrono::TimeDelta::milliseconds(1), ..captured() },
        ];
        for other in changed {
            assert_ne!(check_code(&other), code, "{other:?}");
        }
        assert_eq!(check_code(&captured()), code);
        assert_eq!(code.len(), 19);
    }
}
