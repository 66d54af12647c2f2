//! A phone for tests: a real database in a temporary folder, a clock to set, a scripted server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;

use crate::app::{
    App, CaptureOutcome, CaptureRequest, LetterKind, LetterRequest, LoginRequest, OpenOptions, Saved,
};
use crate::domain::Profile;
use crate::env::fake::{FakeClock, FakeSecrets};
use crate::env::{Env, Random};
use crate::portal::fake::FakePortal;
use crate::portal::{Failure, Portal, wire};
use crate::store;

pub(crate) const COLD: &str = "m-cold";
pub(crate) const HOT: &str = "m-hot";

pub(crate) struct Phone {
    pub app: App,
    pub portal: FakePortal,
    pub clock: Arc<FakeClock>,
    pub secrets: Arc<FakeSecrets>,
    dir: tempfile::TempDir,
    profile: Option<String>,
    seed: u64,
}

/// Counts, so that ids differ and a run repeats.
struct Counter(AtomicU64);

impl Phone {
    /// Signed in on 23 November at noon, with a cold meter at 119 and a hot one at 82.
    pub fn signed_in() -> Self {
        Self::signed_in_at(None, 0)
    }

    /// The same on one phone of many: chance falls differently.
    pub fn signed_in_as(seed: u64) -> Self {
        Self::signed_in_at(None, seed)
    }

    /// The same at a utility that differs from Kursk in the fields given.
    pub fn signed_in_where(fields: &serde_json::Value) -> Self {
        let mut profile = serde_json::to_value(Profile::kursk().unwrap()).unwrap();
        for (name, value) in fields.as_object().unwrap() {
            profile[name] = value.clone();
        }
        // What Kursk leaves open is written as null, which no profile says.
        profile.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        Self::signed_in_at(Some(profile.to_string()), 0)
    }

    fn signed_in_at(profile: Option<String>, seed: u64) -> Self {
        let phone = Self::new(profile, seed);
        phone.sign_in(first_page());
        phone
    }

    /// On 23 November at noon, with nothing on it and nobody signed in, at a utility that takes text messages.
    pub fn new_one() -> Self {
        let mut profile = serde_json::to_value(Profile::kursk().unwrap()).unwrap();
        profile["contacts"] = json!({ "sms": { "number": "0000", "message": "ЛС{account} {readings}",
            "reading": "{serial}={value}", "separator": "," } });
        profile.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        Self::new(Some(profile.to_string()), 0)
    }

    /// Somebody signs in, and the list begins with a page.
    pub fn sign_in(&self, page: wire::Changes) {
        self.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
        self.portal.will_change(Ok(page));
        let login =
            LoginRequest { login: "1204417".to_owned(), password: "secret".to_owned(), remember: true };
        self.app.login(&login).unwrap();
    }

    fn new(profile: Option<String>, seed: u64) -> Self {
        let clock = Arc::new(FakeClock::default());
        let (portal, secrets) = (FakePortal::default(), Arc::new(FakeSecrets::default()));
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path(), profile.clone(), &portal, &clock, &secrets, seed);
        let phone = Self { app, portal, clock, secrets, dir, profile, seed };
        phone.set_clock("2026-11-23T12:00:00+03:00");
        phone
    }

    /// A new process on the same files.
    pub fn restarted(self) -> Self {
        let Self { app, portal, clock, secrets, dir, profile, seed } = self;
        drop(app);
        let app = open(dir.path(), profile.clone(), &portal, &clock, &secrets, seed);
        Self { app, portal, clock, secrets, dir, profile, seed }
    }

    /// Another process on the same files.
    pub fn another_process(&self) -> App {
        open(self.dir.path(), self.profile.clone(), &self.portal, &self.clock, &self.secrets, self.seed + 1)
    }

    pub fn set_clock(&self, now: &str) {
        self.clock.set(chrono::DateTime::parse_from_rfc3339(now).unwrap().to_utc());
    }

    pub fn env(&self) -> &Env {
        &self.app.env
    }

    /// Where its files lie.
    pub fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    /// As the resident does in the settings.
    pub fn set_wall_clock(&self, now: &str) {
        self.clock.move_wall_clock(chrono::DateTime::parse_from_rfc3339(now).unwrap().to_utc());
    }

    pub fn lose_secrets(&self) {
        self.secrets.lose();
    }

    pub fn capture(&self, meter: &str, typed: &str) -> Saved {
        let request = CaptureRequest {
            meter_id: meter.to_owned(),
            typed: typed.to_owned(),
            ..CaptureRequest::default()
        };
        match self.app.capture(&request).unwrap() {
            CaptureOutcome::Saved { saved } => saved,
            CaptureOutcome::Asked { question } => panic!("asked {question:?}"),
        }
    }

    /// An item as it lies in the database.
    pub fn item(&self, id: &str) -> store::Item {
        self.app.store.read(|db| store::by_id(db, id)).unwrap().expect("the item is there")
    }

    /// The server says of an item what the JSON says.
    pub fn will_say(&self, item_id: &str, mut verdict: serde_json::Value) {
        verdict["client_item_id"] = item_id.into();
        self.portal.will_answer(Ok(serde_json::from_value(json!({ "items": [verdict] })).unwrap()));
    }

    /// The server takes an item under an id.
    pub fn will_take(&self, item_id: &str, reading_id: &str) {
        self.will_say(
            item_id,
            json!({ "status": "received", "reading_id": reading_id, "receipt": "7", "effective_period": "2026-11",
                    "received_at": "2026-11-23T09:00:00Z" }),
        );
    }

    /// The next refresh brings one reading of the utility's list.
    pub fn list_shows(&self, meter: &str, mut reading: serde_json::Value) {
        let known = json!({ "id": "r1", "meter_id": meter, "period": "2026-11", "value": "123", "taken_at": null,
            "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": "received", "receipt": "7" });
        for (field, value) in known.as_object().unwrap() {
            reading.as_object_mut().unwrap().entry(field).or_insert_with(|| value.clone());
        }
        self.portal.will_change(Ok(page(json!({ "cursor": "2", "readings": [reading] }))));
    }

    /// The next refresh brings nothing.
    pub fn nothing_new(&self) {
        self.portal.will_change(Ok(page(json!({ "cursor": "n" }))));
    }
}

fn open(
    dir: &std::path::Path,
    profile_json: Option<String>,
    portal: &FakePortal,
    clock: &Arc<FakeClock>,
    secrets: &Arc<FakeSecrets>,
    seed: u64,
) -> App {
    let portal = portal.clone();
    let env = Env {
        clock: clock.clone(),
        secrets: secrets.clone(),
        random: Arc::new(Counter(AtomicU64::new(seed * 1_000))),
        portals: Arc::new(move |_: &Profile| -> Result<Box<dyn Portal>, Failure> {
            Ok(Box::new(portal.clone()))
        }),
    };
    let options =
        OpenOptions { dir: dir.to_str().unwrap().to_owned(), profile_json, app_version: String::new() };
    App::open(&options, env).unwrap()
}

pub(crate) fn tokens(until: &str) -> wire::Tokens {
    serde_json::from_value(
        json!({ "access_token": format!("until {until}"), "access_expires_at": until, "refresh_token": "r" }),
    )
    .unwrap()
}

pub(crate) fn page(json: serde_json::Value) -> wire::Changes {
    serde_json::from_value(json).unwrap()
}

pub(crate) fn first_page() -> wire::Changes {
    let meter = |id: &str, resource: &str| {
        json!({ "id": id, "account_id": "a1", "serial": id, "resource": resource, "place": "кухня",
                "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null })
    };
    let reading = |meter: &str, period: &str, value: &str| {
        json!({ "id": format!("{meter}-{period}"), "meter_id": meter, "period": period, "value": value,
                "taken_at": null, "received_at": "2026-10-24T09:00:00Z", "source": "app", "status": "accounted",
                "receipt": null, "client_item_id": null })
    };
    page(json!({
        "cursor": "1",
        "accounts": [{ "id": "a1", "number": "1204417", "address": "ул. Примерная, 12",
            "balance": { "kopecks": 0, "period": "2026-10", "as_of": "2026-11-01T00:00:00Z" } }],
        "meters": [meter(COLD, "cold_water"), meter(HOT, "hot_water")],
        "readings": [reading(COLD, "2026-10", "119"), reading(COLD, "2026-07", "107"),
                     reading(HOT, "2026-10", "82"), reading(HOT, "2026-07", "73")],
    }))
}

impl Random for Counter {
    fn bytes(&self) -> [u8; 16] {
        let n = self.0.fetch_add(1, Ordering::SeqCst);
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&n.to_be_bytes());
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        bytes
    }
}

/// A letter to the utility.
pub(crate) fn question() -> LetterRequest {
    LetterRequest {
        kind: LetterKind::Question,
        account_id: Some("a1".to_owned()),
        topic: "charges".to_owned(),
        text: "Почему так много?".to_owned(),
        meter_id: None,
        wanted_on: None,
        name: Some("Жилец".to_owned()),
        contact: Some("resident@example.invalid".to_owned()),
    }
}
