//! A resident without a login, who then signs in at the reference cabinet.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use vodomer_cabinet::demo;
use vodomer_core::app::{
    AccountByHand, CaptureOutcome, CaptureRequest, Channel, MeterByHand, Resource, Status,
};

use common::world::World;

#[test]
fn what_was_typed_in_and_handed_over_counts_once_after_its_owner_has_signed_in() {
    let world = World::new();
    world.set_clock("2026-11-23T12:00:00+03:00");
    let app = world.open();
    let known = world.another_phone();
    known.login(&world.credentials()).unwrap();
    let cold = known.capture_screen("demo-cold").unwrap();
    let last = cold.last.unwrap().value.to_string();

    let account = AccountByHand { number: demo::LOGIN.to_owned(), ..AccountByHand::default() };
    let account_id = app.keep_account(&account).unwrap();
    let meter = MeterByHand {
        meter_id: None,
        account_id: account_id.clone(),
        resource: Resource::ColdWater,
        serial: cold.serial,
        place: String::new(),
        whole_digits: cold.whole_digits,
        fraction_digits: cold.fraction_digits,
        verify_by: None,
    };
    let meter_id = app.keep_meter(&meter).unwrap();
    let request = CaptureRequest { meter_id, typed: last, ..CaptureRequest::default() };
    let CaptureOutcome::Saved { saved } = app.capture(&request).unwrap() else { panic!("asked") };
    assert_eq!(app.hand_over(&account_id, Channel::Phone), Ok(1));
    app.sync(10_000).unwrap();
    assert_eq!(world.readings_for("demo-cold", "2026-11"), 0, "it is only told by telephone");

    app.login(&world.credentials()).unwrap();
    drop(app);
    let app = world.open();
    app.sync(10_000).unwrap();
    app.sync(10_000).unwrap();
    assert_eq!(world.readings_for("demo-cold", "2026-11"), 1);
    assert_eq!(world.posted_keys().len(), 1, "one post");
    let entry = app.outbox().unwrap().remove(0);
    assert_eq!((entry.item_id, entry.meter_id.as_str()), (saved.item_id, "demo-cold"));
    assert_eq!((entry.status, entry.channel), (Status::Accepted, Some(Channel::Phone)));
    assert_eq!(app.home().unwrap().flats.len(), 1);
}
