//! One phone with its resident: what is done with it in a step, and what is done to it.

use fastrand::Rng;
use vodomer_core::app::{App, Error, OutboxEntry};
use vodomer_core::domain::{Period, Volume};

use super::fate;
use super::faults::{Fault, Faults};
use super::ledger::Ledger;
use super::line::Line;
use super::phone::{Phone, TrueTime};
use super::template::NAMES;
use super::trace::Trace;
use crate::disk;
use crate::utility::{Utility, rules};

/// A pass may take so long; calls that hang eat into it.
pub(super) const BUDGET_MS: i64 = 20_000;
/// The list shows so many months.
const LISTED_MONTHS: u32 = 3;

/// What a step happens in.
pub struct Scene<'a> {
    pub utility: &'a Utility,
    pub trace: &'a Trace,
    pub time: &'a TrueTime,
    pub ledger: &'a mut Ledger,
    pub dials: &'a Dials,
    pub faults: Faults,
}

/// What the meters really show.
pub struct Dials {
    /// When they were looked at first, and litres then.
    pub from: i64,
    /// Litres at the beginning, and a day.
    pub litres: [(i64, i64); 2],
}

/// A reading that went by SMS, for a clerk to type in.
pub struct Told {
    pub meter: &'static str,
    pub period: Period,
    pub value: Volume,
}

/// A phone with its resident.
pub struct Device {
    pub(super) n: usize,
    pub phone: Phone,
    pub line: Line,
    pub(super) rng: Rng,
    /// A plan for the disk is in force.
    pub(super) disturbed: Option<disk::Plan>,
    pub(super) wants_password: bool,
    pub(super) asked: bool,
    /// Two processes of the app work in this step.
    pub(super) takes_turns: bool,
    /// Its file is an older version's, and was not opened yet.
    pub(super) older: bool,
    /// A wipe has said that the disk was not cleaned.
    pub(super) left_traces: bool,
}

/// Why a step ends early.
pub(super) enum Stop {
    /// The process is dead, or the disk can't be used.
    Over,
}

impl Dials {
    pub(super) fn litres(&self, meter: usize, now: i64) -> i64 {
        let (at_first, a_day) = self.litres[meter];
        at_first + (now - self.from) / 1000 * a_day / 86_400
    }
}

impl Device {
    pub fn new(n: usize, phone: Phone, line: Line, seed: u64) -> Self {
        let rng = Rng::with_seed(seed);
        let (wants_password, asked, takes_turns, older, left_traces) = (false, false, false, false, false);
        Self { n, phone, line, rng, disturbed: None, wants_password, asked, takes_turns, older, left_traces }
    }

    pub(super) fn who(&self) -> &'static str {
        NAMES[self.n]
    }

    /// One visit of the resident, or one wake-up of the app.
    pub fn step(&mut self, scene: &mut Scene<'_>) -> Vec<Told> {
        self.strike(scene);
        if !self.upgrade(scene) {
            return Vec::new();
        }
        let weather = fate::weather(&mut self.rng, scene.faults);
        self.line.set_weather(weather);
        self.takes_turns = scene.faults.has(Fault::TwoProcesses) && self.rng.u8(..100) < 4;
        let mut told = Vec::new();
        let _over = self.live(scene, &mut told);
        if self.rng.bool() {
            self.phone.end_other();
        }
        self.clear_up(scene);
        told
    }

    pub(super) fn live(&mut self, scene: &mut Scene<'_>, told: &mut Vec<Told>) -> Result<(), Stop> {
        let now = scene.time.now();
        let window = rules::window(Period::of(rules::business_day(now)));
        let in_window = window.opens <= now && now < window.closes;
        let percent = |rng: &mut Rng, chance: u8| rng.u8(..100) < chance;
        let leaves = scene.faults.has(Fault::Leaving);
        self.look_after_wipe(scene)?;
        self.wipe_again(scene)?;
        if self.wants_password && percent(&mut self.rng, 80) {
            self.sign_in(scene)?;
        }
        if self.asked && percent(&mut self.rng, 60) {
            self.answer(scene)?;
        }
        self.take_turns(scene)?;
        if percent(&mut self.rng, if in_window { 55 } else { 12 }) {
            self.capture(scene)?;
        }
        if percent(&mut self.rng, if in_window { 5 } else { 1 }) {
            *told = self.hand_over(scene)?;
        }
        if percent(&mut self.rng, 4) {
            self.withdraw(scene)?;
        }
        if percent(&mut self.rng, 3) {
            self.write(scene)?;
        }
        if percent(&mut self.rng, 8) {
            self.look(scene)?;
        }
        if percent(&mut self.rng, 3) {
            self.call(scene, "told of no network", App::note_offline)?;
        }
        self.take_turns(scene)?;
        if percent(&mut self.rng, 70) {
            self.sync(scene)?;
        }
        if percent(&mut self.rng, 8) {
            self.night(scene)?;
        }
        self.take_turns(scene)?;
        if percent(&mut self.rng, 1) && leaves {
            self.sign_out(scene)?;
        }
        if percent(&mut self.rng, 1) && leaves {
            self.wipe(scene)?;
        }
        self.check(scene, false)
    }

    /// One call of the app. Whatever it says about the disk must be the disk's fault.
    pub(super) fn call<T>(
        &mut self,
        scene: &Scene<'_>,
        what: &'static str,
        ask: impl FnOnce(&App) -> Result<T, Error>,
    ) -> Result<T, Stop> {
        let who = self.who();
        let answer = match self.phone.app() {
            Ok(app) => ask(app),
            Err(error) => Err(error),
        };
        answer.map_err(|error| {
            scene.trace.event(who, format_args!("{what}: {error}"));
            let by_the_disk = self.disturbed.is_some() || self.line.is_dead();
            let allowed = match &error {
                Error::StorageFull | Error::StorageNotWritable => by_the_disk,
                Error::Offline
                | Error::NotTheUtility
                | Error::ServerBusy
                | Error::ServerNotFound { .. }
                | Error::TooManyTries { .. }
                | Error::BadCredentials { .. }
                | Error::Typed { .. }
                | Error::ReplacedTyped { .. }
                | Error::Claim { .. }
                | Error::NotFound { .. } => true,
                Error::Letter { .. }
                | Error::Zones { .. }
                | Error::Busy
                | Error::VisitTime
                | Error::StorageNotOurs
                | Error::StorageDamaged
                | Error::StorageNewer
                | Error::ProfileInvalid { .. }
                | Error::Internal { .. } => false,
            };
            if !allowed {
                scene.trace.violation(format!("{who}: {what} says: {error}"));
            }
            Stop::Over
        })
    }

    /// The same, where a refusal is part of life and only a dead disk ends the step.
    pub(super) fn attempt<T>(
        &mut self,
        scene: &Scene<'_>,
        what: &'static str,
        ask: impl FnOnce(&App) -> Result<T, Error>,
    ) -> Result<Option<T>, Stop> {
        let before = scene.trace.broken().is_some();
        match self.call(scene, what, ask) {
            Ok(done) => Ok(Some(done)),
            Err(Stop::Over) if self.disturbed.is_some() || self.line.is_dead() || before => Err(Stop::Over),
            Err(Stop::Over) => Ok(None),
        }
    }

    pub(super) fn check_list(&mut self, scene: &mut Scene<'_>) -> Result<Vec<OutboxEntry>, Stop> {
        self.check(scene, false)?;
        let list = self.call(scene, "outbox", App::outbox)?;
        // A wrong clock shows other months.
        let now = scene.time.now();
        if self.phone.clock.wrong_by() == 0 {
            let since = Period::of(rules::business_day(now)).months_back(LISTED_MONTHS - 1);
            scene.ledger.check_list(self.n, &list, since, scene.trace);
        }
        Ok(list)
    }

    /// Looks at everything that was captured on this phone.
    pub(super) fn check(&mut self, scene: &mut Scene<'_>, all: bool) -> Result<(), Stop> {
        if self.line.is_dead() || self.power_is_out() {
            return Err(Stop::Over);
        }
        let (n, trace) = (self.n, scene.trace);
        let since = Period::of(rules::business_day(scene.time.now())).months_back(LISTED_MONTHS - 1);
        let office = scene.utility.office();
        let ledger = &mut *scene.ledger;
        let checked = match self.phone.app() {
            Ok(app) => ledger.check_phone(n, app, &office.books, trace, (all, since)),
            Err(error) => Err(error),
        };
        drop(office);
        self.call(scene, "proof", |_| checked)?;
        if all {
            let letters = self.call(scene, "letters", App::letters)?;
            scene.ledger.check_letters(n, &letters, &scene.utility.office().books, trace);
        }
        Ok(())
    }
}
