//! Phones and their utility through months of faults: nothing lost, nothing doubled, and everything said so is true.
//!
//! How many device-months are lived depends on the profile: a few where tests are built for debugging, a hundred
//! thousand with `--profile exhaustive`, more by `vodomer-soak sim`.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it is not as told")]

use vodomer_soak::sim::many::{Plan, many};
use vodomer_soak::sim::{Broken, Defect, Scenario, Template, run};

const DEVICE_MONTHS: u64 = if cfg!(debug_assertions) { 40 } else { 100_000 };

/// A run in which one of these hardly ever happened proves nothing of it.
const RARE: &[&str] = &[
    "captures",
    "withdrawals",
    "letters",
    "hand-overs by SMS",
    "copies handled later",
    "files of an older version upgraded",
    "upgrades cut short",
    "older: queued",
    "older: sending",
    "older: received",
    "older: accounted",
    "older: needs an answer",
    "older: rejected",
    "older: superseded",
    "sign-outs with items waiting",
    "wipes asked about",
    "wipes",
    "wipes that left traces",
    "traces cleaned later",
    "wipes cut short, and not done",
    "turns of another process",
    "uploads refused to another process",
    "nights",
    "captures during a request",
    "withdrawals during a request",
    "letters during a request",
    "sign-outs during a request",
    "sign-ins during a request",
    "wipes during a request",
];

fn until(device_months: u64) -> Plan {
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    Plan { first: 1, device_months, threads, most_broken: 1 }
}

fn told(broken: &[Broken]) -> String {
    let tell = |b: &Broken| format!("{}\nseed {}: {}", b.lines.join("\n"), b.seed, b.what);
    broken.iter().map(tell).collect()
}

#[test]
fn in_months_of_every_fault_nothing_is_lost_and_nothing_doubled() {
    let report = many(&Template::new().unwrap(), Scenario::of(0), until(DEVICE_MONTHS), |_| {});
    assert!(report.broken.is_empty(), "{}", told(&report.broken));
    assert!(report.device_months >= DEVICE_MONTHS, "{report}");
    println!("checked {}", report.to_string().lines().next().unwrap_or_default());
    if DEVICE_MONTHS >= 1_000 {
        let seldom: Vec<&&str> =
            RARE.iter().filter(|what| report.tally.get(**what).is_none_or(|n| *n <= 50)).collect();
        assert!(seldom.is_empty(), "{seldom:?} hardly ever: {report}");
    }
}

#[test]
fn one_seed_makes_the_same_trace_twice_and_another_seed_another() {
    let template = Template::new().unwrap();
    let hash = |seed| {
        let scenario = Scenario { months: 3, whole_trace: true, ..Scenario::of(seed) };
        match run(&template, scenario) {
            Ok(done) => (done.hash, done.lines),
            Err(broken) => (broken.what, broken.lines),
        }
    };
    let (first, again, other) = (hash(7), hash(7), hash(8));
    assert_eq!(first, again);
    assert_eq!(first, { hash_on_another_thread(7) });
    assert_ne!(first.0, other.0);
}

fn hash_on_another_thread(seed: u64) -> (String, Vec<String>) {
    let on_it = move || {
        let template = Template::new().unwrap();
        match run(&template, Scenario { months: 3, whole_trace: true, ..Scenario::of(seed) }) {
            Ok(done) => (done.hash, done.lines),
            Err(broken) => (broken.what, broken.lines),
        }
    };
    std::thread::spawn(on_it).join().unwrap()
}

/// Whether the simulation says so of a planted defect, within so many worlds.
fn is_caught(defect: Defect, worlds: u64, by: &[&str]) -> bool {
    let template = Template::new().unwrap();
    let planted = |seed| Scenario { months: 4, defect: Some(defect), ..Scenario::of(seed) };
    let mut broken = (1..=worlds).filter_map(|seed| run(&template, planted(seed)).err());
    broken.any(|broken| by.iter().any(|what| broken.what.contains(what)))
}

#[test]
fn a_new_key_at_each_replay_is_caught() {
    assert!(is_caught(Defect::NewKeyAtEachReplay, 20, &["goes under the new key"]));
}

#[test]
fn a_log_that_is_not_synced_is_caught() {
    assert!(is_caught(Defect::LogNotSynced, 40, &["is lost", "is not in the list"]));
}

#[test]
fn a_disk_that_syncs_nothing_is_caught() {
    assert!(is_caught(Defect::NothingSynced, 40, &["is lost", "is not in the list", "is damaged"]));
}

#[test]
fn a_success_that_was_made_up_is_caught() {
    assert!(is_caught(Defect::SuccessMadeUp, 20, &["still Sent", "does not hold"]));
}

#[test]
fn a_list_that_is_never_read_back_is_caught() {
    assert!(is_caught(Defect::NeverReadBack, 20, &["still Sent"]));
}

#[test]
fn an_upgrade_that_empties_the_queue_is_caught() {
    assert!(is_caught(Defect::QueueNotUpgraded, 40, &["is lost"]));
}

#[test]
fn every_defect_of_the_list_can_be_planted() {
    let list = include_str!("../defects.json");
    let list: Vec<serde_json::Value> = serde_json::from_str(list).unwrap();
    assert!(list.len() >= 12);
    for defect in list {
        let text = |field: &str| defect[field].as_str().unwrap_or_default().to_owned();
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(text("file"));
        let source = std::fs::read_to_string(path).unwrap();
        assert_eq!(source.matches(&text("find")).count(), 1, "{}", text("name"));
        assert_ne!(text("find"), text("replace"), "{}", text("name"));
        assert!(!text("caught_by").is_empty(), "{}", text("name"));
    }
}
