//! What missing this month would cost, for one meter.

use crate::{Average, Instant, Period, Volume};

use super::due::{Miss, missed};
use super::{Basis, MeterPast, Terms, Unknown, cost};

/// What becomes of a month that nobody hands a reading in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissForecast {
    /// Months missed in a row just before it.
    pub missed_before: i32,
    /// The verification has run out: handing a reading in changes nothing.
    pub verification_expired: bool,
    /// The average or the norm.
    pub basis: Basis,
    /// The first month of this row of misses that goes by the norm, if nothing is done; this month or an earlier
    /// one where the basis is the norm already; `None` for never.
    pub norm_from: Option<Period>,
    /// How much would be charged, exact; `None` where the norm is not known.
    pub volume: Option<Average>,
    /// What it would cost, rounded once; `None` where a number is not known.
    pub kopecks: Option<i64>,
    /// The numbers that are not known.
    pub unknown: Vec<Unknown>,
}

impl MissForecast {
    /// The volume to whole units, for «около 4 м³».
    #[must_use]
    pub fn about(&self) -> Option<Volume> {
        self.volume.map(Average::rounded_to_units)
    }
}

/// What becomes of `period` if it is missed. `taken_at` is when a reading of it would be taken: now, or when the
/// window is about to close.
#[must_use]
pub fn forecast(meter: &MeterPast, period: Period, taken_at: Instant, terms: &Terms) -> MissForecast {
    let Miss { missed_before, average, by_average, norm_from } = missed(meter, period, terms);
    let (basis, volume) = match average.filter(|_| by_average) {
        Some(average) => (Basis::Average, Ok(average)),
        None => (Basis::Norm, terms.norm(meter.resource, period)),
    };
    let tariff = terms.tariff(meter.resource, period);
    MissForecast {
        missed_before,
        verification_expired: meter.verified_until.is_some_and(|until| until <= taken_at),
        basis,
        norm_from,
        volume: volume.ok(),
        kopecks: volume.ok().zip(tariff.ok()).map(|(volume, tariff)| cost(volume, tariff)),
        unknown: [volume.err(), tariff.err()].into_iter().flatten().collect(),
    }
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
