//! One line against what is known.

use crate::exact::saturated;
use crate::history::standing_of;
use crate::{Average, ChargeLine, Period, Resource, Volume};

use super::due::{Due, Miss, due, missed};
use super::{Basis, LineFinding, LineVerdict, MeterPast, Terms, Unknown, Why, cost};

/// The volume that a line should have, as far as anybody can tell, and the reasons met on the way.
pub(super) struct VolumeCheck {
    pub(super) expected: Option<Volume>,
    pub(super) why: Vec<Why>,
}

/// The volume of a meter's line: by its reading, the average, or the norm.
pub(super) fn volume_by_meter(
    line: &ChargeLine,
    basis: Basis,
    meter: &MeterPast,
    period: Period,
    terms: &Terms,
) -> VolumeCheck {
    // A utility that charges by the readings of an expired meter is held to them.
    let verified_until = meter.verified_until.filter(|_| basis != Basis::Meter);
    let due = due(meter, verified_until, period, terms);
    match (basis, due.basis) {
        (Basis::Meter, _) => read(line, &due),
        (Basis::Average | Basis::Norm, Basis::Meter) => guessed_though_read(line, &due),
        (Basis::Average | Basis::Norm, Basis::Average | Basis::Norm) => {
            let mut check = guessed(line, &due.volume, terms.places);
            let to = standing_of(&meter.points, period).map(|p| p.value);
            check.why.splice(0..0, ends(line, due.from.map(|p| p.value), to));
            if basis == due.basis { check } else { on_other_basis(check, basis, meter, period, terms) }
        }
    }
}

/// The volume of a line by the norm that names no meter.
pub(super) fn volume_by_norm(
    line: &ChargeLine,
    resource: Resource,
    period: Period,
    terms: &Terms,
) -> VolumeCheck {
    guessed(line, &terms.norm(resource, period), terms.places)
}

fn read(line: &ChargeLine, due: &Due<'_>) -> VolumeCheck {
    let mut why = ends(line, due.from.map(|p| p.value), due.reading.map(|p| p.value));
    let known = due.volume.ok().filter(|_| due.basis == Basis::Meter).map(Average::total);
    if known.is_none() {
        why.push(if due.reading.is_none() { Why::NoReading } else { Why::NoEarlierValue });
    }
    let expected = known.or(own_difference(line).filter(|own| *own != line.volume));
    why.extend(volume_differs(expected, line.volume));
    VolumeCheck { expected, why }
}

/// What the line's own values make, where they rise; a dial that went back needs a past to be understood.
fn own_difference(line: &ChargeLine) -> Option<Volume> {
    let (from, to) = line.from_value.zip(line.to_value)?;
    let difference = i128::from(to.ten_thousandths()) - i128::from(from.ten_thousandths());
    (difference >= 0).then(|| Volume::from_ten_thousandths(saturated(difference)))
}

/// The wrong basis with the right volume costs nobody anything.
fn guessed_though_read(line: &ChargeLine, due: &Due<'_>) -> VolumeCheck {
    let expected = due.volume.ok().map(Average::total);
    let received_at = due.reading.and_then(|p| p.received_at);
    let why = expected
        .filter(|metered| *metered != line.volume)
        .map(|metered| Why::ChargedByAverageThoughReadingWasTaken { metered, received_at });
    VolumeCheck { expected, why: why.into_iter().collect() }
}

/// An average or a norm may be rounded to the utility's places in any direction that is nearest.
fn guessed(line: &ChargeLine, exact: &Result<Average, Unknown>, places: u8) -> VolumeCheck {
    match exact {
        Err(what) => VolumeCheck { expected: None, why: vec![Why::NotKnown { what: *what }] },
        Ok(exact) => {
            let near = is_rounded(line.volume, *exact, places);
            let expected = Some(if near { line.volume } else { exact.rounded_to(places) });
            VolumeCheck { expected, why: volume_differs(expected, line.volume).into_iter().collect() }
        }
    }
}

fn is_rounded(volume: Volume, exact: Average, places: u8) -> bool {
    let months = i128::from(exact.months());
    let off = i128::from(volume.ten_thousandths()) * months - i128::from(exact.total().ten_thousandths());
    let step = 10_i128.pow(4 - u32::from(places.min(4)));
    2 * off.abs() <= step * months
}

/// Here too the wrong basis with the right volume costs nobody anything.
fn on_other_basis(
    check: VolumeCheck,
    basis: Basis,
    meter: &MeterPast,
    period: Period,
    terms: &Terms,
) -> VolumeCheck {
    let Miss { missed_before, average, by_average, .. } = missed(meter, period, terms);
    if basis == Basis::Average && average.is_none() && missed_before < terms.miss.periods_by_average {
        return VolumeCheck { expected: None, why: vec![Why::TooFewReadings] };
    }
    let VolumeCheck { expected, mut why } = check;
    let volume_is_right = expected.is_some() && !why.iter().any(|w| matches!(w, Why::VolumeDiffers { .. }));
    if !volume_is_right {
        let expected = if by_average { Basis::Average } else { Basis::Norm };
        why.insert(0, Why::BasisDiffers { expected, missed_before });
    }
    VolumeCheck { expected, why }
}

fn ends(line: &ChargeLine, from: Option<Volume>, to: Option<Volume>) -> Vec<Why> {
    let differing =
        |known: Option<Volume>, charged: Option<Volume>| known.zip(charged).filter(|(k, c)| k != c);
    let from = differing(from, line.from_value)
        .map(|(expected, charged)| Why::FromValueDiffers { expected, charged });
    let to =
        differing(to, line.to_value).map(|(expected, charged)| Why::ToValueDiffers { expected, charged });
    from.into_iter().chain(to).collect()
}

pub(super) fn volume_differs(expected: Option<Volume>, charged: Volume) -> Option<Why> {
    expected.filter(|e| *e != charged).map(|expected| Why::VolumeDiffers { expected, charged })
}

/// The verdict on a line whose volume was looked at: its tariff, its own arithmetic, its amount.
///
/// The expected amount is rounded once, half up. A utility may round otherwise: a line that is off by one kopeck
/// shows it and has no reason for it. Where a number is not known and another is wrong, the line's own number
/// stands in for the one that is not known.
pub(super) fn judged(line: &ChargeLine, volume: VolumeCheck, tariff: Result<i64, Unknown>) -> LineVerdict {
    let mut why = volume.why;
    match tariff {
        Ok(expected) if expected != line.tariff_kopecks => {
            why.push(Why::TariffDiffers { expected, charged: line.tariff_kopecks });
        }
        Ok(_) => {}
        Err(what) => why.push(Why::NotKnown { what }),
    }
    let own = cost(line.volume, line.tariff_kopecks);
    if own.abs_diff(line.amount_kopecks) > 1 {
        why.push(Why::ArithmeticDiffers { expected: own, charged: line.amount_kopecks });
    }
    let decided = why.is_empty() || why.iter().any(Why::is_difference);
    let expected =
        decided.then(|| cost(volume.expected.unwrap_or(line.volume), tariff.unwrap_or(line.tariff_kopecks)));
    LineVerdict { expected_tariff_kopecks: tariff.ok(), ..unjudged(line, expected, volume.expected, why) }
}

/// A line whose parts are not looked at: what is expected is known otherwise, or nobody can tell.
pub(super) fn unjudged(
    line: &ChargeLine,
    expected_kopecks: Option<i64>,
    expected_volume: Option<Volume>,
    why: Vec<Why>,
) -> LineVerdict {
    LineVerdict {
        line: line.clone(),
        expected_kopecks,
        expected_volume,
        expected_tariff_kopecks: None,
        difference_kopecks: expected_kopecks.map_or(0, |e| line.amount_kopecks.saturating_sub(e)),
        finding: LineFinding::of(&why, expected_volume),
        why,
    }
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
