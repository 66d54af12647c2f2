//! A bill checked: every line against the readings and the terms, sewage against the water, the total against all.
//!
//! Benefits and recalculations are taken as given, with any sign. Sewage that is not on the bill is not missed: not
//! every house has it. What is not known on the phone makes a doubt and never a difference: nobody is accused of
//! what nobody can show.

use crate::{ChargeLine, Period, Resource, Volume};

use super::kind::{Kind, kinds};
use super::line::{VolumeCheck, judged, unjudged, volume_by_meter, volume_by_norm};
use super::missing::missing_lines;
use super::sewage::{volume_by_water, water};
use super::verdict::conclude;
use super::{Basis, ChargeToCheck, ChargeVerdict, LineVerdict, MeterPast, Terms, Why};

/// Checks a month's charges. The meters' points are what the utility has acknowledged, the month's included.
#[must_use]
pub fn check_charge(charge: &ChargeToCheck, meters: &[MeterPast], terms: &Terms) -> ChargeVerdict {
    let (period, kinds) = (charge.period, kinds(&charge.lines, meters));
    let missing = missing_lines(&kinds, meters, period, terms);
    let checked: Vec<Option<LineVerdict>> =
        charge.lines.iter().zip(&kinds).map(|(line, kind)| check(line, *kind, period, terms)).collect();
    let water = water(checked.iter().flatten().chain(&missing));
    let sewage = |line: &ChargeLine| {
        judged(line, volume_by_water(line, water.as_ref()), terms.tariff(Resource::Sewage, period))
    };
    let lines =
        charge.lines.iter().zip(checked).map(|(line, verdict)| verdict.unwrap_or_else(|| sewage(line)));
    conclude(charge, lines.chain(missing.iter().cloned()).collect())
}

/// The verdict on a line that does not rest on others; `None` for sewage, which does.
fn check(line: &ChargeLine, kind: Kind<'_>, period: Period, terms: &Terms) -> Option<LineVerdict> {
    match kind {
        Kind::Sewage => None,
        Kind::Given => Some(unjudged(line, Some(line.amount_kopecks), None, Vec::new())),
        Kind::Again => Some(unjudged(line, Some(0), Some(Volume::default()), vec![Why::ChargedTwice])),
        Kind::UnknownBasis => {
            let why = Why::UnknownBasis { code: line.basis.clone() };
            Some(unjudged(line, None, None, vec![why]))
        }
        Kind::Nameless => Some(unjudged(line, None, None, vec![Why::UnknownMeter])),
        Kind::Water { resource, basis, meter } => {
            let volume = match meter {
                Some(meter) => volume_by_meter(line, basis, meter, period, terms),
                None if basis == Basis::Norm && line.meter_id.is_none() => {
                    volume_by_norm(line, resource, period, terms)
                }
                None => VolumeCheck { expected: None, why: vec![Why::UnknownMeter] },
            };
            Some(judged(line, volume, terms.tariff(resource, period)))
        }
    }
}

#[cfg(test)]
#[path = "bill_tests.rs"]
mod tests;
