//! What every process of a phone finds: its clock, its secret store, the way to the server.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use vodomer_core::app::{App, CaptureOutcome, CaptureRequest, Error, OpenOptions};
use vodomer_core::domain::Profile;
use vodomer_core::env::fake::FakeClock;
use vodomer_core::env::{Env, Random, Secrets, SecretsUnavailable};

/// Noon in Kursk on 23 November 2026, within the window.
const NOON: i64 = 1_795_424_400_000;

/// Counts, so that ids differ between processes and a run repeats.
#[derive(Debug)]
pub struct Chance {
    life: u16,
    count: AtomicU32,
}

/// Holds a token for whoever asks: what becomes of the phone's own secret store is not ours.
struct Keystore;

/// The process of that number: an hour after the one before, so that nothing of it is still waited for.
pub fn env(life: u16, chance: Arc<Chance>) -> Env {
    let clock = FakeClock::default();
    let noon = chrono::DateTime::from_timestamp_millis(NOON).unwrap_or_default();
    clock.set(noon + TimeDelta::hours(i64::from(life)));
    Env { random: chance, ..Env::new(Arc::new(clock), Arc::new(Keystore), "soak".to_owned()) }
}

/// Opens the core in a folder, with a server at the address.
///
/// # Errors
/// As [`App::open`].
pub fn open(dir: &Path, url: &str, env: Env) -> Result<App, Error> {
    let mut profile = Profile::kursk()?;
    url.clone_into(&mut profile.portal.base_url);
    let json = serde_json::to_string(&profile).map_err(|e| Error::Internal { reason: e.to_string() })?;
    let options = OpenOptions {
        dir: dir.display().to_string(),
        profile_json: Some(json),
        app_version: "soak".to_owned(),
    };
    App::open(&options, env)
}

/// Keeps a reading, whatever is asked about it; gives its item.
///
/// # Errors
/// As [`App::capture`].
pub fn capture(app: &App, meter: &str, typed: &str) -> Result<String, Error> {
    let request =
        CaptureRequest { meter_id: meter.to_owned(), typed: typed.to_owned(), ..CaptureRequest::default() };
    match app.capture(&request)? {
        CaptureOutcome::Saved { saved } => Ok(saved.item_id),
        CaptureOutcome::Asked { question } => Err(Error::Internal { reason: format!("asked {question:?}") }),
    }
}

impl Chance {
    /// For the process of that number.
    pub const fn of(life: u16) -> Self {
        Self { life, count: AtomicU32::new(0) }
    }

    /// What it would give from now on, without giving it.
    pub fn foreseen(&self) -> Self {
        Self { life: self.life, count: AtomicU32::new(self.count.load(Ordering::SeqCst)) }
    }
}

impl Random for Chance {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..2].copy_from_slice(&self.life.to_be_bytes());
        bytes[2..6].copy_from_slice(&self.count.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    }
}

impl Secrets for Keystore {
    fn get(&self, _name: &str) -> Result<Option<String>, SecretsUnavailable> {
        Ok(Some("refresh".to_owned()))
    }

    fn put(&self, _name: &str, _secret: &str) -> Result<(), SecretsUnavailable> {
        Ok(())
    }

    fn remove(&self, _name: &str) -> Result<(), SecretsUnavailable> {
        Ok(())
    }
}
