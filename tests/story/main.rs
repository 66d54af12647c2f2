//! The whole path once, through the Rust facade: a reading typed in a cellar becomes «учтено».
//!
//! Real HTTP to the reference cabinet, a real database file, and a process that is killed for real in the middle.
//! The network is a relay that can be cut; the clock is the story's. `cargo xtask demo --core` prints the lines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test tells its story and stops where it is not as told"
)]

mod child;
#[path = "../common/mod.rs"]
mod common;

use common::world::World;
use vodomer_core::app::{
    BalanceKind, CaptureOutcome, CaptureRequest, Hero, NoticeTopic, ReminderKind, Status, SyncOutcome,
    Timing, Verdict,
};
use vodomer_core::domain::Volume;

const COLD: &str = "demo-cold";
const HOT: &str = "demo-hot";

#[test]
fn a_reading_typed_in_a_cellar_is_accounted() {
    let mut world = World::new();
    let before = sign_in_while_there_is_a_network(&mut world);
    let (item, key) = type_in_the_cellar_and_be_killed(&mut world);
    find_it_after_the_kill(&mut world, &item, &key);
    hear_on_the_last_evening_what_is_missing(&mut world);
    replay_after_a_lost_answer(&mut world, &item, &key);
    see_it_accounted(&mut world, &item, before);
}

fn sign_in_while_there_is_a_network(world: &mut World) -> i64 {
    world.set_clock("2026-11-22T18:40:00+03:00");
    let app = world.open();
    let report = app.login(&world.credentials()).unwrap();
    assert_eq!(report.outcome, SyncOutcome::Done);
    let home = app.home().unwrap();
    let flat = &home.flats[0];
    let previous: Vec<_> = flat.meters.iter().map(|m| m.value.unwrap().to_string()).collect();
    assert_eq!(previous, ["119", "82"], "last month's readings of the cold and the hot meter");
    assert_eq!(flat.balance.unwrap().kind, BalanceKind::Debt);
    assert!(matches!(home.hero, Hero::Before { missing: 2, total: 2, .. }), "{:?}", home.hero);
    world.cut_the_network();
    assert_eq!(app.sync(10_000).unwrap().outcome, SyncOutcome::Offline);
    println!(
        "1. 22 Nov: signed in, meters at {previous:?}, {} kopecks owed; then the network goes",
        flat.balance.unwrap().kopecks
    );
    flat.balance.unwrap().kopecks
}

fn type_in_the_cellar_and_be_killed(world: &mut World) -> (String, String) {
    world.set_clock("2026-11-23T10:00:00+03:00");
    let app = world.open();
    let notice = app.plan().unwrap().notice.expect("the window has opened");
    let [NoticeTopic::Window { kind, missing, .. }] = notice.topics.as_slice() else { panic!("{notice:?}") };
    assert_eq!((*kind, missing.len()), (ReminderKind::FirstDay, 2));
    app.reminder_shown(&notice.id).unwrap();
    assert_eq!(app.plan().unwrap().notice, None, "shown once");
    let preview = app.preview(COLD, "00123,9").unwrap();
    assert_eq!(preview.kept, Some(Volume::from_units(123)));
    assert_eq!((preview.dropped.as_str(), preview.used), ("9", Some(Volume::from_units(4))));
    drop(app);
    let (item, key) = child::capture_and_be_killed(world, COLD, "00123,9");
    println!(
        "2. 23 Nov 10:00: reminded; 00123,9 is kept as 123, ,9 is dropped, 4 used; on the disk as {item}"
    );
    (item, key)
}

fn find_it_after_the_kill(world: &mut World, item: &str, key: &str) {
    let app = world.open();
    let proof = app.proof(item).unwrap();
    assert_eq!((proof.entry.value, proof.entry.status), (Volume::from_units(123), Status::Saved));
    assert_eq!(proof.idempotency_key, key);
    assert_eq!(proof.entered, "00123,9");
    assert_eq!(app.sync(10_000).unwrap().outcome, SyncOutcome::Offline);
    assert_eq!(app.proof(item).unwrap().entry.status, Status::WaitingForNetwork);
    println!("3. The process was killed with SIGKILL; a new one finds 123 queued under the same key {key}");
}

fn hear_on_the_last_evening_what_is_missing(world: &mut World) {
    world.set_clock("2026-11-25T21:00:00+03:00");
    let app = world.open();
    let notice = app.plan().unwrap().notice.expect("three hours are left");
    let [NoticeTopic::Window { kind, hours_left, missing, unsent, offer_channels, .. }] =
        notice.topics.as_slice()
    else {
        panic!("{notice:?}")
    };
    assert_eq!((*kind, *hours_left), (ReminderKind::LastHours, 3));
    let missing: Vec<_> = missing.iter().map(|m| m.meter_id.as_str()).collect();
    assert_eq!((missing.as_slice(), *unsent, *offer_channels), (&[HOT][..], 1, true));
    let ways = app.other_channels().unwrap().remove(0);
    assert_eq!(ways.sms.unwrap().body, "1204417 00417283 123");
    assert!(ways.email.unwrap().body.contains("Холодная вода, кухня, счётчик № 00417283: 123 м³"));
    assert!(ways.phone.unwrap().lines.contains(&"Холодная вода, кухня: 1 2 3".to_owned()));
    let same = CaptureRequest { meter_id: HOT.to_owned(), same_as_last: true, ..CaptureRequest::default() };
    let CaptureOutcome::Saved { saved } = app.capture(&same).unwrap() else { panic!("one tap is enough") };
    assert_eq!((saved.value, saved.used), (Volume::from_units(82), Some(Volume::from_units(0))));
    println!(
        "4. 25 Nov 21:00: hot is missing and cold has not left; SMS, letter and phone are ready; hot kept as 82"
    );
}

fn replay_after_a_lost_answer(world: &mut World, item: &str, key: &str) {
    world.set_clock("2026-11-26T00:02:00+03:00");
    world.restore_the_network();
    world.cabinet.control().lose_answers(1);
    let app = world.open();
    let first = app.sync(10_000).unwrap();
    assert_eq!((first.outcome, first.waiting), (SyncOutcome::ServerBusy, 2));
    assert_eq!(app.proof(item).unwrap().entry.status, Status::Sent, "in doubt, and not called accepted");
    world.set_clock("2026-11-26T00:04:00+03:00");
    let second = app.sync(10_000).unwrap();
    assert_eq!((second.outcome, second.sent, second.accepted), (SyncOutcome::Done, 2, 2));
    let proof = app.proof(item).unwrap();
    assert_eq!((proof.entry.status, proof.timing), (Status::Accepted, Timing::TakenInTimeSentLater));
    let keys = world.posted_keys();
    assert_eq!(keys.len(), 2, "two posts");
    assert_eq!(keys[0], keys[1], "the replay carries the same keys");
    assert!(keys[0].contains(&key.to_owned()));
    for meter in [COLD, HOT] {
        assert_eq!(world.readings_for(meter, "2026-11"), 1, "one reading of {meter}, whatever was sent");
    }
    let receipt = proof.receipt.clone().unwrap();
    assert!(world.confirms(&receipt, &proof.code), "whoever asks the utility hears that the proof is right");
    assert!(!world.confirms(&receipt, "0000 0000 0000 0000"));
    println!(
        "5. 26 Nov 00:02: an answer was lost and replayed; accepted under receipt {}, taken in time, sent later",
        proof.receipt.unwrap()
    );
}

fn see_it_accounted(world: &mut World, item: &str, before: i64) {
    world.set_clock("2026-11-30T12:00:00+03:00");
    world.bill("2026-11");
    let app = world.open();
    assert_eq!(app.sync(10_000).unwrap().outcome, SyncOutcome::Done);
    assert_eq!(app.proof(item).unwrap().entry.status, Status::Accounted);
    let flat = app.home().unwrap().flats.remove(0);
    let charge = app.charges(&flat.account_id).unwrap().remove(0);
    assert_eq!(charge.period.to_string(), "2026-11");
    assert_eq!(flat.balance.unwrap().kopecks, before + charge.total_kopecks);
    let checked = app.check_charge(&flat.account_id, charge.period).unwrap();
    assert_eq!(checked.verdict, Verdict::Right, "the utility and the phone reckon alike: {checked:?}");
    let receipt = app.receipt(&flat.account_id, charge.period).unwrap();
    assert!(receipt.html.contains("119 → 123") && receipt.html.contains("<svg"), "{}", receipt.html);
    world.keep("receipt.html", &receipt.html);
    println!(
        "6. 30 Nov: accounted; {} kopecks charged, checked and right, {} owed now; «{}» is written",
        charge.total_kopecks,
        flat.balance.unwrap().kopecks,
        receipt.title
    );
}
