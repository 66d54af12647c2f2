//! Meters and terms to test with. The prices are invented.

use crate::history::Point;
use crate::history::fixtures::{dial, period, point, volume};
use crate::{ChargeLine, MissRules, Norm, Resource, Tariff};

use super::{ChargeToCheck, LineVerdict, MeterPast, Terms, check_charge};

pub(crate) const COLD: Resource = Resource::ColdWater;
pub(crate) const HOT: Resource = Resource::HotWater;
pub(crate) const SEWAGE: Resource = Resource::Sewage;

pub(crate) fn tariff(resource: Resource, from: Option<&str>, kopecks: i64) -> Tariff {
    Tariff { resource, from: from.map(|day| day.parse().unwrap()), until: None, kopecks }
}

/// Cold 38.40, hot 113.06, sewage 24.90; norms 4.5 and 3 m³ a head; two people; whole units.
pub(crate) fn terms() -> Terms {
    let norm = |resource, units| Norm { resource, from: None, volume: volume(units) };
    Terms {
        miss: MissRules::default(),
        tariffs: vec![tariff(COLD, None, 3_840), tariff(HOT, None, 11_306), tariff(SEWAGE, None, 2_490)],
        norms: vec![norm(COLD, "4.5"), norm(HOT, "3")],
        residents: Some(2),
        places: 0,
    }
}

/// A meter that never expires; its id is its resource's code.
pub(crate) fn meter(resource: Resource, points: Vec<Point>) -> MeterPast {
    MeterPast { id: resource.code().to_owned(), resource, dial: dial(), points, verified_until: None }
}

/// Readings of so many months in a row that end with `last`: `used` a month, up to `value`.
pub(crate) fn readings(last: &str, count: u32, used: i64, value: i64) -> Vec<Point> {
    let last = period(last);
    (0..count)
        .rev()
        .map(|back| point(&last.months_back(back).to_string(), value - i64::from(back) * used))
        .collect()
}

/// A line that the utility worked out right from its own numbers.
pub(crate) fn line(resource: Resource, basis: &str, units: &str, tariff_kopecks: i64) -> ChargeLine {
    ChargeLine {
        resource: Some(resource),
        meter_id: (resource != SEWAGE).then(|| resource.code().to_owned()),
        basis: basis.to_owned(),
        volume: volume(units),
        tariff_kopecks,
        amount_kopecks: super::cost(volume(units), tariff_kopecks),
        ..ChargeLine::default()
    }
}

/// October's bill, its total the sum of its lines.
pub(crate) fn bill(lines: Vec<ChargeLine>) -> ChargeToCheck {
    let total_kopecks = lines.iter().map(|line| line.amount_kopecks).sum();
    ChargeToCheck { period: period("2026-10"), lines, total_kopecks }
}

/// Cold 119 → 123, hot 48 → 50, both read every month.
pub(crate) fn meters() -> Vec<MeterPast> {
    vec![meter(COLD, readings("2026-10", 8, 4, 123)), meter(HOT, readings("2026-10", 8, 2, 50))]
}

pub(crate) fn ends(line: ChargeLine, from: &str, to: &str) -> ChargeLine {
    ChargeLine { from_value: Some(volume(from)), to_value: Some(volume(to)), ..line }
}

/// The right line of the cold meter.
pub(crate) fn cold() -> ChargeLine {
    ends(line(COLD, "meter", "4", 3_840), "119", "123")
}

/// The verdict on October's bill of one cold line, against one cold meter.
pub(crate) fn cold_verdict(line: ChargeLine, points: Vec<Point>) -> LineVerdict {
    let verdict = check_charge(&bill(vec![line]), &[meter(COLD, points)], &terms());
    verdict.lines.into_iter().next().unwrap()
}
