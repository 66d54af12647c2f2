//! What the shell lends the core: the secret store and the clock, as traits that Kotlin implements.

use std::sync::Arc;

use chrono::DateTime;
use vodomer_core::domain::Instant;
use vodomer_core::env::{self, SecretsUnavailable};

/// A place for refresh tokens: the Android Keystore behind a private file.
///
/// Called from whatever thread called the core. A secret that the store has lost counts as absent: the resident is
/// asked for the password again, and no reading is lost by it.
#[uniffi::export(with_foreign)]
pub trait SecretStore: Send + Sync {
    /// The secret of that name, or none.
    fn get(&self, name: String) -> Result<Option<String>, SecretError>;

    /// Keeps a secret until it is removed, across restarts.
    fn put(&self, name: String, secret: String) -> Result<(), SecretError>;

    /// Forgets a secret; an absent one is no error.
    fn remove(&self, name: String) -> Result<(), SecretError>;
}

/// The phone's clocks. Without one the core takes the system's, in the utility's zone.
#[uniffi::export(with_foreign)]
pub trait Clock: Send + Sync {
    /// The wall clock: milliseconds since 1970 in UTC.
    fn now_ms(&self) -> i64;

    /// Milliseconds since the phone's start, sleep included (`SystemClock.elapsedRealtime`).
    fn monotonic_ms(&self) -> i64;

    /// How often the phone was started (`Settings.Global.BOOT_COUNT`): tells `monotonic_ms` of one start from the next.
    fn boot_count(&self) -> i64;

    /// IANA name of the phone's zone, for quiet hours.
    fn zone_id(&self) -> String;
}

/// The secret store could not do what was asked.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum SecretError {
    /// Not now, or not on this phone.
    #[error("the secret store is not available")]
    Unavailable,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for SecretError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // The reason is a whole Java stack trace, which may name what it held: not passed on.
        Self::Unavailable
    }
}

pub(crate) struct LentSecrets(pub Arc<dyn SecretStore>);

impl env::Secrets for LentSecrets {
    fn get(&self, name: &str) -> Result<Option<String>, SecretsUnavailable> {
        self.0.get(name.to_owned()).map_err(|_| SecretsUnavailable)
    }

    fn put(&self, name: &str, secret: &str) -> Result<(), SecretsUnavailable> {
        self.0.put(name.to_owned(), secret.to_owned()).map_err(|_| SecretsUnavailable)
    }

    fn remove(&self, name: &str) -> Result<(), SecretsUnavailable> {
        self.0.remove(name.to_owned()).map_err(|_| SecretsUnavailable)
    }
}

pub(crate) struct LentClock(pub Arc<dyn Clock>);

impl env::Clock for LentClock {
    fn now(&self) -> Instant {
        DateTime::from_timestamp_millis(self.0.now_ms()).unwrap_or_default()
    }

    fn monotonic(&self) -> i64 {
        self.0.monotonic_ms()
    }

    fn boot(&self) -> i64 {
        self.0.boot_count()
    }

    fn zone(&self) -> String {
        self.0.zone_id()
    }
}
