//! The face of a meter: how many digits it has, and which of them count.

use serde::{Deserialize, Serialize};

/// Digits of a dial. Black drums are whole units (m³), red ones their fraction (litres).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawDial")]
pub struct Dial {
    whole: u8,
    fraction: u8,
}

/// A dial that no meter has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a dial has 3–9 whole and 0–4 fractional digits, not {whole} and {fraction}")]
pub struct ImpossibleDial {
    whole: u8,
    fraction: u8,
}

#[derive(Deserialize)]
struct RawDial {
    whole: u8,
    fraction: u8,
}

impl Dial {
    /// A dial of 3–9 whole and 0–4 fractional digits.
    ///
    /// # Errors
    /// [`ImpossibleDial`] for any other counts.
    pub fn new(whole: u8, fraction: u8) -> Result<Self, ImpossibleDial> {
        if (3..=9).contains(&whole) && fraction <= 4 {
            Ok(Self { whole, fraction })
        } else {
            Err(ImpossibleDial { whole, fraction })
        }
    }

    /// Black drums.
    #[must_use]
    pub const fn whole(self) -> u8 {
        self.whole
    }

    /// Red drums.
    #[must_use]
    pub const fn fraction(self) -> u8 {
        self.fraction
    }
}

impl TryFrom<RawDial> for Dial {
    type Error = ImpossibleDial;

    fn try_from(raw: RawDial) -> Result<Self, Self::Error> {
        Self::new(raw.whole, raw.fraction)
    }
}

/// What a utility does with the fraction of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FractionPolicy {
    /// The fraction is dropped, never rounded (Kursk; article).
    #[default]
    Truncate,
    /// Rounded to the nearest whole unit, a half up (seen elsewhere).
    HalfUp,
    /// So many fractional digits are kept, the rest dropped (seen elsewhere).
    Keep(u8),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dial_has_three_to_nine_black_drums_and_up_to_four_red_ones() {
        for (whole, fraction, exists) in
            [(2, 0, false), (3, 0, true), (9, 4, true), (10, 0, false), (5, 5, false), (0, 0, false)]
        {
            assert_eq!(Dial::new(whole, fraction).is_ok(), exists, "{whole} and {fraction}");
        }
        let dial = Dial::new(5, 3).unwrap();
        assert_eq!((dial.whole(), dial.fraction()), (5, 3));
    }

    #[test]
    fn an_impossible_dial_is_refused_in_json_too() {
        let read = |json: &str| serde_json::from_str::<Dial>(json).map_err(|e| e.to_string());
        assert_eq!(read(r#"{"whole":5,"fraction":3}"#), Ok(Dial::new(5, 3).unwrap()));
        let refusal = read(r#"{"whole":2,"fraction":3}"#).unwrap_err();
        assert!(refusal.contains("3–9 whole and 0–4 fractional digits, not 2 and 3"), "{refusal}");
    }

    #[test]
    fn a_policy_is_a_word_or_a_count_of_digits() {
        let read = |json: &str| serde_json::from_str::<FractionPolicy>(json).unwrap();
        assert_eq!(read(r#""truncate""#), FractionPolicy::Truncate);
        assert_eq!(read(r#""half_up""#), FractionPolicy::HalfUp);
        assert_eq!(read(r#"{"keep":2}"#), FractionPolicy::Keep(2));
    }
}
