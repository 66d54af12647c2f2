//! The two sides that the sentences are said to.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use vodomer_cabinet::{Config, Running};
use vodomer_core::domain::{Instant, Period, Profile};
use vodomer_core::portal::http::HttpPortal;
use vodomer_core::portal::{Portal, wire};
use vodomer_soak::utility::books::ACCOUNT;
use vodomer_soak::utility::{LOGIN, PASSWORD, Utility};

/// Instants of November 2026.
pub struct At;

impl At {
    pub const BEFORE: &str = "2026-11-22T09:00:00Z";
    pub const WINDOW: &str = "2026-11-23T09:00:00Z";
    pub const AFTER: &str = "2026-11-27T09:00:00Z";
    pub const LONG_AFTER: &str = "2026-12-05T09:00:00Z";
}

/// A utility's server with its clock in reach.
pub trait Side {
    fn portal(&self) -> &dyn Portal;
    fn now(&self) -> Instant;
    fn set_clock(&self, now: Instant);
    fn bill(&self, period: &str);

    fn set(&self, now: &str) {
        self.set_clock(instant(now));
    }

    fn later_by_minutes(&self, minutes: i64) {
        self.set_clock(self.now() + chrono::TimeDelta::minutes(minutes));
    }

    fn sign_in(&self) -> String {
        self.portal().login(LOGIN, PASSWORD).unwrap().body.access_token
    }

    fn listed(&self, item: &str) -> Vec<wire::Reading> {
        let page = self.portal().changes(&self.sign_in(), None).unwrap().body;
        page.readings.into_iter().filter(|r| r.client_item_id.as_deref() == Some(item)).collect()
    }

    fn meter_version(&self, meter: &str) -> i64 {
        let page = self.portal().changes(&self.sign_in(), None).unwrap().body;
        page.meters.iter().find(|m| m.id == meter).unwrap().version
    }
}

/// The model in memory.
pub struct Model(pub Utility);

/// The reference server over HTTP.
pub struct Real {
    cabinet: Running,
    portal: HttpPortal,
    _dir: tempfile::TempDir,
}

impl Model {
    pub fn new() -> Self {
        let model = Self(Utility::demo());
        model.set(At::BEFORE);
        model
    }
}

impl Real {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let cabinet = Running::start_blocking(Config::demo(dir.path().join("cabinet.db"))).unwrap();
        let profile = include_str!("../../../cabinet/demo/profile.json");
        let profile = Profile::from_json(&profile.replace("http://127.0.0.1:8080", &cabinet.url())).unwrap();
        let portal = HttpPortal::new(&profile.portal, "contract").unwrap();
        let real = Self { cabinet, portal, _dir: dir };
        real.set(At::BEFORE);
        real
    }
}

impl Side for Model {
    fn portal(&self) -> &dyn Portal {
        &self.0
    }

    fn now(&self) -> Instant {
        self.0.office().now
    }

    fn set_clock(&self, now: Instant) {
        self.0.office().now = now;
    }

    fn bill(&self, period: &str) {
        let mut office = self.0.office();
        let now = office.now;
        office.books.bill(month(period), now);
    }
}

impl Side for Real {
    fn portal(&self) -> &dyn Portal {
        &self.portal
    }

    fn now(&self) -> Instant {
        self.cabinet.control().now()
    }

    fn set_clock(&self, now: Instant) {
        self.cabinet.control().set_clock(now);
    }

    fn bill(&self, period: &str) {
        self.cabinet.control().billing_run(period.parse().unwrap()).unwrap();
    }
}

pub fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

fn month(text: &str) -> Period {
    text.parse().unwrap()
}

/// A posted reading of November, other than it usually is in the fields given.
pub fn item(meter: &str, value: &str, but: &Value) -> Value {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let n = COUNT.fetch_add(1, Ordering::SeqCst);
    let mut item = json!({
        "idempotency_key": format!("key-{n}"), "client_item_id": format!("item-{n}"), "meter_id": meter,
        "meter_version": 1, "period": "2026-11", "value": value, "entered": value, "taken_at": At::WINDOW,
        "phone_at": At::WINDOW, "skew_ms": null, "monotonic_ms": 0, "rollover": false, "confirmed": [],
        "supersedes": null,
    });
    for (field, value) in but.as_object().unwrap() {
        item[field] = value.clone();
    }
    item
}

/// Posts items that are answered one by one.
pub fn post(side: &dyn Side, access: &str, items: &[Value]) -> Vec<wire::ItemAnswer> {
    let items: Vec<_> = items.iter().map(|item| serde_json::value::to_raw_value(item).unwrap()).collect();
    side.portal().post_readings(access, ACCOUNT, side.now(), &items).unwrap().body.items
}

/// The code of a refusal, or the status.
pub fn told(answers: &[wire::ItemAnswer]) -> Vec<String> {
    answers.iter().map(|a| a.code.clone().unwrap_or_else(|| a.status.clone())).collect()
}
