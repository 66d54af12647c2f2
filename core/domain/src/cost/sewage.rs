//! Sewage: what came in as cold and hot water goes out.

use crate::exact::saturated;
use crate::{ChargeLine, Resource, Volume};

use super::line::{VolumeCheck, volume_differs};
use super::{LineVerdict, Why};

/// The water of a bill.
pub(super) struct Water {
    /// By its lines.
    charged: Volume,
    /// As it should be; a line of which nobody can tell is taken as it is.
    expected: Volume,
}

/// The water of a bill; `None` without any.
pub(super) fn water<'a>(lines: impl Iterator<Item = &'a LineVerdict>) -> Option<Water> {
    let water: Vec<&LineVerdict> = lines
        .filter(|l| matches!(l.line.resource, Some(Resource::ColdWater | Resource::HotWater)))
        .filter(|l| !matches!(l.line.basis.as_str(), "benefit" | "recalculation"))
        .collect();
    let sum = |volume: fn(&LineVerdict) -> Volume| {
        let sum = water.iter().map(|line| i128::from(volume(line).ten_thousandths())).sum();
        Volume::from_ten_thousandths(saturated(sum))
    };
    (!water.is_empty()).then(|| Water {
        charged: sum(|line| line.line.volume),
        expected: sum(|line| line.expected_volume.unwrap_or(line.line.volume)),
    })
}

/// The volume of the sewage line. That it follows from a wrong line of water is told from that it does not even
/// follow from the bill.
pub(super) fn volume_by_water(line: &ChargeLine, water: Option<&Water>) -> VolumeCheck {
    let Some(water) = water else {
        return VolumeCheck { expected: None, why: vec![Why::NoWater] };
    };
    let why = if line.volume == water.charged {
        volume_differs(Some(water.expected), line.volume)
    } else {
        Some(Why::SewageNotTheSum { sum: water.charged, charged: line.volume })
    };
    VolumeCheck { expected: Some(water.expected), why: why.into_iter().collect() }
}
