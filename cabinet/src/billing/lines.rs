//! The lines of one account's month: a reading's use, an average, or the norm.
//!
//! Volumes are rounded before they are priced, once and half up, to the decimal places that the utility takes: a
//! line's volume times its tariff is then its amount, and a resident can check it. An average or a norm is also
//! written as a reading of its own source, so that the next reading off the dial is charged from there, and what
//! was estimated too high is given back.

use chrono::{DateTime, Utc};

use crate::auth::new_id;
use crate::config::Rules;
use crate::domain::{Basis, Period, Resource, Source, Status, Volume};
use crate::error::Broken;
use crate::history::History;
use crate::records::{Account, ChargeLine, Kept, Meter, Reading};
use crate::storage::Tx;

/// Decree 354, item 59: a missed month goes by the average for so many months in a row, then by the norm.
const AVERAGES_IN_A_ROW: usize = 3;

/// Everything that goes into one account's month.
struct Month<'a> {
    tx: &'a Tx<'a>,
    rules: &'a Rules,
    account: &'a Account,
    period: Period,
    now: DateTime<Utc>,
}

/// The month's lines: one a meter, and one for sewage, which is cold and hot together.
pub fn charge_lines(
    tx: &Tx,
    rules: &Rules,
    account: &Account,
    period: Period,
    now: DateTime<Utc>,
) -> Result<Vec<ChargeLine>, Broken> {
    let month = Month { tx, rules, account, period, now };
    let meters = tx.books().meters(&account.id)?;
    let mut lines = meters
        .iter()
        .filter(|meter| !meter.archived)
        .map(|meter| month.meter_line(meter))
        .collect::<Result<Vec<_>, Broken>>()?;
    if let Some(basis) =
        lines.iter().map(|line| line.basis).max_by_key(|basis| distance_from_the_dial(*basis))
    {
        let volume = lines.iter().map(|line| line.volume).sum();
        lines.push(month.line(Resource::Sewage, basis, volume));
    }
    Ok(lines)
}

impl Month<'_> {
    fn meter_line(&self, meter: &Meter) -> Result<ChargeLine, Broken> {
        let history = History::before(self.tx, meter, self.period)?;
        match self.tx.reading_of(&meter.id, self.period)? {
            Some(reading) => self.line_from_reading(meter, &history, &reading),
            None => self.line_without_reading(meter, &history),
        }
    }

    /// The first reading of a meter has nothing to be compared with: it opens the history, the month goes by norm.
    fn line_from_reading(
        &self,
        meter: &Meter,
        history: &History,
        reading: &Reading,
    ) -> Result<ChargeLine, Broken> {
        self.tx.set_reading_status(&reading.id, Status::Accounted)?;
        let (basis, volume) = match history.use_since_last(reading) {
            Some(used) => (Basis::Meter, used),
            None => (Basis::Norm, self.norm(meter)),
        };
        Ok(ChargeLine {
            meter_id: Some(meter.id.clone()),
            reading_id: Some(reading.id.clone()),
            from_value: history.last().map(|last| last.value),
            to_value: Some(reading.value),
            ..self.line(meter.resource, basis, volume)
        })
    }

    fn line_without_reading(&self, meter: &Meter, history: &History) -> Result<ChargeLine, Broken> {
        let mean = history.mean_use().filter(|_| history.missed_in_a_row() < AVERAGES_IN_A_ROW);
        let (basis, source, volume) = match mean {
            Some(mean) => {
                let volume = mean.total.scaled(1, i64::from(mean.months), self.rules.readings.places);
                (Basis::Average, Source::Estimated, volume)
            }
            None => (Basis::Norm, Source::Norm, self.norm(meter)),
        };
        let line =
            ChargeLine { meter_id: Some(meter.id.clone()), ..self.line(meter.resource, basis, volume) };
        let Some(last) = history.last() else { return Ok(line) };
        let reading = self.estimate(meter, last.value + volume, source)?;
        self.tx.add_reading(&reading)?;
        Ok(ChargeLine {
            reading_id: Some(reading.id),
            from_value: Some(last.value),
            to_value: Some(reading.value),
            ..line
        })
    }

    fn estimate(&self, meter: &Meter, value: Volume, source: Source) -> Result<Reading, Broken> {
        let end = Volume::dial_end(meter.digits.whole);
        let rollover = value >= end;
        Ok(Reading {
            id: new_id()?,
            meter_id: meter.id.clone(),
            period: self.period,
            value: if rollover { value - end } else { value },
            rollover,
            replacement: None,
            taken_at: None,
            received_at: self.now,
            source,
            status: Status::Accounted,
            receipt: None,
            client_item_id: None,
            sent_at: None,
            kept: Kept::without_evidence(self.account.id.clone(), self.period),
        })
    }

    fn norm(&self, meter: &Meter) -> Volume {
        let per_head = match meter.resource {
            Resource::ColdWater => self.rules.norms.cold_water,
            Resource::HotWater => self.rules.norms.hot_water,
            Resource::Sewage => Volume::ZERO,
        };
        per_head.scaled(self.account.people, 1, self.rules.readings.places)
    }

    fn line(&self, resource: Resource, basis: Basis, volume: Volume) -> ChargeLine {
        let tariff_kopecks = self.rules.tariffs.of(resource);
        ChargeLine {
            resource: Some(resource),
            meter_id: None,
            reading_id: None,
            basis,
            from_value: None,
            to_value: None,
            volume,
            tariff_kopecks,
            amount_kopecks: volume.cost(tariff_kopecks),
            note: None,
        }
    }
}

/// Sewage rests on the weakest of what it is the sum of.
const fn distance_from_the_dial(basis: Basis) -> u8 {
    match basis {
        Basis::Meter | Basis::Benefit | Basis::Recalculation => 0,
        Basis::Average => 1,
        Basis::Norm => 2,
    }
}
