//! Two phones of one family on one account, at the reference cabinet: the month's value is whoever's took it last.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use common::world::World;
use vodomer_core::app::{App, CaptureOutcome, CaptureRequest, Status};

const COLD: &str = "demo-cold";
const TIME: i64 = 30_000;

fn takes(phone: &App, typed: &str) -> String {
    let request =
        CaptureRequest { meter_id: COLD.to_owned(), typed: typed.to_owned(), ..CaptureRequest::default() };
    match phone.capture(&request).unwrap() {
        CaptureOutcome::Saved { saved } => saved.item_id,
        CaptureOutcome::Asked { question } => panic!("{question:?}"),
    }
}

/// The value of November that counts there.
fn stands(world: &World) -> Vec<String> {
    let stored = world.cabinet.control().readings(COLD).unwrap();
    let november = stored.iter().filter(|r| r.reading.period.to_string() == "2026-11");
    november.filter(|r| r.reading.status.name() == "received").map(|r| r.reading.value.to_string()).collect()
}

#[test]
fn either_phone_corrects_what_the_other_has_sent_once_it_has_seen_it() {
    let world = World::new();
    world.set_clock("2026-11-23T12:00:00+03:00");
    let phones = [world.open(), world.another_phone()];
    for phone in &phones {
        phone.login(&world.credentials()).unwrap();
    }
    let mut before = None;
    for (n, value) in [(0, "122"), (1, "123"), (0, "124")] {
        let phone = &phones[n];
        phone.sync(TIME).unwrap();
        let taken = phone.capture_screen(COLD).unwrap().taken.map(|value| value.to_string());
        assert_eq!(taken, before, "the screen shows what stands there");
        let item = takes(phone, value);
        phone.sync(TIME).unwrap();
        assert_eq!(phone.proof(&item).unwrap().entry.status, Status::Accepted, "{value}");
        assert_eq!(stands(&world), [value]);
        before = Some(value.to_owned());
    }
    phones[1].sync(TIME).unwrap();
    let row = phones[1].home().unwrap().flats[0].meters[0].clone();
    assert_eq!((row.value.unwrap().to_string(), row.status), ("124".to_owned(), Status::Accepted));
}
