//! The use between two values of a dial.

use crate::exact::saturated;
use crate::{Average, Dial, Period, Source, Volume};

use super::{Point, standing};

/// What the use of a month rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseKind {
    /// Read off the dial in this month and in the one before.
    Metered,
    /// One of several months between two readings: their use, spread evenly.
    Spread,
    /// The utility's average, or use counted from one.
    Estimated,
    /// The utility's norm, or use counted from one.
    Norm,
}

/// How often the dial went over its end between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turns {
    /// As often as the later value claims.
    AsClaimed,
    /// Not at all, whatever it claims: what it is counted from has made the turn already.
    None,
}

/// The use between two values: below zero where the dial went back and nobody said why.
///
/// A volume that does not fit becomes the largest that does; values that can be read off a dial are far from it.
pub(crate) fn used_between(from: &Point, to: &Point, dial: Dial, turns: Turns) -> Volume {
    let raw = |volume: Volume| i128::from(volume.ten_thousandths());
    let replaced = to.replaced.map_or(0, |r| raw(r.final_value) - raw(r.initial_value));
    let turned = if to.rolled_over && turns == Turns::AsClaimed { dial_end(dial) } else { 0 };
    Volume::from_ten_thousandths(saturated(raw(to.value) - raw(from.value) + replaced + turned))
}

/// What a dial that shows all nines is one unit short of, in ten-thousandths.
fn dial_end(dial: Dial) -> i128 {
    10_i128.pow(u32::from(dial.whole()) + 4)
}

/// The months after one value that stands, up to and including the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) from: &'a Point,
    pub(super) to: &'a Point,
    dial: Dial,
}

impl Stretch<'_> {
    /// The use in each of its months, exact.
    pub(super) fn used(&self) -> Average {
        let used = used_between(self.from, self.to, self.dial, Turns::AsClaimed);
        Average::over(used, self.to.period.months_since(self.from.period)).unwrap_or(used.into())
    }

    pub(super) fn holds(&self, period: Period) -> bool {
        self.from.period < period && period <= self.to.period
    }

    pub(super) fn kind(&self) -> UseKind {
        let sources = [self.from.source, self.to.source];
        if sources.contains(&Source::Norm) {
            UseKind::Norm
        } else if sources.contains(&Source::Estimated) {
            UseKind::Estimated
        } else if self.used().months() > 1 {
            UseKind::Spread
        } else {
            UseKind::Metered
        }
    }
}

/// The stretches of a past, the oldest first.
///
/// A guess ends a stretch only until a later reading closes the gap. A past that begins with a guess begins there:
/// the utility counts from it, and the first stretch says that it rests on it.
pub(super) fn stretches(points: &[Point], dial: Dial) -> Vec<Stretch<'_>> {
    let standing = standing(points);
    let last_read = standing.iter().rposition(|p| p.source.is_actual());
    let ends: Vec<&Point> = standing
        .iter()
        .enumerate()
        .filter(|(i, p)| *i == 0 || p.source.is_actual() || last_read.is_none_or(|last| *i > last))
        .map(|(_, p)| *p)
        .collect();
    ends.iter().zip(ends.iter().skip(1)).map(|(from, to)| Stretch { from, to, dial }).collect()
}
