//! One world: a utility, its phones, and months of events in the order of a virtual clock.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use fastrand::Rng;
use vodomer_core::domain::Period;

use super::defect::Defect;
use super::device::{Device, Dials, Scene, Told};
use super::faults::{Fault, Faults};
use super::ledger::Ledger;
use super::line::Copy;
use super::phone::TrueTime;
use super::template::Template;
use super::trace::{Tally, Trace};
use crate::utility::{COLD, HOT, Utility, rules};

pub(super) const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;

/// What is to be simulated.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// All chance comes from it.
    pub seed: u64,
    /// How many months.
    pub months: u32,
    /// What may go wrong.
    pub faults: Faults,
    /// A defect on purpose.
    pub defect: Option<Defect>,
    /// Keep every line of the trace.
    pub whole_trace: bool,
}

impl Scenario {
    /// A year of everything that may go wrong.
    #[must_use]
    pub const fn of(seed: u64) -> Self {
        Self { seed, months: 12, faults: Faults::ALL, defect: None, whole_trace: false }
    }
}

/// A world in which every promise was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// SHA-256 over the trace.
    pub hash: String,
    /// Phones × months.
    pub device_months: u64,
    /// What happened how often.
    pub tally: Tally,
    /// The trace's lines that were kept.
    pub lines: Vec<String>,
}

/// A world in which a promise was broken.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Its seed.
    pub seed: u64,
    /// The promise.
    pub what: String,
    /// The trace's last lines.
    pub lines: Vec<String>,
}

pub(super) enum Event {
    Step(usize),
    Arrives(Copy),
    TypedIn(Told),
    Bill(Period),
    MeterChanges,
    Declines,
    TakesAfterAll,
    Maintenance(i64),
    AccessEnds,
    SessionsEnd,
    PasswordChanges,
    HealthyDay,
}

pub(super) struct World {
    pub(super) utility: Utility,
    pub(super) time: Arc<TrueTime>,
    pub(super) trace: Trace,
    pub(super) devices: Vec<Device>,
    pub(super) ledger: Ledger,
    pub(super) dials: Dials,
    pub(super) events: BTreeMap<(i64, u64), Event>,
    pub(super) made: u64,
    pub(super) rng: Rng,
    pub(super) scenario: Scenario,
}

/// Runs one world to its end, or to the first broken promise.
///
/// # Errors
/// [`Broken`]; a panic is one.
pub fn run(template: &Template, scenario: Scenario) -> Result<Done, Broken> {
    let time = Arc::new(TrueTime::default());
    time.advance_to(template.at);
    let trace = Trace::new(Arc::clone(&time), scenario.whole_trace);
    let kept = trace.clone();
    let lived = catch_unwind(AssertUnwindSafe(|| World::new(template, scenario, time, trace).live()));
    let broken = |what: String| Broken { seed: scenario.seed, what, lines: kept.lines() };
    match lived {
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(broken(format!("panic: {}", text.unwrap_or_default())))
        }
        Ok(device_months) => match kept.broken() {
            Some(what) => Err(broken(what)),
            None => Ok(Done { hash: kept.hash(), device_months, tally: kept.tally(), lines: kept.lines() }),
        },
    }
}

impl World {
    fn live(mut self) -> u64 {
        let mut month = Period::of(rules::business_day(self.time.now()));
        let mut from = self.time.millis();
        for _ in 0..self.scenario.months {
            from = self.plan_month(month, from);
            month = month.next();
        }
        while let Some(((at, _), event)) = self.events.pop_first() {
            self.time.advance_to(at);
            self.happens(event);
            self.collect_copies();
            self.check_server();
            if self.trace.broken().is_some() {
                return 0;
            }
        }
        self.healthy_day();
        for n in 0..self.devices.len() {
            self.with_device(n, |device, scene| device.last_look(scene));
        }
        self.check_server();
        u64::from(self.scenario.months) * self.devices.len() as u64
    }

    /// Draws a month's events; gives its end.
    fn plan_month(&mut self, month: Period, from: i64) -> i64 {
        let window = rules::window(month);
        let (opens, closes) = (window.opens.timestamp_millis(), window.closes.timestamp_millis());
        let has = |fault| self.scenario.faults.has(fault);
        let (sessions, maintenance, meters, declines) =
            (has(Fault::Sessions), has(Fault::Maintenance), has(Fault::Meters), has(Fault::Declines));
        for device in 0..self.devices.len() {
            // Most residents come once a month, and some a second time.
            for (percent, from, until) in [
                (35, from, opens),
                (100, opens, closes),
                (50, opens, closes),
                (35, closes, closes + 3 * DAY),
                (40, closes, closes + 9 * DAY),
            ] {
                if self.rng.u8(..100) < percent {
                    self.between(from, until, Event::Step(device));
                }
            }
        }
        self.between(closes + HOUR, closes + 6 * DAY, Event::Bill(month));
        let end = closes + 9 * DAY;
        let whole = |this: &mut Self, chance: u8, event: Event| {
            if this.rng.u8(..100) < chance {
                this.between(from, end, event);
            }
        };
        if meters {
            whole(self, 20, Event::MeterChanges);
        }
        if declines {
            // Between a reading's coming and its charge.
            for (percent, event) in [(30, Event::Declines), (20, Event::TakesAfterAll)] {
                if self.rng.u8(..100) < percent {
                    self.between(opens + DAY, closes + 4 * DAY, event);
                }
            }
        }
        if sessions {
            whole(self, 30, Event::AccessEnds);
            whole(self, 6, Event::SessionsEnd);
            whole(self, 3, Event::PasswordChanges);
        }
        if maintenance && self.rng.u8(..100) < 25 {
            let length = self.rng.i64(5 * 60_000..20 * HOUR);
            self.between(opens, closes, Event::Maintenance(length));
        }
        if self.rng.u8(..100) < 10 {
            self.between(opens, closes + 2 * DAY, Event::HealthyDay);
        }
        end
    }

    fn between(&mut self, from: i64, until: i64, event: Event) {
        let at = self.rng.i64(from..until.max(from + 1));
        self.at(at, event);
    }

    fn at(&mut self, at: i64, event: Event) {
        self.made += 1;
        self.events.insert((at, self.made), event);
    }

    fn happens(&mut self, event: Event) {
        let now = self.time.now();
        self.utility.office().now = now;
        match event {
            Event::Step(n) => {
                self.trace.count("steps");
                let told = self.with_device(n, |device, scene| device.step(scene));
                for told in told {
                    if self.rng.u8(..10) < 8 {
                        let later = self.time.millis() + self.rng.i64(HOUR / 2..2 * DAY);
                        self.at(later, Event::TypedIn(told));
                    }
                }
            }
            Event::Arrives(copy) => self.arrives(copy),
            Event::TypedIn(told) => {
                let mut office = self.utility.office();
                if office.books.billed.is_none_or(|billed| billed < told.period) {
                    self.trace.event("clerk", format_args!("{} {} {}", told.meter, told.period, told.value));
                    office.books.type_in(told.meter, told.period, told.value, "sms", now);
                }
            }
            Event::Bill(month) => {
                self.trace.event("utility", format_args!("bills {month}"));
                let mut office = self.utility.office();
                office.books.bill(month, now);
                office.books.forget_old_keys(now);
            }
            Event::MeterChanges => {
                let meter = [COLD, HOT][self.rng.usize(..2)];
                self.trace.event("utility", format_args!("changes the record of {meter}"));
                self.trace.count("meters' records changed");
                self.utility.office().books.change_meter(meter, |_| {});
            }
            Event::Declines => {
                let books = &mut self.utility.office().books;
                let declined = books.decline(self.rng.usize(..8));
                let of = books.readings.iter().find(|reading| Some(&reading.id) == declined.as_ref());
                if let Some(item) = of.and_then(|reading| reading.item.as_deref()) {
                    self.ledger.was_declined(item);
                }
                self.clerk_decides("declines", declined);
            }
            Event::TakesAfterAll => {
                let taken = self.utility.office().books.take_after_all(self.rng.usize(..8));
                self.clerk_decides("takes after all", taken);
            }
            Event::Maintenance(length) => {
                self.trace.event("utility", format_args!("maintenance, {length} ms"));
                self.trace.count("maintenances");
                let until = self.time.millis() + length;
                self.utility.office().maintenance = chrono::DateTime::from_timestamp_millis(until);
            }
            Event::AccessEnds => self.utility.office().sessions.expire_access(),
            Event::SessionsEnd => {
                self.trace.event("utility", format_args!("revokes all sessions"));
                self.trace.count("sessions revoked");
                self.utility.office().sessions.revoke_all();
            }
            Event::PasswordChanges => {
                self.trace.event("resident", format_args!("has forgotten the password and gets another"));
                self.trace.count("passwords forgotten");
                let mut office = self.utility.office();
                office.password = format!("password-{}", self.made);
                office.sessions.revoke_all();
            }
            Event::HealthyDay => self.healthy_day(),
        }
    }

    fn clerk_decides(&self, what: &'static str, reading: Option<String>) {
        if let Some(reading) = reading {
            self.trace.event("clerk", format_args!("{what} {reading}"));
            self.trace.count("readings declined, or taken after all");
        }
    }

    fn arrives(&mut self, copy: Copy) {
        let mut office = self.utility.office();
        let now = office.now;
        self.trace.count("copies handled later");
        match copy {
            Copy::Readings(items) => {
                for item in items {
                    let told = office.books.late_copy(item.get(), now);
                    if let Some((item, _)) = told.as_ref().filter(|(_, told)| told == "received") {
                        self.ledger.came_late(item);
                    }
                    self.trace.event("utility", format_args!("a copy arrives: {told:?}"));
                }
            }
            Copy::Withdrawal(reading, key) => office.books.late_withdrawal(&reading, &key, now),
            Copy::Letter(kind, body) => office.books.late_letter(kind, body.get(), now),
        }
    }

    fn collect_copies(&mut self) {
        for n in 0..self.devices.len() {
            for (at, copy) in self.devices[n].line.take_copies() {
                self.at(at, Event::Arrives(copy));
            }
        }
    }

    fn healthy_day(&mut self) {
        self.trace.event("world", format_args!("a healthy day"));
        self.trace.count("healthy days");
        self.utility.office().maintenance = None;
        let from = self.time.millis();
        for n in 0..self.devices.len() {
            // Both phones live the same day, one after the other; the second begins where the first ended.
            let until = self.time.millis().max(from) + DAY;
            self.with_device(n, |device, scene| device.healthy_day(scene, until));
        }
    }

    fn check_server(&mut self) {
        let office = self.utility.office();
        self.ledger.check_server(&office.books, &self.trace);
        if office.sessions.replayed > 0 {
            self.trace.violation(
                "a token came back that had been traded in: the resident is signed out".to_owned(),
            );
        }
    }

    fn with_device<T>(&mut self, n: usize, work: impl FnOnce(&mut Device, &mut Scene<'_>) -> T) -> T {
        let mut scene = Scene {
            utility: &self.utility,
            trace: &self.trace,
            time: &self.time,
            ledger: &mut self.ledger,
            dials: &self.dials,
            faults: self.scenario.faults,
        };
        work(&mut self.devices[n], &mut scene)
    }
}
