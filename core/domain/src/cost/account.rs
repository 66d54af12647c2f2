//! What a month would cost a whole account, as things stand: cold, hot, and sewage, which is both together.

use crate::{Average, Period, Resource};

use super::due::due;
use super::{Basis, MeterPast, Terms, Unknown, cost, money};

/// The bill that an account would get for a month if nothing more was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountForecast {
    /// One line a meter, then sewage.
    pub lines: Vec<ForecastLine>,
    /// The sum of the lines, each rounded once; `None` where a number is not known, or no meter is.
    pub kopecks: Option<i64>,
    /// The numbers that are not known, each once.
    pub unknown: Vec<Unknown>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastLine {
    /// The service.
    pub resource: Resource,
    /// The meter; `None` for sewage.
    pub meter_id: Option<String>,
    /// What the volume rests on; for sewage, the weakest of its parts.
    pub basis: Basis,
    /// How much, exact; `None` where the norm is not known.
    pub volume: Option<Average>,
    /// What it costs, rounded once; `None` where a number is not known.
    pub kopecks: Option<i64>,
}

/// What a month would cost: meters that were read by their reading, the others by the average or the norm.
///
/// Each meter without an average is charged the norm of everybody, as the utility's server does it. Without water
/// there is no sewage.
#[must_use]
pub fn forecast_account(meters: &[MeterPast], period: Period, terms: &Terms) -> AccountForecast {
    let mut unknown = Vec::new();
    let mut lines = Vec::new();
    for meter in meters {
        let due = due(meter, meter.verified_until, period, terms);
        unknown.extend(due.volume.err());
        let id = Some(meter.id.clone());
        lines.push(line(meter.resource, id, due.basis, due.volume.ok(), period, terms, &mut unknown));
    }
    if let Some(basis) = lines.iter().map(|line| line.basis).max() {
        let volumes: Option<Vec<Average>> = lines.iter().map(|line| line.volume).collect();
        let volume = volumes.and_then(|v| v.into_iter().reduce(Average::plus));
        lines.push(line(Resource::Sewage, None, basis, volume, period, terms, &mut unknown));
    }
    let mut once = Vec::new();
    for one in unknown {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    let kopecks: Option<Vec<i64>> = lines.iter().map(|line| line.kopecks).collect();
    let kopecks = kopecks.filter(|lines| !lines.is_empty()).map(money::sum);
    AccountForecast { lines, kopecks, unknown: once }
}

fn line(
    resource: Resource,
    meter_id: Option<String>,
    basis: Basis,
    volume: Option<Average>,
    period: Period,
    terms: &Terms,
    unknown: &mut Vec<Unknown>,
) -> ForecastLine {
    let tariff = terms.tariff(resource, period);
    unknown.extend(tariff.err());
    let kopecks = volume.zip(tariff.ok()).map(|(volume, tariff)| cost(volume, tariff));
    ForecastLine { resource, meter_id, basis, volume, kopecks }
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
