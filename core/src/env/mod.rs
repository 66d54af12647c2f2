//! What the core borrows from its surroundings: time, chance, the secret store, the way to the server.
//!
//! Everything impure comes in through here, so that a test can set the clock to the last second of a window, and
//! a phone can lend its Keystore.

pub mod fake;

use std::sync::Arc;

use crate::domain::{Instant, Profile};
use crate::portal::{Failure, Portal, http::HttpPortal};

/// The phone's clocks.
pub trait Clock: Send + Sync {
    /// The wall clock; the resident can set it to anything.
    fn now(&self) -> Instant;

    /// Milliseconds since the phone's start, sleep included; never goes back until the next start.
    fn monotonic(&self) -> i64;

    /// Tells one start of the phone from the next: a number that differs after each.
    fn boot(&self) -> i64;

    /// IANA name of the phone's zone.
    fn zone(&self) -> String;
}

/// The secret store could not do what was asked. Never carries a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret store is not available")]
pub struct SecretsUnavailable;

/// A place for refresh tokens: the Android Keystore, or a test's map.
pub trait Secrets: Send + Sync {
    /// The secret of that name; none when it was never put or the store lost it.
    ///
    /// # Errors
    /// [`SecretsUnavailable`], which is treated as a lost secret.
    fn get(&self, name: &str) -> Result<Option<String>, SecretsUnavailable>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// [`SecretsUnavailable`]; the session then ends with the process.
    fn put(&self, name: &str, secret: &str) -> Result<(), SecretsUnavailable>;

    /// Forgets a secret.
    ///
    /// # Errors
    /// [`SecretsUnavailable`].
    fn remove(&self, name: &str) -> Result<(), SecretsUnavailable>;
}

/// Where ids and jitter come from.
pub trait Random: Send + Sync {
    /// Sixteen bytes that nobody can guess.
    fn bytes(&self) -> [u8; 16];
}

/// Makes the client of one pass.
pub type PortalFactory = dyn Fn(&Profile) -> Result<Box<dyn Portal>, Failure> + Send + Sync;

/// The surroundings of one open core.
#[derive(Clone)]
pub struct Env {
    /// Clocks.
    pub clock: Arc<dyn Clock>,
    /// Secret store.
    pub secrets: Arc<dyn Secrets>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// The way to the server.
    pub portals: Arc<PortalFactory>,
}

impl Env {
    /// Surroundings with the system's randomness and the HTTP client.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, secrets: Arc<dyn Secrets>, app_version: String) -> Self {
        let portals = move |profile: &Profile| -> Result<Box<dyn Portal>, Failure> {
            Ok(Box::new(HttpPortal::new(&profile.portal, &app_version)?))
        };
        Self { clock, secrets, random: Arc::new(SystemRandom), portals: Arc::new(portals) }
    }

    /// An id whose order is the order of its making (UUID version 7), by the utility's clock: the phone's may go back.
    #[must_use]
    pub fn new_id(&self, now: Instant) -> String {
        let random = self.random.bytes();
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let mut tail = [0; 10];
        tail.copy_from_slice(&random[..10]);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().to_string()
    }

    /// A key that only chance has made (UUID version 4).
    #[must_use]
    pub fn new_key(&self) -> String {
        uuid::Builder::from_random_bytes(self.random.bytes()).into_uuid().to_string()
    }

    /// A number in `0..=limit`, for jitter.
    #[must_use]
    pub fn up_to(&self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.random.bytes()[..8]);
        u64::from_le_bytes(bytes) % limit.saturating_add(1)
    }
}

/// The system's clock.
#[derive(Debug)]
pub struct SystemClock(std::time::Instant, i64);

impl Default for SystemClock {
    fn default() -> Self {
        let mut start = [0; 8];
        start.copy_from_slice(&SystemRandom.bytes()[..8]);
        Self(std::time::Instant::now(), i64::from_le_bytes(start))
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        chrono::DateTime::from(std::time::SystemTime::now())
    }

    fn monotonic(&self) -> i64 {
        i64::try_from(self.0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }

    // Its monotonic clock begins with the process, so that every process is a start of its own.
    fn boot(&self) -> i64 {
        self.1
    }

    fn zone(&self) -> String {
        "UTC".to_owned()
    }
}

struct SystemRandom;

impl Random for SystemRandom {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // Android, Linux and the rest always have it after boot; a clash of keys is refused by the server.
        if getrandom::fill(&mut bytes).is_err() {
            log::error!("the system gave no randomness");
        }
        bytes
    }
}
