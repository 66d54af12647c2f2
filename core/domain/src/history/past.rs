//! What a new value is compared with, and the average of the decree.

use crate::{Average, Dial, Instant, MissRules, Past, Period, Volume};

use super::stretch::{Turns, used_between};
use super::{Point, standing_before};

/// What a new value for `period` is compared with.
#[must_use]
pub fn past(points: &[Point], dial: Dial, period: Period, rules: &MissRules) -> Past {
    let readings = readings_before(points, period, None);
    let last = readings.last();
    Past {
        last: last.map(|p| p.value),
        months: last.map_or(0, |p| period.months_since(p.period)),
        usual: usual_of(&readings, dial, rules),
    }
}

/// The average use of a month, from the readings of the months before `period` that were taken before
/// `verified_until` (decree 354, item 59).
///
/// It ends with the newest reading and begins with the newest that lies at least [`MissRules::average_months`]
/// before that one: the shortest span that the decree allows, and the one that is nearest to how the flat lives now.
/// Where no reading lies so far back, it begins with the oldest, if that lies at least
/// [`MissRules::fewest_months`] back; else there is no average. Nor is there one below zero, which only a utility's
/// correction can make. A replaced meter does not begin a new span: the flat is the same (unverified).
#[must_use]
pub fn usual_before(
    points: &[Point],
    dial: Dial,
    period: Period,
    rules: &MissRules,
    verified_until: Option<Instant>,
) -> Option<Average> {
    usual_of(&readings_before(points, period, verified_until), dial, rules)
}

fn readings_before(points: &[Point], period: Period, verified_until: Option<Instant>) -> Vec<&Point> {
    let mut readings = standing_before(points, period);
    readings.retain(|p| p.counts(verified_until));
    readings
}

fn usual_of(readings: &[&Point], dial: Dial, rules: &MissRules) -> Option<Average> {
    let newest = readings.last()?.period;
    let far_enough = |p: &&Point| newest.months_since(p.period) >= rules.average_months;
    let start = readings.iter().rposition(far_enough).unwrap_or(0);
    let span = readings.get(start..)?;
    let months = newest.months_since(span.first()?.period);
    let total = span
        .iter()
        .zip(span.iter().skip(1))
        .map(|(from, to)| used_between(from, to, dial, Turns::AsClaimed))
        .fold(Average::from(Volume::default()), |sum, used| sum.plus(used.into()))
        .total();
    Average::over(total, months).filter(|_| months >= rules.fewest_months && !total.is_negative())
}

#[cfg(test)]
#[path = "past_tests.rs"]
mod tests;
