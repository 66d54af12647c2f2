//! A meter that was replaced between two readings, as the resident tells it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Volume;

/// As long as any factory number.
const MAX_SERIAL: usize = 64;

/// Where the old dial ended and the new one began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The old meter's last value.
    pub final_value: Volume,
    /// The new meter's first value.
    pub initial_value: Volume,
    /// The new meter's factory number, where known.
    #[serde(default, deserialize_with = "serial")]
    pub serial: Option<String>,
}

impl Replacement {
    /// What the difference of a value of the new dial and one of the old lacks to be the use between them; below zero
    /// for a new dial that began higher than the old one ended.
    pub fn shift(&self) -> Volume {
        self.final_value - self.initial_value
    }
}

fn serial<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let serial = Option::<String>::deserialize(deserializer)?;
    let fits = serial.as_ref().is_none_or(|serial| (1..=MAX_SERIAL).contains(&serial.chars().count()));
    if fits {
        Ok(serial)
    } else {
        Err(D::Error::custom(format!("a factory number of not 1 to {MAX_SERIAL} characters")))
    }
}
