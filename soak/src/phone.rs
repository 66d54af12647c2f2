//! What a phone has besides its disk: clock, secret store, chance, and the way to a scripted server.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use vodomer_core::app::{App, Error, LoginRequest, OpenOptions};
use vodomer_core::domain::Profile;
use vodomer_core::env::fake::FakeClock;
use vodomer_core::env::{Clock, Env, Random, Secrets, SecretsUnavailable};
use vodomer_core::portal::fake::FakePortal;
use vodomer_core::portal::{Failure, Portal};

use crate::disk::SimDisk;

/// A cold meter, at 119 in October.
pub const COLD: &str = "m-cold";
/// A hot meter, at 82 in October.
pub const HOT: &str = "m-hot";
/// Their account.
pub const ACCOUNT: &str = "a1";
/// Noon in Kursk on 23 November 2026, within the window.
const NOON: i64 = 1_795_424_400_000;

/// A phone's surroundings: what a power loss does not take. Two runs from the same state go alike.
pub struct World {
    /// The phone's clock.
    pub clock: Arc<FakeClock>,
    /// The utility's server.
    pub portal: FakePortal,
    secrets: Arc<Keystore>,
    chance: Arc<Counter>,
}

/// A secret store whose contents can be copied.
#[derive(Default)]
struct Keystore(Mutex<HashMap<String, String>>);

/// Counts, so that ids differ and a run repeats.
#[derive(Default)]
struct Counter(AtomicU64);

impl Default for World {
    fn default() -> Self {
        let clock = Arc::new(FakeClock::default());
        clock.set(chrono::DateTime::from_timestamp_millis(NOON).unwrap_or_default());
        Self { clock, portal: FakePortal::default(), secrets: Arc::default(), chance: Arc::default() }
    }
}

impl World {
    /// The same surroundings with a server that has no script yet.
    #[must_use]
    pub fn fork(&self) -> Self {
        let fork = Self::default();
        fork.clock.set(self.clock.now());
        *fork.secrets.held() = self.secrets.held().clone();
        fork.chance.0.store(self.chance.0.load(Ordering::SeqCst), Ordering::SeqCst);
        fork
    }

    /// A process that opens the core on a disk.
    ///
    /// # Errors
    /// As [`App::open_on`].
    pub fn open(&self, disk: &SimDisk) -> Result<App, Error> {
        self.open_in(disk.root(), disk)
    }

    fn open_in(&self, dir: &Path, disk: &SimDisk) -> Result<App, Error> {
        let portal = self.portal.clone();
        let env = Env {
            clock: Arc::clone(&self.clock) as _,
            secrets: Arc::clone(&self.secrets) as _,
            random: Arc::clone(&self.chance) as _,
            portals: Arc::new(move |_: &Profile| -> Result<Box<dyn Portal>, Failure> {
                Ok(Box::new(portal.clone()))
            }),
        };
        let options =
            OpenOptions { dir: dir.display().to_string(), profile_json: None, app_version: String::new() };
        App::open_on(&options, env, Arc::new(disk.clone()))
    }

    /// Signs in; the server's answers are scripted here.
    ///
    /// # Errors
    /// As [`App::login`].
    pub fn sign_in(&self, app: &App) -> Result<(), Error> {
        self.will_renew_tokens();
        self.will_change(first_page());
        let (login, password) = ("1204417".to_owned(), "secret".to_owned());
        app.login(&LoginRequest { login, password, remember: true })?;
        Ok(())
    }

    /// The next login or refresh of tokens is granted.
    pub fn will_renew_tokens(&self) {
        let until = "2030-01-01T00:00:00Z";
        self.portal.will_sign_in(understood(
            json!({ "access_token": "a", "access_expires_at": until, "refresh_token": "r" }),
        ));
    }

    /// The next page of changes.
    pub fn will_change(&self, page: Value) {
        self.portal.will_change(understood(page));
    }

    /// The next page of changes has nothing new.
    pub fn nothing_new(&self) {
        self.will_change(json!({ "cursor": "n" }));
    }

    /// The next letter is registered.
    pub fn will_register(&self) {
        let answer = json!({ "letter_id": "l1", "receipt": "l-1", "received_at": "2026-11-23T09:00:00Z" });
        self.portal.will_register(understood(answer));
    }

    /// The next batch is taken, as far as it holds these items.
    pub fn will_take<'a>(&self, items: impl IntoIterator<Item = &'a String>) {
        let verdicts: Vec<Value> = items.into_iter().map(|id| json!({
            "client_item_id": id, "status": "received", "reading_id": reading_id(id), "receipt": format!("n-{id}"),
            "effective_period": "2026-11", "received_at": "2026-11-23T09:00:00Z",
        })).collect();
        self.portal.will_answer(understood(json!({ "items": verdicts })));
    }
}

/// The server's id of a taken item.
#[must_use]
pub fn reading_id(item: &str) -> String {
    format!("r-{item}")
}

/// A reading in the utility's list that came from this phone.
#[must_use]
pub fn listed(item: &str, meter: &str, value: &str, status: &str) -> Value {
    json!({ "id": reading_id(item), "meter_id": meter, "period": "2026-11", "value": value, "taken_at": null,
            "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": status,
            "receipt": format!("n-{item}"), "client_item_id": item })
}

fn understood<T: serde::de::DeserializeOwned>(json: Value) -> Result<T, Failure> {
    serde_json::from_value(json).map_err(|_| Failure::Unreadable)
}

/// What the utility tells a new phone.
pub(crate) fn first_page() -> Value {
    let meter = |id: &str, resource: &str| {
        json!({ "id": id, "account_id": ACCOUNT, "serial": id, "resource": resource, "place": "кухня",
                "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null })
    };
    let reading = |meter: &str, period: &str, value: &str| {
        json!({ "id": format!("{meter}-{period}"), "meter_id": meter, "period": period, "value": value,
                "taken_at": null, "received_at": "2026-10-24T09:00:00Z", "source": "app", "status": "accounted",
                "receipt": null, "client_item_id": null })
    };
    json!({
        "cursor": "1",
        "accounts": [{ "id": ACCOUNT, "number": "1204417", "address": "ул. Примерная, 12",
            "balance": { "kopecks": 0, "period": "2026-10", "as_of": "2026-11-01T00:00:00Z" } }],
        "meters": [meter(COLD, "cold_water"), meter(HOT, "hot_water")],
        "readings": [reading(COLD, "2026-10", "119"), reading(COLD, "2026-07", "107"),
                     reading(HOT, "2026-10", "82"), reading(HOT, "2026-07", "73")],
    })
}

impl Keystore {
    fn held(&self) -> MutexGuard<'_, HashMap<String, String>> {
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

impl Random for Counter {
    fn bytes(&self) -> [u8; 16] {
        let n = self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&n);
        bytes[8..].copy_from_slice(&n);
        bytes
    }
}
