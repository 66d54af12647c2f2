//! The whole core on a phone, with everything noted that its client met while it posted readings.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::DateTime;
use serde_json::value::RawValue;
use vodomer_core::app::{App, CaptureOutcome, CaptureRequest, LoginRequest, OpenOptions, Status, SyncReport};
use vodomer_core::domain::Profile;
use vodomer_core::env::Env;
use vodomer_core::env::fake::{FakeClock, FakeSecrets};
use vodomer_core::portal::http::{HttpPortal, Limits};
use vodomer_core::portal::{Answer, Failure, LetterBox, Portal, wire};

use super::server::Server;

/// A phone that is signed in, with one reading taken.
pub struct Phone {
    pub item: String,
    app: App,
    clock: Arc<FakeClock>,
    limits: Arc<Mutex<Limits>>,
    met: Arc<Mutex<Vec<Met>>>,
    _dir: tempfile::TempDir,
}

/// What came of one batch.
#[derive(Debug, Clone)]
pub struct Met {
    pub failure: Option<Failure>,
    pub took: Duration,
    pub received: u64,
}

/// Where a reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Queued,
    InDoubt,
    Received,
    Accepted,
    Elsewhere(Status),
}

struct Watched {
    http: HttpPortal,
    met: Arc<Mutex<Vec<Met>>>,
}

impl Phone {
    pub fn with_a_reading(server: &Server) -> Self {
        let mut profile = Profile::kursk().unwrap();
        profile.portal.base_url.clone_from(&server.base_url);
        profile.portal.extra_roots = vec![server.root.clone()];
        let mut profile = serde_json::to_value(profile).unwrap();
        // What Kursk leaves open is written as null, which no profile says.
        profile.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let (clock, limits, met) = (Arc::new(FakeClock::default()), Arc::default(), Arc::default());
        let (patience, notes) = (Arc::clone(&limits), Arc::clone(&met));
        let mut env = Env::new(clock.clone(), Arc::new(FakeSecrets::default()), String::new());
        env.portals = Arc::new(move |profile: &Profile| -> Result<Box<dyn Portal>, Failure> {
            let limits = *Mutex::lock(&patience).unwrap();
            let http = HttpPortal::with_limits(&profile.portal, "test", limits)?;
            Ok(Box::new(Watched { http, met: Arc::clone(&notes) }))
        });
        let dir = tempfile::tempdir().unwrap();
        let options = OpenOptions {
            dir: dir.path().to_str().unwrap().to_owned(),
            profile_json: Some(profile.to_string()),
            app_version: String::new(),
        };
        let app = App::open(&options, env).unwrap();
        let mut phone = Self { item: String::new(), app, clock, limits, met, _dir: dir };
        phone.set_clock("2026-11-23T12:00:00+03:00");
        let login = LoginRequest { login: "1204417".into(), password: "secret".into(), remember: true };
        phone.app.login(&login).unwrap();
        let request =
            CaptureRequest { meter_id: "m-cold".into(), typed: "123".into(), ..CaptureRequest::default() };
        match phone.app.capture(&request).unwrap() {
            CaptureOutcome::Saved { saved } => phone.item = saved.item_id,
            CaptureOutcome::Asked { question } => panic!("asked {question:?}"),
        }
        phone
    }

    pub fn set_clock(&self, now: &str) {
        self.clock.set(DateTime::parse_from_rfc3339(now).unwrap().to_utc());
    }

    pub fn set_limits(&self, limits: Limits) {
        *self.limits.lock().unwrap() = limits;
    }

    pub fn sync(&self) -> SyncReport {
        self.app.sync(600_000).unwrap()
    }

    /// What came of the batches since the last call.
    pub fn met(&self) -> Vec<Met> {
        std::mem::take(&mut *self.met.lock().unwrap())
    }

    pub fn stands(&self, report: &SyncReport) -> Stands {
        match self.app.proof(&self.item).unwrap().entry.status {
            Status::Saved | Status::WaitingForNetwork => Stands::Queued,
            Status::Sent if report.waiting == 1 => Stands::InDoubt,
            Status::Sent => Stands::Received,
            Status::Accepted => Stands::Accepted,
            other => Stands::Elsewhere(other),
        }
    }
}

impl Portal for Watched {
    fn login(&self, login: &str, password: &str) -> Answer<wire::Tokens> {
        self.http.login(login, password)
    }

    fn refresh(&self, refresh_token: &str) -> Answer<wire::Tokens> {
        self.http.refresh(refresh_token)
    }

    fn logout(&self, refresh_token: &str) -> Answer<()> {
        self.http.logout(refresh_token)
    }

    fn changes(&self, access: &str, cursor: Option<&str>) -> Answer<wire::Changes> {
        self.http.changes(access, cursor)
    }

    fn post_readings(
        &self,
        access: &str,
        account: &str,
        sent_at: vodomer_core::domain::Instant,
        items: &[Box<RawValue>],
    ) -> Answer<wire::BatchAnswer> {
        let (since, before) = (Instant::now(), self.http.received());
        let answer = self.http.post_readings(access, account, sent_at, items);
        self.met.lock().unwrap().push(Met {
            failure: answer.as_ref().err().cloned(),
            took: since.elapsed(),
            received: self.http.received() - before,
        });
        answer
    }

    fn withdraw(&self, access: &str, account: &str, reading_id: &str, key: &str) -> Answer<wire::Withdrawn> {
        self.http.withdraw(access, account, reading_id, key)
    }

    fn post_letter(
        &self,
        access: Option<&str>,
        to: LetterBox<'_>,
        letter: &RawValue,
    ) -> Answer<wire::LetterAnswer> {
        self.http.post_letter(access, to, letter)
    }
}
