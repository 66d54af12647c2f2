//! A process of its own, killed in the middle of things.
//!
//! This test program starts itself again; the second one captures, says what it stored, and is killed with SIGKILL
//! while the database is still open.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use vodomer_core::app::{CaptureOutcome, CaptureRequest};

use vodomer_core::env::fake::FakeClock;

use super::common::world::{World, empty_keystore, open};

const DIR: &str = "VODOMER_STORY_DIR";
const PROFILE: &str = "VODOMER_STORY_PROFILE";
const NOW: &str = "VODOMER_STORY_NOW";
const METER: &str = "VODOMER_STORY_METER";
const TYPED: &str = "VODOMER_STORY_TYPED";
const STORED: &str = "stored: ";

/// Gives the item and its idempotency key, after the process that made them is dead.
pub fn capture_and_be_killed(world: &World, meter: &str, typed: &str) -> (String, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child::the_process_that_is_killed", "--nocapture"])
        .env(DIR, world.dir())
        .env(PROFILE, world.profile())
        .env(NOW, world.now_ms().to_string())
        .env(METER, meter)
        .env(TYPED, typed)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let stored = lines.map(Result::unwrap).find_map(|l| l.split_once(STORED).map(|(_, ids)| ids.to_owned()));
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(!status.success(), "it was killed, and did not end by itself");
    let (item, key) = stored.expect("the child stored something").split_once(' ').map(own).unwrap();
    (item, key)
}

fn own((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

/// Does nothing in an ordinary run; [`capture_and_be_killed`] sets its scene.
#[test]
fn the_process_that_is_killed() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let set = |name| std::env::var(name).unwrap();
    let clock = Arc::new(FakeClock::default());
    clock.set(chrono::DateTime::from_timestamp_millis(set(NOW).parse().unwrap()).unwrap());
    let app = open(dir.into(), set(PROFILE), clock, empty_keystore());
    let request = CaptureRequest { meter_id: set(METER), typed: set(TYPED), ..CaptureRequest::default() };
    let CaptureOutcome::Saved { saved } = app.capture(&request).unwrap() else { panic!("nothing to ask") };
    let proof = app.proof(&saved.item_id).unwrap();
    println!("\n{STORED}{} {}", saved.item_id, proof.idempotency_key);
    // The bound ends an orphan whose parent has died.
    std::thread::sleep(Duration::from_secs(60));
}
