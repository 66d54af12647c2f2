//! `cargo run --release -p vodomer-cabinet --example writes_a_second`: how many readings a second are received over
//! HTTP, each in a transaction of its own that is on disk before it is answered. Everything is on this machine and its
//! loopback; it ends after half a minute.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a measurement that can't go on must stop")]

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vodomer_cabinet::{Config, Database, Running, demo};
use vodomer_test_postgres::{Durability, Server};

const SECONDS: u64 = 8;
const PHONES: usize = 16;
const FLATS: u32 = 30_000;

fn main() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("cabinet.db");
    let fill = |sql: &str| {
        let database = rusqlite::Connection::open(folder.path().join("cabinet.db")).expect("the file");
        database.execute_batch(sql).expect("is filled");
    };
    measure("SQLite, one cabinet", 1, &Database::File(file), fill);
    for cabinets in [1, 3] {
        let server = Server::start(Durability::OnDisk).expect("PostgreSQL");
        let url = server.url("postgres");
        let fill = |sql: &str| {
            let mut database = postgres::Client::connect(&url, postgres::NoTls).expect("the server");
            database.batch_execute(sql).expect("is filled");
        };
        let title = format!("PostgreSQL, cabinets: {cabinets}");
        measure(&title, cabinets, &url.parse().expect("an address"), fill);
    }
}

fn measure(title: &str, cabinets: usize, database: &Database, fill: impl Fn(&str)) {
    let start = || {
        let mut config = Config::demo(database.clone());
        config.now = "2026-11-24T12:00:00Z".parse().ok();
        Running::start_blocking(config).expect("starts")
    };
    start().stop();
    fill(&flats());
    let cabinets: Vec<Running> = (0..cabinets).map(|_| start()).collect();
    let login = json!({"login": demo::LOGIN, "password": demo::PASSWORD});
    let tokens = post(&format!("{}/v1/auth/login", cabinets[0].url()), "", &login);
    let token = tokens["access_token"].as_str().unwrap_or_default();
    let (next, started) = (AtomicU32::new(1), Instant::now());
    let received: usize = std::thread::scope(|scope| {
        let phones: Vec<_> = (0..PHONES)
            .map(|phone| {
                let (cabinet, next) = (&cabinets[phone % cabinets.len()], &next);
                scope.spawn(move || send(cabinet, token, next, started))
            })
            .collect();
        phones.into_iter().map(|phone| phone.join().expect("sends")).sum()
    });
    let a_second = received as f64 / started.elapsed().as_secs_f64();
    println!("{title}: {a_second:.0} readings a second from {PHONES} phones at once");
}

/// Flats of the demonstration's resident, each with a meter.
fn flats() -> String {
    format!(
        "WITH RECURSIVE flat (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM flat WHERE n < {FLATS})
         INSERT INTO accounts SELECT 'flat-' || n, 'n' || n, '', 1, 0, NULL, 0, 1 FROM flat;
         INSERT INTO meters (id, account_id, serial, resource, place, whole_digits, fraction_digits, version,
             archived, seq)
         SELECT 'meter-of-' || id, id, '1', 'cold_water', '', 5, 3, 1, 0, 1 FROM accounts WHERE id LIKE 'flat-%';
         INSERT INTO resident_accounts SELECT 'demo-resident', id FROM accounts WHERE id LIKE 'flat-%';
         ANALYZE"
    )
}

fn post(url: &str, token: &str, body: &Value) -> Value {
    let request = ureq::post(url).header("Authorization", format!("Bearer {token}"));
    request.send_json(body).expect("is answered").body_mut().read_json().expect("JSON")
}

/// One phone's readings until the time is over; each from another flat.
fn send(cabinet: &Running, token: &str, next: &AtomicU32, started: Instant) -> usize {
    let agent = ureq::Agent::new_with_defaults();
    let mut received = 0;
    while started.elapsed() < Duration::from_secs(SECONDS) {
        let flat = next.fetch_add(1, Ordering::Relaxed);
        assert!(flat <= FLATS, "too few flats for so quick a machine");
        let item = json!({
            "idempotency_key": format!("key-{flat}"), "client_item_id": format!("item-{flat}"),
            "meter_id": format!("meter-of-flat-{flat}"), "meter_version": 1, "period": "2026-11", "value": "7",
            "entered": "7", "taken_at": "2026-11-24T11:00:00Z", "rollover": false, "confirmed": [],
            "supersedes": null,
        });
        let request = agent.post(format!("{}/v1/accounts/flat-{flat}/readings", cabinet.url()));
        let request = request.header("Authorization", format!("Bearer {token}"));
        let mut answer = request.send_json(json!({ "items": [item] })).expect("is answered");
        let answer: Value = answer.body_mut().read_json().expect("JSON");
        assert_eq!(answer["items"][0]["status"], "received", "{answer}");
        received += 1;
    }
    received
}
