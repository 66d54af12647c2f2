//! Two processes on one file at once: both capture, correct and sync against the real cabinet, and every promise holds.
//!
//! This test program starts itself twice; what they were told to be saved stands in what they print.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it is not as told")]

#[path = "../common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use common::world::{World, empty_keystore, open};
use vodomer_cabinet::demo;
use vodomer_core::app::{CaptureOutcome, CaptureRequest, Doubt, LoginRequest, Status, SyncOutcome};
use vodomer_core::domain::Instant;
use vodomer_core::env::Clock;

const DIR: &str = "VODOMER_TWO_DIR";
const PROFILE: &str = "VODOMER_TWO_PROFILE";
const NOW: &str = "VODOMER_TWO_NOW";
const SAVED: &str = "saved: ";
/// With a value below what is typed first.
const METERS: [(&str, usize); 2] = [("demo-cold", 120), ("demo-hot", 83)];
const ROUNDS: usize = 20;

/// The clock of one phone, the same for all of its processes.
struct PhoneClock(i64);

impl Clock for PhoneClock {
    fn now(&self) -> Instant {
        chrono::DateTime::from_timestamp_millis(self.0).unwrap()
    }

    fn monotonic(&self) -> i64 {
        i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
    }

    fn boot(&self) -> i64 {
        1
    }

    fn zone(&self) -> String {
        "Europe/Moscow".to_owned()
    }
}

fn start(world: &World) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_of_two_processes", "--nocapture"])
        .env(DIR, world.dir())
        .env(PROFILE, world.profile())
        .env(NOW, world.now_ms().to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The items that a process was told to be saved.
fn saved(mut child: Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let items = lines.map(Result::unwrap).filter_map(|l| l.split_once(SAVED).map(|(_, id)| id.to_owned()));
    let items = items.collect();
    assert!(child.wait().unwrap().success(), "no call of either process failed");
    items
}

#[test]
fn two_processes_on_one_file_lose_nothing_and_double_nothing() {
    let world = World::new();
    world.set_clock("2026-11-23T12:00:00+03:00");
    world.open().login(&world.credentials()).unwrap();

    let (one, other) = (start(&world), start(&world));
    let items: BTreeSet<String> = saved(one).into_iter().chain(saved(other)).collect();
    assert_eq!(items.len(), 2 * ROUNDS, "each of them was told of every reading");

    let app = world.open();
    assert_eq!(app.sync(10_000).unwrap().outcome, SyncOutcome::Done);
    let waiting = app.sync(10_000).unwrap().waiting;
    assert_eq!(waiting, 0);
    let known: Vec<Status> = items.iter().map(|item| app.proof(item).unwrap().entry.status).collect();
    let counting = known.iter().filter(|status| **status == Status::Accepted).count();
    assert_eq!(counting, METERS.len(), "one reading a meter counts, the others were corrected: {known:?}");

    for (meter, _) in METERS {
        let stored = world.cabinet.control().readings(meter).unwrap();
        let ours = stored.iter().filter(|r| r.reading.client_item_id.is_some());
        let ids: Vec<_> = ours.map(|r| r.reading.client_item_id.clone()).collect();
        assert_eq!(
            ids.len(),
            ids.iter().collect::<BTreeSet<_>>().len(),
            "no item of {meter} has two readings"
        );
    }
}

/// Does nothing in an ordinary run; the test above sets its scene.
#[test]
fn one_of_two_processes() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let clock = Arc::new(PhoneClock(std::env::var(NOW).unwrap().parse().unwrap()));
    let app = open(dir.into(), std::env::var(PROFILE).unwrap(), clock, empty_keystore());
    let login = LoginRequest { login: demo::LOGIN.into(), password: demo::PASSWORD.into(), remember: false };
    app.login(&login).unwrap();
    for round in 0..ROUNDS {
        let (meter, from) = METERS[round % 2];
        let request = CaptureRequest {
            meter_id: meter.to_owned(),
            typed: (from + round % 5).to_string(),
            confirmed: vec![Doubt::Higher, Doubt::Lower],
            ..CaptureRequest::default()
        };
        let CaptureOutcome::Saved { saved } = app.capture(&request).unwrap() else {
            panic!("all is answered")
        };
        println!("\n{SAVED}{}", saved.item_id);
        app.sync(10_000).unwrap();
        app.home().unwrap();
    }
}
