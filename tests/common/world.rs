//! The world of the story: a cabinet, a phone's folder and secret store, a clock, a network.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::DateTime;
use tempfile::TempDir;
use vodomer_cabinet::{Config, Running, demo};
use vodomer_core::app::{App, LoginRequest, OpenOptions};
use vodomer_core::env::fake::{FakeClock, FakeSecrets};
use vodomer_core::env::{Clock, Env, Secrets};

use super::relay::Relay;

/// Everything around the core.
pub struct World {
    pub cabinet: Running,
    relay: Relay,
    phone: TempDir,
    /// Survives the phone's processes, as the Android Keystore does.
    secrets: Arc<FakeSecrets>,
    clock: Arc<FakeClock>,
}

impl World {
    pub fn new() -> Self {
        let phone = tempfile::tempdir().unwrap();
        let config = Config::demo(phone.path().join("cabinet.db"));
        let cabinet = Running::start_blocking(config).unwrap();
        let address = cabinet.url().trim_start_matches("http://").parse().unwrap();
        let relay = Relay::to(address);
        Self { cabinet, relay, phone, secrets: Arc::default(), clock: Arc::default() }
    }

    pub fn set_clock(&self, now: &str) {
        let now = DateTime::parse_from_rfc3339(now).unwrap().to_utc();
        self.clock.set(now);
        self.cabinet.control().set_clock(now);
    }

    pub fn cut_the_network(&mut self) {
        self.relay.cut();
    }

    pub fn restore_the_network(&mut self) {
        self.relay.restore();
    }

    /// Opens the core on the phone's files, as a new process would.
    pub fn open(&self) -> App {
        open(self.dir(), self.profile(), self.clock.clone(), self.secrets.clone())
    }

    /// Another phone at the same cabinet, with nothing on it yet.
    pub fn another_phone(&self) -> App {
        open(self.phone.path().join("another"), self.profile(), self.clock.clone(), empty_keystore())
    }

    pub fn dir(&self) -> PathBuf {
        self.phone.path().join("phone")
    }

    pub fn profile(&self) -> String {
        let profile = include_str!("../../cabinet/demo/profile.json");
        profile.replace("http://127.0.0.1:8080", &self.relay.url())
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.monotonic()
    }

    pub fn credentials(&self) -> LoginRequest {
        LoginRequest { login: demo::LOGIN.to_owned(), password: demo::PASSWORD.to_owned(), remember: true }
    }

    /// The keys of every post of readings, as the cabinet saw them.
    pub fn posted_keys(&self) -> Vec<Vec<String>> {
        let requests = self.cabinet.control().requests();
        requests.into_iter().filter(|r| r.path.ends_with("/readings")).map(|r| r.idempotency_keys).collect()
    }

    /// Whether the cabinet confirms a proof to whoever asks with its receipt and code.
    pub fn confirms(&self, receipt: &str, code: &str) -> bool {
        let host = self.cabinet.url().trim_start_matches("http://").to_owned();
        let path = format!("/v1/proofs/{receipt}/{}", code.replace(' ', "-"));
        let mut socket = TcpStream::connect(&host).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        answer.contains(r#""confirmed":true"#)
    }

    /// How many readings the cabinet holds for a meter and month.
    pub fn readings_for(&self, meter: &str, period: &str) -> usize {
        let stored = self.cabinet.control().readings(meter).unwrap();
        stored.iter().filter(|r| r.reading.period.to_string() == period).count()
    }

    pub fn bill(&self, period: &str) {
        self.cabinet.control().billing_run(period.parse().unwrap()).unwrap();
    }

    /// Leaves a file for whoever asked for it by `VODOMER_STORY_OUT`.
    pub fn keep(&self, name: &str, content: &str) {
        if let Some(dir) = std::env::var_os("VODOMER_STORY_OUT") {
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(PathBuf::from(dir).join(name), content).unwrap();
        }
    }
}

/// Opens the core with a clock and a secret store.
pub fn open(dir: PathBuf, profile: String, clock: Arc<dyn Clock>, secrets: Arc<dyn Secrets>) -> App {
    let options = OpenOptions {
        dir: dir.to_str().unwrap().to_owned(),
        profile_json: Some(profile),
        app_version: "story".to_owned(),
    };
    App::open(&options, Env::new(clock, secrets, options.app_version.clone())).unwrap()
}

/// A secret store with nothing in it.
pub fn empty_keystore() -> Arc<dyn Secrets> {
    Arc::new(FakeSecrets::default())
}
