//! Use month by month.

use std::iter::successors;

use crate::{Average, Dial, Period, Source};

use super::stretch::{Stretch, stretches};
use super::{Point, UseKind, standing};

/// What was used in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthUse {
    /// The month.
    pub period: Period,
    /// Exact: the use of a stretch of months, divided by their number. Below zero where a value was taken back.
    pub used: Average,
    /// What it rests on.
    pub kind: UseKind,
    /// The source of the month's own value: for a missed month what the utility charged by, even after a later
    /// reading has closed the gap; `None` where nobody has said anything about the month.
    pub source: Option<Source>,
}

/// The use of every month after the first known value, up to the last, the oldest first.
///
/// The months' uses add up to the last value minus the first, plus `10^whole` for every turn of the dial and plus
/// the final value minus the new initial one for every replaced meter, exactly.
#[must_use]
pub fn use_by_month(points: &[Point], dial: Dial) -> Vec<MonthUse> {
    let standing = standing(points);
    stretches(points, dial).iter().flat_map(|stretch| months(stretch, &standing)).collect()
}

/// The use of one month; `None` outside of what is known.
pub(super) fn use_of(period: Period, stretches: &[Stretch<'_>], standing: &[&Point]) -> Option<MonthUse> {
    stretches.iter().find(|stretch| stretch.holds(period)).map(|stretch| month(period, stretch, standing))
}

fn months(stretch: &Stretch<'_>, standing: &[&Point]) -> Vec<MonthUse> {
    successors(Some(stretch.from.period.next()), |period| Some(period.next()))
        .take_while(|period| stretch.holds(*period))
        .map(|period| month(period, stretch, standing))
        .collect()
}

fn month(period: Period, stretch: &Stretch<'_>, standing: &[&Point]) -> MonthUse {
    let own = standing.binary_search_by_key(&period, |p| p.period).ok().and_then(|i| standing.get(i));
    MonthUse { period, used: stretch.used(), kind: stretch.kind(), source: own.map(|p| p.source) }
}

#[cfg(test)]
#[path = "months_tests.rs"]
mod tests;
