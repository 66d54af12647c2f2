//! A bill to be checked, and what came of it.

use crate::{ChargeLine, Period, Volume};

use super::{Why, money};

/// One month's charges, as the utility gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeToCheck {
    /// The month.
    pub period: Period,
    /// Its lines.
    pub lines: Vec<ChargeLine>,
    /// The sum of the lines as the utility says it, kopecks.
    pub total_kopecks: i64,
}

/// What came of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineVerdict {
    /// The line, and with it the parts of the formula. For a missing line what it should have named: nothing is
    /// charged by it.
    pub line: ChargeLine,
    /// What should have been charged, kopecks; `None` where nobody can tell.
    pub expected_kopecks: Option<i64>,
    /// Of which volume; `None` where nobody can tell, and for sums that are taken as given.
    pub expected_volume: Option<Volume>,
    /// At which tariff, kopecks; `None` where none is known.
    pub expected_tariff_kopecks: Option<i64>,
    /// Charged minus expected: above zero where it is too much; 0 where nobody can tell. A single kopeck without a
    /// reason is another way of rounding, shown but no fault.
    pub difference_kopecks: i64,
    /// Why they differ, or why nobody can tell; empty if all is well.
    pub why: Vec<Why>,
    /// What all this comes to.
    pub finding: LineFinding,
}

/// What was found of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFinding {
    /// It was checked, and is as it should be.
    Right,
    /// Something is other than it should be.
    Differs,
    /// Nobody can tell, or it is taken as given.
    NotChecked,
}

impl LineFinding {
    pub(super) fn of(why: &[Why], expected_volume: Option<Volume>) -> Self {
        if why.iter().any(Why::is_difference) {
            Self::Differs
        } else if why.is_empty() && expected_volume.is_some() {
            Self::Right
        } else {
            Self::NotChecked
        }
    }
}

/// What came of a bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeVerdict {
    /// Line by line, in the bill's order; missing ones follow.
    pub lines: Vec<LineVerdict>,
    /// What concerns the whole bill.
    pub why: Vec<Why>,
    /// The bill's total.
    pub charged_kopecks: i64,
    /// What it should be: lines of which nobody can tell are taken as they are.
    pub expected_kopecks: i64,
    /// Charged minus expected.
    pub difference_kopecks: i64,
    /// The answer.
    pub verdict: Verdict,
}

/// Whether a bill is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All of it was checked, and no line is off by more than the kopeck of another way of rounding.
    Right,
    /// Something is other than it should be.
    Differs,
    /// Nothing was found wrong, and not all could be checked.
    CannotTell {
        /// Each reason once.
        why: Vec<Why>,
    },
}

/// The bill's answer out of its lines'.
pub(super) fn conclude(charge: &ChargeToCheck, lines: Vec<LineVerdict>) -> ChargeVerdict {
    let sum = money::sum(charge.lines.iter().map(|line| line.amount_kopecks));
    let charged = charge.total_kopecks;
    let why = if sum == charged { Vec::new() } else { vec![Why::TotalDiffers { expected: sum, charged }] };
    let expected = money::sum(lines.iter().map(|l| l.expected_kopecks.unwrap_or(l.line.amount_kopecks)));
    let mut doubts: Vec<Why> = Vec::new();
    let mut differs = false;
    for reason in lines.iter().flat_map(|line| &line.why).chain(&why) {
        differs |= reason.is_difference();
        if !doubts.contains(reason) {
            doubts.push(reason.clone());
        }
    }
    let verdict = match (differs, doubts.is_empty()) {
        (true, _) => Verdict::Differs,
        (false, true) => Verdict::Right,
        (false, false) => Verdict::CannotTell { why: doubts },
    };
    ChargeVerdict {
        lines,
        why,
        charged_kopecks: charged,
        expected_kopecks: expected,
        difference_kopecks: charged.saturating_sub(expected),
        verdict,
    }
}
