//! What a meter's month is to be charged by: its reading, the average, or the norm.
//!
//! Decree 354, items 59 and 60: a month without a reading goes by the average of those before it, for at most three
//! months in a row, and then by the norm (seen). A meter whose verification has run out fares the same: its readings
//! no longer count, so every month is a missed one (seen).
//!
//! The factor of 1.5 on the norm is not applied: it is for a meter that expired or broke long ago and for refused
//! access, at the utility's discretion, never for a plain miss (seen in part).

use chrono::Months;

use crate::history::{Point, Turns, standing_before, standing_of, used_between, usual_before};
use crate::{Average, Instant, Period};

use super::{MeterPast, Terms, Unknown};

/// What a volume rests on; the later, the farther from the dial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A reading.
    Meter,
    /// The average.
    Average,
    /// The norm.
    Norm,
}

impl Basis {
    /// The basis of a code of the contract; `None` for one that is not about use.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "meter" => Some(Self::Meter),
            "average" => Some(Self::Average),
            "norm" => Some(Self::Norm),
            _ => None,
        }
    }

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Meter => "meter",
            Self::Average => "average",
            Self::Norm => "norm",
        }
    }
}

/// What a month without a reading goes by.
pub(super) struct Miss {
    /// Months missed in a row just before it.
    pub(super) missed_before: i32,
    /// The average, whether this month goes by it or not.
    pub(super) average: Option<Average>,
    /// This month goes by the average, and not by the norm.
    pub(super) by_average: bool,
    /// The first month of this row that goes by the norm, if nothing is done; `None` for never.
    pub(super) norm_from: Option<Period>,
}

/// What a month goes by if it is missed.
pub(super) fn missed(meter: &MeterPast, period: Period, terms: &Terms) -> Miss {
    let before = standing_before(&meter.points, period);
    let last_read = before.iter().rfind(|p| p.counts(meter.verified_until));
    let row_begins =
        last_read.map(|p| p.period.next()).or(before.first().map(|p| p.period)).unwrap_or(period);
    let missed_before = period.months_since(row_begins);
    let average = usual_before(&meter.points, meter.dial, period, &terms.miss, meter.verified_until);
    let by_average = if average.is_some() { terms.miss.periods_by_average.max(0) } else { 0 };
    Miss {
        missed_before,
        average,
        by_average: missed_before < by_average,
        norm_from: row_begins
            .first_day()
            .checked_add_months(Months::new(by_average.unsigned_abs()))
            .map(Period::of),
    }
}

/// What a month is to be charged by, and how much that is.
pub(super) struct Due<'a> {
    pub(super) basis: Basis,
    pub(super) volume: Result<Average, Unknown>,
    /// The value that it is counted from, whoever made it.
    pub(super) from: Option<&'a Point>,
    /// The month's reading off the dial.
    pub(super) reading: Option<&'a Point>,
}

/// What a month is to be charged by. The first reading of a meter has nothing to be compared with: it opens the
/// past, and the month goes as if it were missed. A reading counts that was taken before `verified_until`.
pub(super) fn due<'a>(
    meter: &'a MeterPast,
    verified_until: Option<Instant>,
    period: Period,
    terms: &Terms,
) -> Due<'a> {
    let before = standing_before(&meter.points, period);
    let from = before.last().copied();
    let reading = standing_of(&meter.points, period).filter(|p| p.counts(verified_until));
    let (basis, volume) = match (from, reading) {
        (Some(from), Some(to)) => {
            let used = used_between(from, to, meter.dial, turns(&before));
            (Basis::Meter, Ok(used.into()))
        }
        (None, _) | (_, None) => match missed(meter, period, terms) {
            Miss { average: Some(average), by_average: true, .. } => (Basis::Average, Ok(average)),
            Miss { .. } => (Basis::Norm, terms.norm(meter.resource, period)),
        },
    };
    Due { basis, volume, from, reading }
}

/// Readings are charged from whatever was charged last, a guess too. A guess that went over the end of the dial has
/// made the turn that the next reading claims: it shows less than the reading that it was worked out from.
fn turns(before: &[&Point]) -> Turns {
    let read = before.iter().rposition(|p| p.source.is_actual());
    let guesses = before.get(read.map_or(0, |i| i + 1)..).unwrap_or_default();
    let last_read = read.and_then(|i| before.get(i));
    let went_back = |guess: &&Point| last_read.is_some_and(|read| guess.value < read.value);
    if guesses.iter().any(|guess| guess.rolled_over || went_back(guess)) {
        Turns::None
    } else {
        Turns::AsClaimed
    }
}

#[cfg(test)]
#[path = "due_tests.rs"]
mod tests;
