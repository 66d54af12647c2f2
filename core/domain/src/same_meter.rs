//! Which of the utility's meters is the one that a resident has typed in.
//!
//! A reading that goes to the wrong meter is worse than a question, so that only what is clear is matched: the same
//! serial number, or, where one side has none, the same resource and place, and nothing else that could be meant.

use crate::Resource;

/// What a meter is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterMark {
    /// Factory number; empty where it is not known.
    pub serial: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
}

/// For each typed meter the place of the utility's one in its list, where that is clear; no two have the same.
#[must_use]
pub fn same_meters(typed: &[MeterMark], known: &[MeterMark]) -> Vec<Option<usize>> {
    typed
        .iter()
        .map(|one| {
            let by_serial = only(typed, known, one, same_serial);
            by_serial.or_else(|| only(typed, known, one, same_place))
        })
        .collect()
}

/// The only one that is the same, if the typed one is the only such, too.
fn only(
    typed: &[MeterMark],
    known: &[MeterMark],
    one: &MeterMark,
    same: fn(&MeterMark, &MeterMark) -> bool,
) -> Option<usize> {
    let mut found = known.iter().enumerate().filter(|(_, other)| same(one, other));
    let (index, other) = found.next()?;
    let rivals = typed.iter().filter(|rival| same(rival, other) || same_serial(rival, other)).count();
    (found.next().is_none() && rivals == 1).then_some(index)
}

fn same_serial(one: &MeterMark, other: &MeterMark) -> bool {
    let (a, b) = (bare(&one.serial), bare(&other.serial));
    !a.is_empty() && a == b && one.resource == other.resource
}

/// Two serial numbers that differ are two meters, wherever they hang: one may have replaced the other.
fn same_place(one: &MeterMark, other: &MeterMark) -> bool {
    let (a, b) = (place(&one.place), place(&other.place));
    let contradicted = !bare(&one.serial).is_empty() && !bare(&other.serial).is_empty();
    !contradicted && !a.is_empty() && a == b && one.resource == other.resource
}

/// Without what people put between digits, and without the zeros before them.
fn bare(serial: &str) -> String {
    let signs: String = serial.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    signs.trim_start_matches('0').to_owned()
}

fn place(text: &str) -> String {
    text.to_lowercase().replace('ё', "е").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "same_meter_tests.rs"]
mod tests;
