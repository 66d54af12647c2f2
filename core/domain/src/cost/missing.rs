//! Meters that a bill forgot.

use crate::{Average, ChargeLine, Period};

use super::due::due;
use super::kind::Kind;
use super::{Basis, LineFinding, LineVerdict, MeterPast, Terms, Why, cost};

/// A line for each meter whose reading the utility has and that no line can mean.
pub(super) fn missing_lines(
    kinds: &[Kind<'_>],
    meters: &[MeterPast],
    period: Period,
    terms: &Terms,
) -> Vec<LineVerdict> {
    let forgotten = meters.iter().filter(|meter| !kinds.iter().any(|kind| may_mean(kind, meter)));
    forgotten.filter_map(|meter| missing_line(meter, period, terms)).collect()
}

fn may_mean(kind: &Kind<'_>, meter: &MeterPast) -> bool {
    match kind {
        Kind::Water { meter: Some(named), .. } => named.id == meter.id,
        Kind::Water { meter: None, resource, .. } => *resource == meter.resource,
        Kind::UnknownBasis | Kind::Nameless => true,
        Kind::Given | Kind::Again | Kind::Sewage => false,
    }
}

fn missing_line(meter: &MeterPast, period: Period, terms: &Terms) -> Option<LineVerdict> {
    let due = due(meter, meter.verified_until, period, terms);
    let reading = due.reading?;
    let tariff = terms.tariff(meter.resource, period);
    let unknown = [due.volume.err(), tariff.err()].into_iter().flatten();
    let amount = due.volume.ok().zip(tariff.ok()).map(|(volume, tariff)| cost(volume, tariff));
    let volume = match due.basis {
        Basis::Meter => due.volume.ok().map(Average::total),
        Basis::Average | Basis::Norm => due.volume.ok().map(|volume| volume.rounded_to(terms.places)),
    };
    Some(LineVerdict {
        line: ChargeLine {
            resource: Some(meter.resource),
            meter_id: Some(meter.id.clone()),
            basis: due.basis.code().to_owned(),
            from_value: due.from.map(|p| p.value),
            to_value: Some(reading.value),
            ..ChargeLine::default()
        },
        expected_kopecks: amount,
        expected_volume: volume,
        expected_tariff_kopecks: tariff.ok(),
        difference_kopecks: amount.map_or(0, |amount| 0_i64.saturating_sub(amount)),
        finding: LineFinding::Differs,
        why: std::iter::once(Why::MissingLine).chain(unknown.map(|what| Why::NotKnown { what })).collect(),
    })
}
