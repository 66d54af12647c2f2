//! What a line of a bill is about.

use crate::{ChargeLine, Resource};

use super::{Basis, MeterPast};

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A benefit or a recalculation.
    Given,
    /// A basis that nobody here has heard of.
    UnknownBasis,
    /// A second line for the same thing.
    Again,
    /// Sewage.
    Sewage,
    /// Water, and its meter where it is known.
    Water { resource: Resource, basis: Basis, meter: Option<&'a MeterPast> },
    /// A use of nobody knows what.
    Nameless,
}

/// What each line of a bill is about.
pub(super) fn kinds<'a>(lines: &[ChargeLine], meters: &'a [MeterPast]) -> Vec<Kind<'a>> {
    let kind = |(i, line)| kind(line, lines.iter().take(i), meters);
    lines.iter().enumerate().map(kind).collect()
}

fn kind<'a, 'l>(
    line: &ChargeLine,
    mut before: impl Iterator<Item = &'l ChargeLine>,
    meters: &'a [MeterPast],
) -> Kind<'a> {
    let Some(basis) = Basis::from_code(&line.basis) else {
        let given = matches!(line.basis.as_str(), "benefit" | "recalculation");
        return if given { Kind::Given } else { Kind::UnknownBasis };
    };
    let about_the_same = |other: &ChargeLine| {
        (other.resource, &other.meter_id) == (line.resource, &line.meter_id)
            && Basis::from_code(&other.basis).is_some()
    };
    if before.any(about_the_same) {
        return Kind::Again;
    }
    match line.resource {
        None => Kind::Nameless,
        Some(Resource::Sewage) => Kind::Sewage,
        Some(resource @ (Resource::ColdWater | Resource::HotWater)) => {
            Kind::Water { resource, basis, meter: meter_of(line, resource, meters) }
        }
    }
}

/// The meter that a line names, or the only one that it can mean.
fn meter_of<'a>(line: &ChargeLine, resource: Resource, meters: &'a [MeterPast]) -> Option<&'a MeterPast> {
    if let Some(id) = &line.meter_id {
        return meters.iter().find(|meter| meter.id == *id);
    }
    let mut fitting = meters.iter().filter(|meter| meter.resource == resource);
    fitting.next().filter(|_| fitting.next().is_none())
}
