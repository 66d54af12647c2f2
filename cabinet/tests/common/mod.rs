//! A cabinet with the demonstration's flat, a signed-in resident, and an unsent reading to start from.

#![allow(dead_code, reason = "every test file uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod home;
pub mod program;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use vodomer_cabinet::{Config, FilesMailer, PasswordCost, Running, demo};

pub use home::Home;

pub const ACCOUNT: &str = "demo-account";
pub const COLD: &str = "demo-cold";
pub const HOT: &str = "demo-hot";
pub const READINGS: &str = "/v1/accounts/demo-account/readings";

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The only item's answer.
    pub fn item(&self) -> &Value {
        assert_eq!(self.status, 200, "{:?}", self.body);
        assert_eq!(self.body["items"].as_array().map(Vec::len), Some(1), "{:?}", self.body);
        &self.body["items"][0]
    }
}

/// The demonstration's flat in a cabinet of its own.
pub struct Flat {
    pub running: Running,
    pub access: String,
    pub refresh: String,
    pub agent: ureq::Agent,
    pub home: Home,
    /// Where letters to residents go.
    pub letters: tempfile::TempDir,
}

/// Passwords that cost nothing, since tests sign in often.
pub fn config(home: &Home) -> Config {
    let mut config = Config::demo(home.address());
    config.rules.passwords = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };
    config
}

impl Flat {
    /// In the middle of November's window.
    pub fn new() -> Self {
        Self::at("2026-11-24T12:00:00Z")
    }

    pub fn at(now: &str) -> Self {
        Self::with(now, |_| {})
    }

    pub fn with(now: &str, change: impl FnOnce(&mut Config)) -> Self {
        let home = Home::new();
        let mut config = config(&home);
        config.now = Some(instant(now));
        let letters = tempfile::TempDir::new().unwrap();
        config.mailer = Some(std::sync::Arc::new(FilesMailer::new(letters.path()).unwrap()));
        change(&mut config);
        let running = Running::start_blocking(config).unwrap();
        let agent = agent();
        let mut flat = Self { running, access: String::new(), refresh: String::new(), agent, home, letters };
        flat.sign_in();
        flat
    }

    pub fn sign_in(&mut self) {
        let tokens = self.login(demo::LOGIN, demo::PASSWORD);
        assert_eq!(tokens.status, 200, "{:?}", tokens.body);
        self.take(&tokens);
    }

    pub fn take(&mut self, tokens: &Answer) {
        self.access = tokens.body["access_token"].as_str().unwrap().to_owned();
        self.refresh = tokens.body["refresh_token"].as_str().unwrap().to_owned();
    }

    pub fn login(&self, login: &str, password: &str) -> Answer {
        self.post_to("/v1/auth/login", &json!({"login": login, "password": password}))
    }

    pub fn refresh_with(&self, token: &str) -> Answer {
        self.post_to("/v1/auth/refresh", &json!({ "refresh_token": token }))
    }

    pub fn set_clock(&self, now: &str) {
        self.running.control().set_clock(instant(now));
    }

    pub fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.running.url()));
        answer(request.header("Authorization", format!("Bearer {}", self.access)).call().unwrap())
    }

    /// As who has an answer under a tag.
    pub fn get_known(&self, path: &str, tag: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.running.url())).header("If-None-Match", tag);
        answer(request.header("Authorization", format!("Bearer {}", self.access)).call().unwrap())
    }

    pub fn post_to(&self, path: &str, body: &Value) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.running.url()));
        answer(request.header("Authorization", format!("Bearer {}", self.access)).send_json(body).unwrap())
    }

    pub fn post_raw(&self, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let request = self.agent.post(format!("{}{path}", self.running.url()));
        let request = request.header("Authorization", format!("Bearer {}", self.access));
        answer(request.header("Content-Type", content_type).send(body).unwrap())
    }

    /// Takes a reading back.
    pub fn withdraw(&self, reading: &Value, key: &str) -> Answer {
        self.delete(&format!("{READINGS}/{}", reading["reading_id"].as_str().unwrap()), key)
    }

    pub fn delete(&self, path: &str, key: &str) -> Answer {
        let request = self.agent.delete(format!("{}{path}", self.running.url()));
        let request = request.header("Authorization", format!("Bearer {}", self.access));
        answer(request.header("Idempotency-Key", key).call().unwrap())
    }

    /// Posts one reading.
    pub fn post(&self, item: &Value) -> Answer {
        self.post_to(READINGS, &json!({ "items": [item] }))
    }

    /// The code and parameters that one reading is refused with.
    pub fn refusal(&self, item: &Value) -> (String, Value) {
        let answer = self.post(item);
        let item = answer.item();
        assert_eq!(item["status"], "refused", "{item}");
        assert!(item.get("reading_id").is_none() && item.get("receipt").is_none(), "{item}");
        (item["code"].as_str().unwrap().to_owned(), item.get("params").cloned().unwrap_or(json!({})))
    }

    /// Posts one reading that must be received.
    pub fn received(&self, item: &Value) -> Value {
        let answer = self.post(item).item().clone();
        assert_eq!(answer["status"], "received", "{answer}");
        answer
    }

    /// The letters that were sent, once there are so many. Others may come later: who asks for none waits a while.
    pub fn letters_sent(&self, wanted: usize) -> Vec<String> {
        for tries in 0.. {
            let files = std::fs::read_dir(self.letters.path()).unwrap().map(|file| file.unwrap().path());
            let done: Vec<_> = files.filter(|it| it.extension().is_some_and(|it| it == "eml")).collect();
            if (done.len() >= wanted && tries >= 20) || tries == 500 {
                return done.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        unreachable!("a loop without an end")
    }

    /// What is stored for a meter's month, as `(value, source, status)`.
    pub fn stored(&self, meter: &str, period: &str) -> Vec<(String, String, String)> {
        let readings = self.running.control().readings(meter).unwrap();
        let of_period = readings.iter().filter(|stored| stored.reading.period.to_string() == period);
        of_period
            .map(|stored| {
                let reading = &stored.reading;
                (
                    reading.value.to_string(),
                    reading.source.name().to_owned(),
                    reading.status.name().to_owned(),
                )
            })
            .collect()
    }
}

/// November's reading of the cold meter, taken now; `name` makes its key and its id.
pub fn cold(name: &str, value: &str) -> Value {
    json!({
        "idempotency_key": format!("key-{name}"),
        "client_item_id": format!("item-{name}"),
        "meter_id": COLD,
        "meter_version": 1,
        "period": "2026-11",
        "value": value,
        "entered": value,
        "taken_at": "2026-11-24T11:00:00Z",
        "rollover": false,
        "confirmed": [],
        "supersedes": null,
    })
}

/// The same with some fields changed.
pub fn but(mut item: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        item[name] = value.clone();
    }
    item
}

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

pub fn answer(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let text = response.body_mut().read_to_string().unwrap();
    let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
    Answer { status: response.status().as_u16(), headers: response.headers().clone(), body }
}

impl Flat {
    /// After the clock was moved on.
    pub fn sign_in_again(mut self) -> Self {
        self.sign_in();
        self
    }
}

/// An account and a meter of somebody else, whose login is `neighbour` with the demonstration's password.
pub fn add_neighbour(flat: &Flat) -> &'static str {
    flat.home.change(
            "INSERT INTO residents SELECT 'neighbour', 'neighbour', password FROM residents LIMIT 1;
             INSERT INTO accounts SELECT 'neighbours', '1204418', address, 1, 0, NULL, 0, seq FROM accounts LIMIT 1;
             INSERT INTO resident_accounts VALUES ('neighbour', 'neighbours');
             INSERT INTO meters (id, account_id, serial, resource, place, whole_digits, fraction_digits, version,
                 archived, seq)
             SELECT 'neighbours-cold', 'neighbours', '00555555', resource, place, 5, 3, 1, 0, seq
             FROM meters WHERE id = 'demo-cold';",
        );
    "neighbours"
}
