//! Surroundings for tests: a clock that is set, a secret store in memory.
//!
//! Public, like the scripted portal, so that a team which embeds the library can play its own cases.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::DateTime;

use super::{Clock, Secrets, SecretsUnavailable};
use crate::domain::Instant;

/// A clock that stands where it was set; in Moscow.
#[derive(Debug, Default)]
pub struct FakeClock {
    wall: AtomicI64,
    monotonic: AtomicI64,
    boot: AtomicI64,
}

/// A secret store that lasts as long as it is held.
#[derive(Default)]
pub struct FakeSecrets(Mutex<HashMap<String, String>>);

impl FakeClock {
    /// Sets both of its clocks.
    pub fn set(&self, now: Instant) {
        self.move_wall_clock(now);
        self.monotonic.store(now.timestamp_millis(), Ordering::SeqCst);
    }

    /// Sets the wall clock alone, as a resident does in the settings.
    pub fn move_wall_clock(&self, now: Instant) {
        self.wall.store(now.timestamp_millis(), Ordering::SeqCst);
    }

    /// Time goes by.
    pub fn pass(&self, milliseconds: i64) {
        self.wall.fetch_add(milliseconds, Ordering::SeqCst);
        self.monotonic.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// The phone starts anew, a moment ago.
    pub fn reboot(&self) {
        self.boot.fetch_add(1, Ordering::SeqCst);
        self.monotonic.store(1_000, Ordering::SeqCst);
    }
}

impl FakeSecrets {
    /// Loses everything, as a Keystore does when the screen lock is taken away.
    pub fn lose(&self) {
        self.held().clear();
    }

    /// The names of what it keeps.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.held().keys().cloned().collect()
    }

    fn held(&self) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp_millis(self.wall.load(Ordering::SeqCst)).unwrap_or_default()
    }

    fn monotonic(&self) -> i64 {
        self.monotonic.load(Ordering::SeqCst)
    }

    fn boot(&self) -> i64 {
        self.boot.load(Ordering::SeqCst)
    }

    fn zone(&self) -> String {
        "Europe/Moscow".to_owned()
    }
}

impl Secrets for FakeSecrets {
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
