//! The billing run of a month: by the reading, by the average, or by the norm.

use vodomer_core::domain::{ChargeLine, Instant, Period, Resource, Volume};

use super::books::{Books, Meter, Reading, Standing};
use super::past::{Past, dial_end, share};
use super::rules;

const AVERAGES_IN_A_ROW: usize = 3;
const PEOPLE: i64 = 2;

impl Books {
    /// Charges a month, if its window is over and neither it nor a later one was charged.
    pub fn bill(&mut self, period: Period, now: Instant) {
        if self.billed.is_some_and(|billed| billed >= period) || now < rules::window(period).closes {
            return;
        }
        let meters: Vec<Meter> = self.meters.iter().filter(|m| !m.archived).cloned().collect();
        let mut lines: Vec<ChargeLine> =
            meters.iter().map(|meter| self.meter_line(meter, period, now)).collect();
        let volume = lines.iter().fold(Volume::default(), |sum, line| sum.plus(line.volume));
        let weakest = ["meter", "average", "norm"];
        let place = |line: &ChargeLine| weakest.iter().position(|basis| *basis == line.basis);
        if let Some(basis) = lines.iter().max_by_key(|line| place(line)).map(|line| line.basis.clone()) {
            lines.push(line(Resource::Sewage, &basis, volume));
        }
        self.add_charge(period, lines, now);
    }

    fn meter_line(&mut self, meter: &Meter, period: Period, now: Instant) -> ChargeLine {
        let past = Past::before(self, &meter.id, meter.dial, period);
        let (last, mean) = (past.last().map(|r| r.value), past.mean());
        let mean = mean.filter(|_| past.missed() < AVERAGES_IN_A_ROW);
        let norm = Volume::from_units(if meter.resource == Resource::HotWater { 3 } else { 4 }).times(PEOPLE);
        if let Some(reading) = self.standing(&meter.id, period).cloned() {
            let (basis, volume) = past.used_by(&reading).map_or(("norm", norm), |used| ("meter", used));
            self.stand(&reading.id, Standing::Accounted);
            return ChargeLine {
                meter_id: Some(meter.id.clone()),
                reading_id: Some(reading.id),
                from_value: last,
                to_value: Some(reading.value),
                ..line(meter.resource, basis, volume)
            };
        }
        let (basis, source, volume) = match mean {
            Some(mean) => ("average", "estimated", share(mean.total, 1, mean.months)),
            None => ("norm", "norm", norm),
        };
        let line = ChargeLine { meter_id: Some(meter.id.clone()), ..line(meter.resource, basis, volume) };
        let Some(last) = last else { return line };
        let (end, id) = (dial_end(meter.dial), self.next_id());
        let value = last.plus(volume);
        let rollover = value >= end;
        let value = if rollover { value.since(end) } else { value };
        let estimate = Reading {
            source,
            rollover,
            standing: Standing::Accounted,
            ..Reading::of_the_utility(id.clone(), &meter.id, period, value, now)
        };
        self.add_reading(estimate);
        ChargeLine { reading_id: Some(id), from_value: Some(last), to_value: Some(value), ..line }
    }
}

fn line(resource: Resource, basis: &str, volume: Volume) -> ChargeLine {
    let tariff_kopecks = match resource {
        Resource::ColdWater => 1000,
        Resource::HotWater => 2000,
        Resource::Sewage => 500,
    };
    let units = volume.ten_thousandths() / Volume::from_units(1).ten_thousandths();
    ChargeLine {
        resource: Some(resource),
        basis: basis.to_owned(),
        volume,
        tariff_kopecks,
        amount_kopecks: units * tariff_kopecks,
        ..ChargeLine::default()
    }
}
