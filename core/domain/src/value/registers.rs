//! Meters that count each tariff zone apart (T1 day, T2 night, …): one register, one dial a zone.
//!
//! Such a meter is read in one go: either every zone has a value, or nothing is taken, and the refusal names the
//! zone.

use super::{Dial, FractionPolicy, Kept, Typed, TypedProblem};

/// A register of a meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The tariff zone that it counts, as the utility calls it: `T1`.
    pub zone: String,
    /// Its face.
    pub dial: Dial,
}

/// What was typed for a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedRegister {
    /// The tariff zone.
    pub zone: String,
    /// The text as typed.
    pub text: String,
}

/// What a zone's register shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReading {
    /// The tariff zone.
    pub zone: String,
    /// The digits typed, for the drums on the screen.
    pub typed: Typed,
    /// What the utility takes of them.
    pub kept: Kept,
}

/// Why a meter's zones can't be taken. Nothing of the others is taken either.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistersProblem {
    /// The text of a zone is no reading.
    #[error("zone {zone}: {problem}")]
    NotAReading {
        /// The zone.
        zone: String,
        /// The reason and its place in the zone's text.
        problem: TypedProblem,
    },
    /// The meter has no such zone.
    #[error("the meter has no zone {zone}")]
    Unknown {
        /// The zone.
        zone: String,
    },
    /// A zone of the meter was not handed in.
    #[error("zone {zone} is missing")]
    Missing {
        /// The zone.
        zone: String,
    },
    /// A zone was handed in twice, or the meter names two of its registers alike.
    #[error("zone {zone} is there twice")]
    Duplicate {
        /// The zone.
        zone: String,
    },
}

/// Reads all zones of a meter: every one of them, in the meter's order, or none.
///
/// Which zones there are is looked at before what was typed for them.
///
/// # Errors
/// [`RegistersProblem`] names the zone, and keeps the reason and the place in its text.
pub fn parse_registers(
    meter: &[Register],
    typed: &[TypedRegister],
    policy: FractionPolicy,
) -> Result<Vec<RegisterReading>, RegistersProblem> {
    let zones: Vec<&str> = meter.iter().map(|r| r.zone.as_str()).collect();
    let handed_in: Vec<&str> = typed.iter().map(|t| t.zone.as_str()).collect();
    if let Some(zone) = handed_in.iter().find(|zone| !zones.contains(zone)) {
        return Err(RegistersProblem::Unknown { zone: (*zone).to_owned() });
    }
    if let Some(zone) = twice(&zones).or_else(|| twice(&handed_in)) {
        return Err(RegistersProblem::Duplicate { zone: zone.to_owned() });
    }
    meter
        .iter()
        .map(|register| {
            let zone = register.zone.clone();
            let typed = typed.iter().find(|t| t.zone == zone);
            typed.map(|t| (register, t)).ok_or(RegistersProblem::Missing { zone })
        })
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|(register, typed)| read(register, &typed.text, policy))
        .collect()
}

fn read(
    register: &Register,
    text: &str,
    policy: FractionPolicy,
) -> Result<RegisterReading, RegistersProblem> {
    let zone = register.zone.clone();
    match Typed::parse(text, register.dial) {
        Ok(typed) => Ok(RegisterReading { zone, kept: typed.keep(policy, register.dial), typed }),
        Err(problem) => Err(RegistersProblem::NotAReading { zone, problem }),
    }
}

fn twice<'a>(zones: &[&'a str]) -> Option<&'a str> {
    let mut rest = zones;
    while let Some((zone, others)) = rest.split_first() {
        if others.contains(zone) {
            return Some(zone);
        }
        rest = others;
    }
    None
}

#[cfg(test)]
#[path = "registers_tests.rs"]
mod tests;
