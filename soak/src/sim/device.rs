//! One phone with its resident: what is done with it in a step, and what is done to it.

use fastrand::Rng;
use vodomer_core::app::{
    App, CaptureOutcome, CaptureRequest, Channel, Error, Happened, LetterKind, LetterRequest, OutboxEntry,
    Status, SyncOutcome, Withdrawn,
};
use vodomer_core::domain::{Period, Volume};

use super::fate::{self, Blow, Faults, Weather};
use super::ledger::Ledger;
use super::line::Line;
use super::phone::{Phone, TrueTime};
use super::template::{NAMES, credentials};
use super::trace::Trace;
use crate::disk::{self, Survival};
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, HOT, Utility, rules};

/// A pass may take so long; calls that hang eat into it.
const BUDGET_MS: i64 = 20_000;
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
    n: usize,
    pub phone: Phone,
    pub line: Line,
    rng: Rng,
    /// A plan for the disk is in force.
    disturbed: Option<disk::Plan>,
    wants_password: bool,
    asked: bool,
}

/// Why a step ends early.
enum Stop {
    /// The process is dead, or the disk can't be used.
    Over,
}

impl Dials {
    fn litres(&self, meter: usize, now: i64) -> i64 {
        let (at_first, a_day) = self.litres[meter];
        at_first + (now - self.from) / 1000 * a_day / 86_400
    }
}

impl Device {
    pub fn new(n: usize, phone: Phone, line: Line, seed: u64) -> Self {
        let rng = Rng::with_seed(seed);
        Self { n, phone, line, rng, disturbed: None, wants_password: false, asked: false }
    }

    fn who(&self) -> &'static str {
        NAMES[self.n]
    }

    /// One visit of the resident, or one wake-up of the app.
    pub fn step(&mut self, scene: &mut Scene<'_>) -> Vec<Told> {
        self.strike(scene);
        let weather = fate::weather(&mut self.rng, scene.faults);
        self.line.set_weather(weather);
        let mut told = Vec::new();
        let _over = self.live(scene, &mut told);
        self.clear_up(scene);
        told
    }

    fn live(&mut self, scene: &mut Scene<'_>, told: &mut Vec<Told>) -> Result<(), Stop> {
        let now = scene.time.now();
        let window = rules::window(Period::of(rules::business_day(now)));
        let in_window = window.opens <= now && now < window.closes;
        let percent = |rng: &mut Rng, chance: u8| rng.u8(..100) < chance;
        if self.wants_password && percent(&mut self.rng, 80) {
            self.sign_in(scene)?;
        }
        if self.asked && percent(&mut self.rng, 60) {
            self.answer(scene)?;
        }
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
        if percent(&mut self.rng, 70) {
            self.sync(scene)?;
        }
        if percent(&mut self.rng, 1) {
            self.call(scene, "logout", |app| app.logout(ACCOUNT))?;
            self.wants_password = true;
        }
        self.check(scene, false)
    }

    /// What happens to the phone between two visits.
    fn strike(&mut self, scene: &Scene<'_>) {
        let blow = fate::blow(&mut self.rng, scene.faults);
        if blow == Blow::None {
            return;
        }
        scene.trace.event(self.who(), format_args!("{blow:?}"));
        scene.trace.count(match blow {
            Blow::None => "nothing",
            Blow::Kill => "kills",
            Blow::Restart => "updates of the app",
            Blow::PowerLoss(_) => "power losses",
            Blow::Disk(_, disk::Fault::PowerLoss, _) => "power losses planned at an operation",
            Blow::Disk(_, disk::Fault::Full, _) => "disk full, planned at an operation",
            Blow::Disk(..) => "I/O errors planned at an operation",
            Blow::Reboot => "reboots",
            Blow::Clock(_) => "clock jumps",
            Blow::Zone(_) => "zone changes",
            Blow::SecretsLost => "secrets lost",
        });
        match blow {
            Blow::None => {}
            Blow::Kill => self.phone.kill(),
            Blow::Restart => self.phone.close(),
            Blow::PowerLoss(survival) => self.lose_power(survival),
            Blow::Disk(from_now, fault, lasting) => {
                let plan = fate::plan(self.phone.disk.operations(), from_now, fault, lasting);
                self.phone.disk.plan(Some(plan));
                self.disturbed = Some(plan);
            }
            Blow::Reboot => {
                self.phone.close();
                self.phone.clock.restart();
            }
            Blow::Clock(wrong_by) => self.phone.clock.be_wrong_by(wrong_by),
            Blow::Zone(zone) => self.phone.clock.move_to(zone),
            Blow::SecretsLost => self.phone.secrets.fill(Default::default()),
        }
    }

    fn lose_power(&mut self, survival: Survival) {
        let seed = self.rng.u64(..);
        self.phone.lose_power(survival, seed);
        self.phone.clock.restart();
        self.disturbed = None;
    }

    /// What a step leaves: a dead process is buried, and the disk is repaired some day.
    fn clear_up(&mut self, scene: &Scene<'_>) {
        if self.line.has_died() {
            let seed = self.rng.u64(..);
            self.phone.lose_power(Survival::Everything, seed);
            self.disturbed = None;
        } else if self.power_is_out() {
            let survival = fate::survival(&mut self.rng);
            scene.trace.event(self.who(), format_args!("the battery was out: {survival:?}"));
            scene.trace.count("power losses at an operation");
            self.lose_power(survival);
        } else if self.rng.u8(..4) > 0 {
            self.phone.disk.plan(None);
            self.disturbed = None;
        }
    }

    fn power_is_out(&self) -> bool {
        let out =
            |plan: disk::Plan| plan.fault == disk::Fault::PowerLoss && self.phone.disk.operations() > plan.at;
        self.disturbed.is_some_and(out)
    }

    /// One call of the app. Whatever it says about the disk must be the disk's fault.
    fn call<T>(
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
    fn attempt<T>(
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

    fn sign_in(&mut self, scene: &Scene<'_>) -> Result<(), Stop> {
        let right = scene.utility.office().password.clone();
        let typed = if self.rng.u8(..5) == 0 { "wrong".to_owned() } else { right };
        let report = self.attempt(scene, "login", |app| app.login(&credentials(&typed)))?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("signed in: {:?}", report.outcome));
            self.wants_password = false;
        }
        Ok(())
    }

    fn sync(&mut self, scene: &Scene<'_>) -> Result<Option<vodomer_core::app::SyncReport>, Stop> {
        let by_itself = self.rng.u8(..3) == 0;
        let pass = |app: &App| if by_itself { app.sync_unattended(BUDGET_MS) } else { app.sync(BUDGET_MS) };
        let report = self.attempt(scene, "sync", pass)?;
        if let Some(report) = report {
            scene.trace.event(self.who(), format_args!("{report:?}"));
            self.wants_password |= report.outcome == SyncOutcome::NeedsSignIn;
            self.asked |= report.asked > 0;
        }
        Ok(report)
    }

    fn capture(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let n = self.rng.usize(..2);
        let meter = [COLD, HOT][n];
        let litres = scene.dials.litres(n, scene.time.millis());
        let litres = match self.rng.u8(..100) {
            0..82 => litres,
            82..86 => litres * 10,
            86..90 => litres - 30_000,
            90..95 => litres + 40_000,
            _ => self.rng.i64(0..2_000),
        }
        .clamp(0, 99_999_999);
        let same_as_last = self.rng.u8(..100) < 9;
        let mut request = CaptureRequest {
            meter_id: meter.to_owned(),
            typed: format!("{:05},{:03}", litres / 1000, litres % 1000),
            same_as_last,
            ..CaptureRequest::default()
        };
        for _ in 0..4 {
            let value = (!same_as_last).then(|| Volume::from_units(litres / 1000));
            let outcome = match self.phone.app() {
                Ok(app) => app.capture(&request),
                Err(error) => Err(error),
            };
            if matches!(outcome, Err(Error::StorageFull | Error::StorageNotWritable)) {
                scene.ledger.attempted(self.n, meter, value);
            }
            match self.attempt(scene, "capture", |_| outcome)? {
                Some(CaptureOutcome::Saved { saved }) => {
                    let (item, value, period) = (&saved.item_id, saved.value, saved.period);
                    scene
                        .trace
                        .event(self.who(), format_args!("captured {value} of {meter} for {period}: {item}"));
                    scene.trace.count("captures");
                    scene.ledger.acknowledged(self.n, item, meter, period, value);
                    return Ok(());
                }
                Some(CaptureOutcome::Asked { question }) => {
                    scene
                        .trace
                        .event(self.who(), format_args!("{meter} {}: {:?}?", request.typed, question.doubt));
                    match self.rng.u8(..6) {
                        0 => return Ok(()),
                        1 => request.happened = Some(Happened::RolledOver),
                        2 => {
                            let (final_typed, initial_typed) =
                                (question.previous.to_string(), "0".to_owned());
                            request.happened = Some(Happened::Replaced { final_typed, initial_typed });
                        }
                        _ => request.confirmed.push(question.doubt),
                    }
                }
                None => return Ok(()),
            }
        }
        Ok(())
    }

    /// The resident looks what the utility asks, and says that it is so, or reads the dial again.
    fn answer(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let list = self.call(scene, "outbox", App::outbox)?;
        self.asked = false;
        for entry in list.iter().filter(|e| e.status == Status::NeedsAnswer) {
            if self.rng.u8(..3) > 0 {
                self.attempt(scene, "confirm", |app| app.confirm(&entry.item_id))?;
                scene.trace.event(self.who(), format_args!("confirmed {}", entry.item_id));
                scene.trace.count("questions confirmed");
            } else {
                self.capture(scene)?;
            }
        }
        Ok(())
    }

    /// The resident takes something of the list back.
    fn withdraw(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let list = self.call(scene, "outbox", App::outbox)?;
        let Some(entry) = self.rng.choice(&list) else { return Ok(()) };
        scene.ledger.taken_back(&entry.item_id);
        if let Some(done) = self.attempt(scene, "withdraw", |app| app.withdraw(&entry.item_id))? {
            scene.trace.event(self.who(), format_args!("takes {} back: {done:?}", entry.item_id));
            scene.trace.count("withdrawals");
            if done == Withdrawn::AtOnce {
                scene.ledger.never_leaves(&entry.item_id);
            }
        }
        Ok(())
    }

    fn write(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        let kind =
            [LetterKind::ServiceRequest, LetterKind::Question, LetterKind::Appeal][self.rng.usize(..3)];
        let request = LetterRequest {
            kind,
            account_id: (kind != LetterKind::Appeal).then(|| ACCOUNT.to_owned()),
            topic: "other".to_owned(),
            text: "Прошу проверить счётчик.".to_owned(),
            meter_id: None,
            wanted_on: None,
            name: Some("Жилец".to_owned()),
            contact: Some("+70000000000".to_owned()),
        };
        let written = self.phone.app().and_then(|app| app.write_letter(&request));
        match &written {
            Ok(item) => scene.ledger.wrote(self.n, Some(item.clone())),
            Err(Error::StorageFull | Error::StorageNotWritable) => scene.ledger.wrote(self.n, None),
            Err(_) => {}
        }
        if let Some(item) = self.attempt(scene, "letter", |_| written)? {
            scene.trace.event(self.who(), format_args!("writes {kind:?} {item}"));
            scene.trace.count("letters");
        }
        Ok(())
    }

    fn hand_over(&mut self, scene: &Scene<'_>) -> Result<Vec<Told>, Stop> {
        let count = self.call(scene, "hand over", |app| app.hand_over(ACCOUNT, Channel::Sms))?;
        if count == 0 {
            return Ok(Vec::new());
        }
        scene.trace.count("hand-overs by SMS");
        let list = self.call(scene, "outbox", App::outbox)?;
        let goes = |e: &&OutboxEntry| e.channel.is_some() && e.received_by_nobody();
        let told = list.iter().filter(goes).map(|e| Told {
            meter: if e.meter_id == COLD { COLD } else { HOT },
            period: e.period,
            value: e.value,
        });
        Ok(told.collect())
    }

    fn look(&mut self, scene: &mut Scene<'_>) -> Result<(), Stop> {
        self.call(scene, "home", App::home)?;
        self.call(scene, "plan", App::plan)?;
        self.check_list(scene).map(|_| ())
    }

    fn check_list(&mut self, scene: &mut Scene<'_>) -> Result<Vec<OutboxEntry>, Stop> {
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
    fn check(&mut self, scene: &mut Scene<'_>, all: bool) -> Result<(), Stop> {
        if self.line.is_dead() || self.power_is_out() {
            return Err(Stop::Over);
        }
        let (n, trace) = (self.n, scene.trace);
        let office = scene.utility.office();
        let ledger = &mut *scene.ledger;
        let checked = match self.phone.app() {
            Ok(app) => ledger.check_phone(n, app, &office.books, trace, all),
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

    /// A day without faults, on which the app is called when it asked to be: then nothing waits that can go.
    pub fn healthy_day(&mut self, scene: &mut Scene<'_>, until: i64) {
        self.phone.disk.plan(None);
        self.disturbed = None;
        self.line.set_weather(Weather::Clear);
        while scene.time.millis() < until {
            let Ok(Some(report)) = self.sync(scene) else { break };
            let mut next = report.retry_at;
            if self.wants_password {
                let password = scene.utility.office().password.clone();
                match self.attempt(scene, "login", |app| app.login(&credentials(&password))) {
                    Ok(Some(report)) => {
                        self.wants_password = false;
                        next = report.retry_at;
                    }
                    Ok(None) => scene.time.pass(20 * 60_000),
                    Err(Stop::Over) => break,
                }
                scene.trace.event(self.who(), format_args!("signed in on a fine day"));
            }
            let Some(next) = next else { break };
            scene.time.advance_to(next.timestamp_millis().clamp(scene.time.millis() + 1000, until));
        }
        // Once a day the shell refreshes anyway.
        let Ok(Some(_)) = self.sync(scene) else { return };
        let Ok(list) = self.check_list(scene) else { return };
        for entry in list {
            let held = rules::window(entry.period).opens.timestamp_millis() > until - 3_600_000;
            if waits(entry.status) && !held {
                let (item, status, reason) = (&entry.item_id, entry.status, &entry.reason);
                let next = entry.next_attempt;
                scene.trace.violation(format!(
                    "{item} still {status:?} ({reason:?}, next {next:?}) after a healthy day"
                ));
            }
        }
        let letters = self.call(scene, "letters", App::letters).unwrap_or_default();
        // Nothing lists an appeal, since nobody is signed in for it: its receipt is all there is.
        for letter in letters.iter().filter(|l| waits(l.status) && l.received_at.is_none()) {
            let (item, status, reason) = (&letter.item_id, letter.status, &letter.reason);
            scene.trace.violation(format!("letter {item} still {status:?} ({reason:?}) after a healthy day"));
        }
        let _over = self.check(scene, false);
    }

    /// The last look: at everything, from a new process.
    pub fn last_look(&mut self, scene: &mut Scene<'_>) {
        self.phone.close();
        let _over = self.check(scene, true);
    }
}

/// It is still on its way.
fn waits(status: Status) -> bool {
    matches!(status, Status::Saved | Status::WaitingForNetwork | Status::Sent | Status::SentElsewhere)
}

/// What the list does not say in one word.
trait Sent {
    fn received_by_nobody(&self) -> bool;
}

impl Sent for OutboxEntry {
    fn received_by_nobody(&self) -> bool {
        !matches!(self.status, Status::Accepted | Status::Accounted | Status::Rejected)
    }
}
