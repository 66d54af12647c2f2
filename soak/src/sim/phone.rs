//! A phone made of the core's public API: a disk, two clocks, a secret store, and at most two processes of the app.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use vodomer_core::app::{App, Error, OpenOptions};
use vodomer_core::domain::{Instant, Profile};
use vodomer_core::env::{Clock, Env, PortalFactory, Random, Secrets, SecretsUnavailable};
use vodomer_core::portal::{Failure, Portal};

use crate::disk::{Image, SimDisk, Survival};

const PROFILE: &str = include_str!("../../../cabinet/demo/profile.json");

/// The time that really is: what every clock is a view of.
#[derive(Debug, Default)]
pub struct TrueTime(AtomicI64);

/// The phone's clocks: a wall clock that anybody may set, and one that counts from the phone's start.
#[derive(Debug)]
pub struct PhoneClock {
    time: Arc<TrueTime>,
    wrong_by: AtomicI64,
    started_at: AtomicI64,
    starts: AtomicI64,
    zone: Mutex<&'static str>,
}

/// A phone.
pub struct Phone {
    /// What it stores on.
    pub disk: SimDisk,
    /// Its clocks.
    pub clock: Arc<PhoneClock>,
    /// Its Keystore.
    pub secrets: Arc<Keystore>,
    env: Env,
    /// The process before the resident.
    app: Option<Arc<App>>,
    /// Another process on the same files: the one that a job was started in.
    other: Option<Arc<App>>,
}

/// A secret store that outlives the app's processes.
#[derive(Debug, Default)]
pub struct Keystore(Mutex<BTreeMap<String, String>>);

/// Chance that repeats.
struct Dice(Mutex<fastrand::Rng>);

impl TrueTime {
    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// The instant.
    #[must_use]
    pub fn now(&self) -> Instant {
        DateTime::from_timestamp_millis(self.millis()).unwrap_or_default()
    }

    /// It is now so late; never earlier than it was.
    pub fn advance_to(&self, millis: i64) {
        self.0.fetch_max(millis, Ordering::Relaxed);
    }

    /// So much goes by.
    pub fn pass(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl PhoneClock {
    fn new(time: Arc<TrueTime>) -> Self {
        let started_at = AtomicI64::new(time.millis() - 60_000);
        let zone = Mutex::new("Europe/Moscow");
        Self { time, wrong_by: AtomicI64::new(0), started_at, starts: AtomicI64::new(1), zone }
    }

    /// Somebody sets the wall clock.
    pub fn be_wrong_by(&self, millis: i64) {
        self.wrong_by.store(millis, Ordering::Relaxed);
    }

    /// How wrong it is.
    #[must_use]
    pub fn wrong_by(&self) -> i64 {
        self.wrong_by.load(Ordering::Relaxed)
    }

    /// The phone starts anew.
    pub fn restart(&self) {
        // Nothing that was done before can be later.
        self.started_at.store(self.time.millis(), Ordering::Relaxed);
        self.starts.fetch_add(1, Ordering::Relaxed);
    }

    /// The phone travels.
    pub fn move_to(&self, zone: &'static str) {
        *self.zone.lock().unwrap_or_else(PoisonError::into_inner) = zone;
    }
}

impl Clock for PhoneClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp_millis(self.time.millis() + self.wrong_by()).unwrap_or_default()
    }

    fn monotonic(&self) -> i64 {
        self.time.millis() - self.started_at.load(Ordering::Relaxed)
    }

    fn boot(&self) -> i64 {
        self.starts.load(Ordering::Relaxed)
    }

    fn zone(&self) -> String {
        (*self.zone.lock().unwrap_or_else(PoisonError::into_inner)).to_owned()
    }
}

impl Keystore {
    /// Everything in it.
    #[must_use]
    pub fn contents(&self) -> BTreeMap<String, String> {
        self.held().clone()
    }

    /// Puts all of it in; what was there is gone.
    pub fn fill(&self, contents: BTreeMap<String, String>) {
        *self.held() = contents;
    }

    fn held(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets for Keystore {
    fn get(&self, name: &str) -> Result<Option<String>, SecretsUnavailable> {
        Ok(self.held().get(name).cloned())
    }

    fn put(&self, name: &str, secret: &str) -> Result<(), SecretsUnavailable> {
        self.held().insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), SecretsUnavailable> {
        self.held().remove(name);
        Ok(())
    }
}

impl Random for Dice {
    fn bytes(&self) -> [u8; 16] {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).u128(..).to_le_bytes()
    }
}

impl Phone {
    /// A phone with that disk and that way to the server. The same seed makes the same ids.
    pub fn new<P: Portal + Clone + 'static>(
        disk: SimDisk,
        time: &Arc<TrueTime>,
        portal: P,
        seed: u64,
    ) -> Self {
        let portals = move |_: &Profile| -> Result<Box<dyn Portal>, Failure> { Ok(Box::new(portal.clone())) };
        let portals: Arc<PortalFactory> = Arc::new(portals);
        let (clock, secrets) = (Arc::new(PhoneClock::new(Arc::clone(time))), Arc::new(Keystore::default()));
        let random = Arc::new(Dice(Mutex::new(fastrand::Rng::with_seed(seed))));
        let env = Env { clock: clock.clone(), secrets: secrets.clone(), random, portals };
        Self { disk, clock, secrets, env, app: None, other: None }
    }

    /// The app, started if it does not run.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn app(&mut self) -> Result<&App, Error> {
        self.process().map(|app| &**app)
    }

    /// The same, to be called from within one of its own calls.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn process(&mut self) -> Result<&Arc<App>, Error> {
        let app = match self.app.take() {
            Some(app) => app,
            None => Arc::new(self.started()?),
        };
        Ok(self.app.insert(app))
    }

    /// The other process, started if it does not run.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn other_process(&mut self) -> Result<&Arc<App>, Error> {
        let other = match self.other.take() {
            Some(other) => other,
            None => Arc::new(self.started()?),
        };
        Ok(self.other.insert(other))
    }

    /// The two processes change places.
    pub fn change_places(&mut self) {
        std::mem::swap(&mut self.app, &mut self.other);
    }

    /// The other process ends in good order.
    pub fn end_other(&mut self) {
        self.other = None;
    }

    /// The app is closed in good order.
    pub fn close(&mut self) {
        (self.app, self.other) = (None, None);
    }

    /// Both processes are killed: nothing is closed, everything written is there.
    pub fn kill(&mut self) {
        self.disk.kill();
        self.close();
    }

    /// The battery is pulled, or was: what waited for a sync survives in some way. Gives what is left.
    pub fn lose_power(&mut self, survival: Survival, seed: u64) -> Image {
        let left = self.disk.survivors(survival, seed);
        self.disk.power_off();
        self.close();
        self.disk.restart(&left);
        left
    }

    fn started(&self) -> Result<App, Error> {
        let options = OpenOptions {
            dir: self.disk.root().display().to_string(),
            profile_json: Some(PROFILE.to_owned()),
            app_version: "soak".to_owned(),
        };
        App::open_on(&options, self.env.clone(), Arc::new(self.disk.clone()))
    }
}
