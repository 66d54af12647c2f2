//! The past as it is shown: bars of months, and the list of values.

use crate::{Average, Dial, Period, Replacement, Source, Volume};

use super::months::use_of;
use super::stretch::stretches;
use super::{Point, UseKind, standing};

/// More months than a chart of this kind shows on any screen.
const MOST_BARS: i32 = 120;

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartPoint {
    /// The month.
    pub period: Period,
    /// Its use to ten-thousandths of a unit, rounded once: the height. `None` where nothing is known.
    pub used: Option<Volume>,
    /// Its use to whole units, rounded once from the exact one: the number on top.
    pub units: Option<Volume>,
    /// What it rests on.
    pub kind: Option<UseKind>,
    /// Drawn hatched: the month's own use was not read off the dial, only worked out or spread.
    pub hatched: bool,
}

/// One value of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedReading {
    /// The month that it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// Who says so.
    pub source: Source,
    /// The month's use, exact; `None` for the first known value.
    pub used: Option<Average>,
    /// What the use rests on.
    pub kind: Option<UseKind>,
    /// The dial went over its end.
    pub rolled_over: bool,
    /// The meter was replaced.
    pub replaced: Option<Replacement>,
}

/// The bars of so many months (up to 120) that end with `last`, the oldest first.
#[must_use]
pub fn chart(points: &[Point], dial: Dial, last: Period, months: i32) -> Vec<ChartPoint> {
    let (stretches, standing) = (stretches(points, dial), standing(points));
    let months = u32::try_from(months.min(MOST_BARS)).unwrap_or(0);
    (0..months)
        .rev()
        .map(|back| {
            let period = last.months_back(back);
            let month = use_of(period, &stretches, &standing);
            ChartPoint {
                period,
                used: month.map(|m| m.used.rounded()),
                units: month.map(|m| m.used.rounded_to_units()),
                kind: month.map(|m| m.kind),
                hatched: month.is_some_and(|m| m.kind != UseKind::Metered),
            }
        })
        .collect()
}

/// Every value that stands, the newest first.
#[must_use]
pub fn list(points: &[Point], dial: Dial) -> Vec<ListedReading> {
    let (stretches, standing) = (stretches(points, dial), standing(points));
    let listed = |p: &&Point| {
        let month = use_of(p.period, &stretches, &standing);
        ListedReading {
            period: p.period,
            value: p.value,
            source: p.source,
            used: month.map(|m| m.used),
            kind: month.map(|m| m.kind),
            rolled_over: p.rolled_over,
            replaced: p.replaced,
        }
    };
    standing.iter().rev().map(listed).collect()
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;
