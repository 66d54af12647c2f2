//! Cases for the oracle of costs, out of a seed.

use chrono::NaiveDate;
use serde_json::{Value, json};
use vodomer_domain::{
    ChargeLine, ChargeToCheck, Dial, Instant, MeterPast, MissRules, Norm, Period, Point, Replacement,
    Resource, Source, Tariff, Terms, Volume, cost,
};

use super::cases::Cases;

/// A question that both sides answer.
pub enum Case {
    Cost { volume: Volume, months: i32, kopecks: i64 },
    History { meter: MeterPast, period: Period, miss: MissRules },
    Forecast { meters: Vec<MeterPast>, period: Period, terms: Terms },
    Bill { charge: ChargeToCheck, meters: Vec<MeterPast>, terms: Terms },
}

impl Case {
    pub fn what(&self) -> &'static str {
        match self {
            Self::Cost { .. } => "cost",
            Self::History { .. } => "history",
            Self::Forecast { .. } => "forecast",
            Self::Bill { .. } => "bill",
        }
    }

    pub fn to_json(&self) -> Value {
        let meters = |meters: &[MeterPast]| meters.iter().map(meter_json).collect::<Vec<_>>();
        let what = self.what();
        match self {
            Self::Cost { volume, months, kopecks } => {
                json!({ "what": what, "volume": volume, "months": months, "kopecks": kopecks })
            }
            Self::History { meter, period, miss } => {
                json!({ "what": what, "meter": meter_json(meter), "period": period, "miss": miss })
            }
            Self::Forecast { meters: all, period, terms } => {
                json!({ "what": what, "meters": meters(all), "period": period, "terms": terms_json(terms) })
            }
            Self::Bill { charge, meters: all, terms } => json!({
                "what": what,
                "meters": meters(all),
                "period": charge.period,
                "terms": terms_json(terms),
                "lines": charge.lines.iter().map(line_json).collect::<Vec<_>>(),
                "total": charge.total_kopecks,
            }),
        }
    }
}

fn meter_json(meter: &MeterPast) -> Value {
    let point = |p: &Point| {
        json!({
            "period": p.period,
            "value": p.value,
            "source": p.source.code(),
            "at": p.received_at.map(|at| at.timestamp()),
            "rolled_over": p.rolled_over,
            "replaced": p.replaced.map(|r| [r.final_value, r.initial_value]),
        })
    };
    json!({
        "id": meter.id,
        "resource": meter.resource.code(),
        "whole": meter.dial.whole(),
        "until": meter.verified_until.map(|at| at.timestamp()),
        "points": meter.points.iter().map(point).collect::<Vec<_>>(),
    })
}

fn terms_json(terms: &Terms) -> Value {
    json!({
        "miss": terms.miss,
        "tariffs": terms.tariffs,
        "norms": terms.norms,
        "residents": terms.residents,
        "places": terms.places,
    })
}

fn line_json(line: &ChargeLine) -> Value {
    json!({
        "resource": line.resource,
        "meter_id": line.meter_id,
        "basis": line.basis,
        "from": line.from_value,
        "to": line.to_value,
        "volume": line.volume,
        "tariff": line.tariff_kopecks,
        "amount": line.amount_kopecks,
    })
}

const WATER: [Resource; 2] = [Resource::ColdWater, Resource::HotWater];

/// Splitmix64: the same cases on every machine.
pub struct Generator(Cases);

impl Generator {
    pub fn seeded(seed: u64) -> Self {
        Self(Cases::seeded(seed))
    }

    pub fn one_of_each_kind(&mut self) -> [Case; 4] {
        let period = month(20);
        let meters = |g: &mut Self| WATER.iter().map(|resource| g.meter(*resource)).collect::<Vec<_>>();
        [
            Case::Cost {
                volume: Volume::from_ten_thousandths(self.0.between(-2_000_000, 90_000_000)),
                months: i32::try_from(self.0.between(1, 14)).unwrap(),
                kopecks: self.0.between(-50, 30_000),
            },
            Case::History { meter: self.meter(Resource::ColdWater), period, miss: self.miss() },
            Case::Forecast { meters: meters(self), period, terms: self.terms() },
            {
                let (meters, terms) = (meters(self), self.terms());
                let charge = self.charge(period, &meters, &terms);
                Case::Bill { charge, meters, terms }
            },
        ]
    }

    fn once_in(&mut self, times: i64) -> bool {
        self.0.between(1, times) == 1
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        let i = self.0.between(0, i64::try_from(all.len()).unwrap() - 1);
        all[usize::try_from(i).unwrap()].clone()
    }

    fn miss(&mut self) -> MissRules {
        if self.once_in(2) {
            return MissRules::default();
        }
        let mut number = || i32::try_from(self.0.between(0, 8)).unwrap();
        MissRules { average_months: number(), fewest_months: number(), periods_by_average: number() }
    }

    /// A past that mostly rises, month by month, with holes, corrections, guesses, turns and replacements.
    fn meter(&mut self, resource: Resource) -> MeterPast {
        let dial = Dial::new(u8::try_from(self.0.between(3, 6)).unwrap(), 3).unwrap();
        let (mut points, mut value) = (Vec::new(), self.0.between(0, 8_000_000));
        let litres = self.once_in(3);
        let orderly = self.once_in(2);
        let begins = if self.once_in(9) { 20 } else { self.0.between(0, 14) };
        let ends = if orderly { 20 } else { self.0.between(14, 20) };
        for index in begins..=ends {
            if self.once_in(if orderly { 12 } else { 3 }) {
                continue;
            }
            value += if litres { self.0.between(0, 90_000) } else { self.0.between(0, 9) * 10_000 };
            let point = self.point(index, value, orderly);
            value = point.value.ten_thousandths();
            if self.once_in(6) {
                let correction = value + self.0.between(-30_000, 30_000);
                points.push(self.point(index, correction, orderly));
            }
            points.insert(usize::try_from(self.0.between(0, 1)).unwrap().min(points.len()), point);
        }
        if self.once_in(8) {
            points.extend(self.turned_end(value, litres));
        }
        let until = self.once_in(if orderly { 12 } else { 4 }).then(|| self.0.between(10, 20) * 1_000);
        MeterPast {
            id: resource.code().to_owned(),
            resource,
            dial,
            points,
            verified_until: until.and_then(|seconds| Instant::from_timestamp(seconds, 0)),
        }
    }

    fn point(&mut self, index: i64, value: i64, orderly: bool) -> Point {
        let guesses = if orderly { vec![] } else { vec![Source::Estimated, Source::Norm] };
        let sources = [vec![Source::App, Source::App, Source::Sms, Source::Inspector], guesses].concat();
        let seldom = if orderly { 60 } else { 12 };
        let at = (!self.once_in(8)).then(|| index * 1_000 + self.0.between(0, 2));
        let at = at.and_then(|seconds| Instant::from_timestamp(seconds, 0));
        let rolled_over = self.once_in(seldom);
        let replaced = self.once_in(seldom).then(|| Replacement {
            final_value: Volume::from_ten_thousandths(value + self.0.between(0, 50_000)),
            initial_value: Volume::from_ten_thousandths(self.0.between(0, 50_000)),
        });
        let fresh = replaced.is_some() || rolled_over;
        Point {
            period: month(index),
            value: Volume::from_ten_thousandths(if fresh { self.0.between(0, 90_000) } else { value }),
            source: self.one_of(&sources),
            taken_at: at,
            received_at: at,
            rolled_over,
            replaced,
        }
    }

    /// The dial goes over its end about now, and an estimate may have seen it coming.
    fn turned_end(&mut self, value: i64, claimed: bool) -> [Point; 2] {
        let guessed = if self.once_in(3) { value + 20_000 } else { self.0.between(0, 90_000) };
        let mut guess = self.point(19, guessed, true);
        (guess.source, guess.value) = (Source::Estimated, Volume::from_ten_thousandths(guessed));
        let read = self.0.between(0, 90_000);
        let mut reading = self.point(20, read, true);
        reading.rolled_over |= claimed;
        [guess, reading]
    }

    fn terms(&mut self) -> Terms {
        let (mut tariffs, mut norms) = (Vec::new(), Vec::new());
        for resource in [Resource::ColdWater, Resource::HotWater, Resource::Sewage] {
            for from in [None, Some(month(15).first_day()), Some(day_in(20, 2))] {
                if !self.once_in(5) {
                    let until =
                        self.once_in(9).then(|| day_in(20, u32::try_from(self.0.between(1, 2)).unwrap()));
                    let until = until.map(|day| day.pred_opt().unwrap());
                    tariffs.push(Tariff { resource, from, until, kopecks: self.0.between(1, 20_000) });
                    let volume = Volume::from_ten_thousandths(self.0.between(0, 80_000));
                    norms.push(Norm { resource, from, volume });
                }
            }
        }
        let residents = (!self.once_in(5)).then(|| i32::try_from(self.0.between(0, 5)).unwrap());
        Terms {
            miss: self.miss(),
            tariffs,
            norms,
            residents,
            places: u8::try_from(self.0.between(0, 3)).unwrap(),
        }
    }

    fn charge(&mut self, period: Period, meters: &[MeterPast], terms: &Terms) -> ChargeToCheck {
        let mut lines: Vec<ChargeLine> = Vec::new();
        let sewage_alone = self.once_in(15);
        for meter in meters {
            if !sewage_alone && !self.once_in(8) {
                lines.push(self.line(meter, period, terms));
            }
        }
        if self.once_in(10)
            && let Some(line) = lines.first().cloned()
        {
            lines.push(line);
        }
        if !self.once_in(5) {
            let sum = lines.iter().map(|line| line.volume.ten_thousandths()).sum::<i64>();
            let volume = if self.once_in(6) { sum + 10_000 } else { sum };
            lines.push(self.priced(Resource::Sewage, None, "meter", volume, terms, period));
        }
        if self.once_in(4) {
            let basis = self.one_of(&["benefit", "recalculation", "recalculation", "by_moon"]);
            let resource = self.one_of(&WATER);
            let kopecks = self.0.between(-9_000, 9_000);
            let given = self.priced(resource, None, basis, 10_000, terms, period);
            lines.push(ChargeLine { amount_kopecks: kopecks, ..given });
        }
        let sum: i64 = lines.iter().map(|line| line.amount_kopecks).sum();
        let total_kopecks = if self.once_in(12) { sum + self.0.between(1, 500) } else { sum };
        ChargeToCheck { period, lines, total_kopecks }
    }

    /// A line with what a utility might put into it, mostly rightly.
    fn line(&mut self, meter: &MeterPast, period: Period, terms: &Terms) -> ChargeLine {
        let value = |back: i32| {
            let found = meter.points.iter().rfind(|p| p.period.months_since(period) == -back);
            found.map(|p| p.value.ten_thousandths())
        };
        let (from, to) = (value(1), value(0));
        let difference = to.zip(from).map_or(40_000, |(to, from)| to - from);
        let guess = self.one_of(&["average", "norm"]);
        let basis = if to.is_some() != self.once_in(6) { "meter" } else { guess };
        let volume = match basis {
            "meter" if !self.once_in(12) => difference,
            "norm" if !self.once_in(4) => self.norm(meter.resource, terms),
            _ => self.0.between(0, 9) * 10_000,
        };
        let id = if self.once_in(15) { "unheard of" } else { &meter.id };
        let id = (!self.once_in(10)).then(|| id.to_owned());
        let line = self.priced(meter.resource, id, basis, volume, terms, period);
        let told = |raw: Option<i64>| raw.map(Volume::from_ten_thousandths);
        let off = if self.once_in(8) { 10_000 } else { 0 };
        ChargeLine { from_value: told(from), to_value: told(to.map(|to| to + off)), ..line }
    }

    fn norm(&mut self, resource: Resource, terms: &Terms) -> i64 {
        let norm =
            terms.norms.iter().rfind(|n| n.resource == resource && n.from.is_none_or(|f| f <= day_in(20, 1)));
        let all = norm.map_or(0, |n| n.volume.ten_thousandths()) * i64::from(terms.residents.unwrap_or(1));
        let step = 10_i64.pow(4 - u32::from(terms.places));
        (all + step / 2).div_euclid(step) * step
    }

    fn priced(
        &mut self,
        resource: Resource,
        meter_id: Option<String>,
        basis: &str,
        volume: i64,
        terms: &Terms,
        period: Period,
    ) -> ChargeLine {
        let first = period.first_day();
        let known =
            terms.tariffs.iter().rfind(|t| t.resource == resource && t.from.is_none_or(|f| f <= first));
        let right = known.map_or(3_000, |t| t.kopecks);
        let tariff_kopecks = if self.once_in(10) { right + 1 } else { right };
        let off = if self.once_in(6) { self.0.between(-3, 3) } else { 0 };
        let volume = Volume::from_ten_thousandths(volume);
        ChargeLine {
            resource: Some(resource),
            meter_id,
            basis: basis.to_owned(),
            volume,
            tariff_kopecks,
            amount_kopecks: cost(volume, tariff_kopecks) + off,
            ..ChargeLine::default()
        }
    }
}

/// Months counted from January 2025.
fn month(index: i64) -> Period {
    day_in(index, 1).to_string()[..7].parse().unwrap()
}

fn day_in(index: i64, day: u32) -> NaiveDate {
    let year = 2025 + i32::try_from(index.div_euclid(12)).unwrap();
    NaiveDate::from_ymd_opt(year, u32::try_from(index.rem_euclid(12)).unwrap() + 1, day).unwrap()
}
