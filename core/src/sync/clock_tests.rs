use std::sync::Arc;

use serde_json::json;

use crate::domain::{Instant, Profile};
use crate::env::{Clock, Env};
use crate::testing::{COLD, HOT, Phone, page};

const TIME: i64 = 10_000;

fn at(text: &str) -> Instant {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// The server answers a refresh, and its clock says so.
fn server_says(phone: &Phone, time: &str) {
    phone.portal.set_time(at(time));
    phone.portal.will_change(Ok(page(json!({ "cursor": "t" }))));
    phone.app.sync(TIME).unwrap();
}

#[test]
fn a_clock_that_is_moved_offline_moves_no_reading() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.pass(60_000);
    for moved in ["2019-01-01T00:00:00Z", "2041-01-01T00:00:00Z"] {
        phone.clock.move_wall_clock(at(moved));
        let saved = phone.capture(COLD, "123");
        assert_eq!(saved.taken_at, at("2026-11-23T12:01:00+03:00"), "{moved}");
        assert_eq!(saved.period.to_string(), "2026-11");
        let proof = phone.app.proof(&saved.item_id).unwrap();
        assert_eq!(proof.phone_at, at(moved), "what the phone showed is kept as evidence");
        assert_eq!(proof.skew_ms, Some((saved.taken_at - at(moved)).num_milliseconds()));
    }
}

#[test]
fn after_a_restart_the_known_difference_counts_and_no_moment_before_the_last_known() {
    let phone = Phone::signed_in();
    phone.set_clock("2026-11-23T09:00:00+03:00");
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2026-11-23T10:00:00+03:00");
    assert_eq!(phone.capture(COLD, "121").taken_at, at("2026-11-23T13:00:00+03:00"), "three hours behind");
    phone.set_wall_clock("1970-01-01T00:00:00Z");
    assert_eq!(phone.capture(COLD, "122").taken_at, at("2026-11-23T12:00:01+03:00"), "the battery was out");
}

#[test]
fn a_reading_taken_under_a_wrong_clock_is_put_right_when_the_server_is_seen() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    assert_eq!(saved.period.to_string(), "2028-03", "nobody can know better yet");
    phone.clock.pass(3_600_000);
    server_says(&phone, "2026-11-24T19:00:00+03:00");
    let proof = phone.app.proof(&saved.item_id).unwrap();
    assert_eq!(proof.entry.taken_at, at("2026-11-24T18:00:00+03:00"), "an hour before the server was seen");
    assert_eq!(proof.entry.period.to_string(), "2026-11");
    assert_eq!(proof.phone_at, at("2028-03-24T12:00:00+03:00"));
}

#[test]
fn what_is_put_right_into_a_month_that_has_a_reading_gives_way_to_the_later_one() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    let earlier = phone.capture(COLD, "121").item_id;
    phone.clock.reboot();
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    let later = phone.capture(COLD, "123").item_id;
    server_says(&phone, "2026-11-24T19:00:00+03:00");
    let shown: Vec<String> = phone.app.outbox().unwrap().into_iter().map(|e| e.item_id).collect();
    assert_eq!(shown, [later]);
    assert_ne!(shown, [earlier]);
}

#[test]
fn what_is_put_right_to_a_moment_before_another_reading_of_the_month_does_not_take_its_place() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    phone.capture(COLD, "121");
    phone.clock.pass(3_600_000);
    phone.set_wall_clock("2026-11-24T19:00:00+03:00");
    let later = phone.capture(COLD, "123").item_id;
    server_says(&phone, "2026-11-24T19:00:00+03:00");
    let shown: Vec<String> = phone.app.outbox().unwrap().into_iter().map(|e| e.item_id).collect();
    assert_eq!(shown, [later]);
}

#[test]
fn after_a_restart_nothing_is_dated_for_good_before_the_server_was_seen() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2027-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    phone.app.sync(TIME).unwrap();
    assert!(phone.portal.posted().is_empty(), "the first request asks for the account, and brings the time");
    phone.portal.set_time(at("2026-11-24T19:00:00+03:00"));
    phone.nothing_new();
    phone.will_take(&saved.item_id, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[0]["taken_at"], json!("2026-11-24T16:00:00Z"));
    assert_eq!(phone.portal.posted()[0]["period"], json!("2026-11"));
}

#[test]
fn what_has_left_already_is_not_moved_any_more() {
    let phone = Phone::signed_in();
    server_says(&phone, "2027-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    phone.portal.will_answer(Err(crate::portal::Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.portal.set_time(at("2026-11-24T19:00:00+03:00"));
    phone.nothing_new();
    phone.app.sync_unattended(TIME).unwrap();
    let proof = phone.app.proof(&saved.item_id).unwrap();
    assert_eq!(proof.entry.taken_at, saved.taken_at, "a payload is frozen at its first attempt");
}

#[test]
fn a_wait_does_not_outlast_a_clock_that_went_back() {
    let phone = Phone::signed_in();
    server_says(&phone, "2029-11-23T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    phone.portal.will_answer(Err(crate::portal::Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert!(phone.item(&saved.item_id).not_before > at("2029-11-23T12:00:00+03:00"));
    phone.portal.set_time(at("2026-11-23T12:00:00+03:00"));
    phone.nothing_new();
    phone.app.sync_unattended(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 1, "it waited still when this pass began");
    phone.will_take(&saved.item_id, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().sent, 1, "years are not waited out");
}

#[test]
fn the_time_is_written_only_when_it_tells_something() {
    let phone = Phone::signed_in();
    let anchor = |phone: &Phone| phone.app.store.read(crate::store::anchor).unwrap().unwrap();
    phone.set_clock("2026-11-23T09:00:00+03:00");
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    let first = anchor(&phone);
    phone.set_wall_clock("2026-11-23T09:00:01+03:00");
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    assert_eq!(anchor(&phone), first, "an answer in the same millisecond");
    phone.clock.pass(3_600_000);
    server_says(&phone, "2026-11-23T13:00:02+03:00");
    assert_eq!(anchor(&phone), first, "two seconds are the header's rounding and the way's delay");
    phone.clock.pass(11 * 3_600_000);
    server_says(&phone, "2026-11-24T00:00:00+03:00");
    assert_eq!(anchor(&phone), first, "not yet old");
    phone.clock.pass(1_000);
    server_says(&phone, "2026-11-24T00:00:01+03:00");
    assert_ne!(anchor(&phone), first, "after half a day it is noted anew");
}

#[test]
fn readings_of_several_months_under_one_wrong_clock_each_find_their_own_month() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    // The phone believes in a month before the right one, twice.
    phone.set_wall_clock("2026-12-24T12:00:00+03:00");
    let first = phone.capture(COLD, "121").item_id;
    phone.clock.pass(31 * 24 * 3_600_000);
    let second = phone.capture(COLD, "124").item_id;
    server_says(&phone, "2027-02-24T12:00:00+03:00");
    let periods: Vec<(String, String)> = phone
        .app
        .outbox()
        .unwrap()
        .into_iter()
        .map(|entry| (entry.item_id, entry.period.to_string()))
        .collect();
    assert_eq!(periods, [(second, "2027-02".to_owned()), (first, "2027-01".to_owned())]);
}

#[test]
fn after_a_restart_a_server_that_wanted_to_be_left_alone_is_asked_once_for_the_time() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    let code = Some("MAINTENANCE".into());
    let busy = crate::portal::Failure::Refused {
        status: 503,
        code,
        params: Default::default(),
        retry_after: Some(3_600),
    };
    phone.portal.will_change(Err(busy));
    phone.app.sync(TIME).unwrap();
    phone.clock.reboot();
    phone.set_wall_clock("1970-01-01T00:00:00Z");
    server_says(&phone, "2026-11-25T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    assert_eq!(
        saved.taken_at,
        at("2026-11-25T12:00:00+03:00"),
        "the server was asked, and the clock is right"
    );
}

#[test]
fn time_goes_on_for_a_phone_whose_battery_was_out() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("1970-01-01T00:00:00Z");
    phone.clock.pass(2 * 3_600_000);
    assert!(phone.capture(COLD, "123").taken_at >= at("2026-11-23T14:00:00+03:00"));
}

#[test]
fn what_was_taken_before_the_phones_last_start_gives_way_to_what_was_taken_after_it() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2028-11-24T12:00:00+03:00");
    phone.capture(COLD, "121");
    phone.clock.reboot();
    phone.set_wall_clock("2028-12-24T12:00:00+03:00");
    let last = phone.capture(COLD, "124").item_id;
    phone.clock.pass(1_000);
    server_says(&phone, "2026-11-24T12:00:00+03:00");
    let shown: Vec<String> = phone.app.outbox().unwrap().into_iter().map(|entry| entry.item_id).collect();
    assert_eq!(shown, [last]);
}

#[test]
fn a_correction_counts_after_what_it_corrects_whatever_the_clocks_say() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.capture(COLD, "121");
    phone.nothing_new();
    phone.portal.will_answer(Err(crate::portal::Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let correction = phone.capture(COLD, "122").item_id;
    phone.clock.reboot();
    // Half a minute behind what it said before: the phone seems to have started before either was taken.
    server_says(&phone, "2026-11-23T11:59:30+03:00");
    let proof = phone.app.proof(&correction).unwrap();
    assert_eq!(proof.entry.status, crate::app::Status::Saved);
    assert!(proof.entry.taken_at < at("2026-11-23T12:00:00+03:00"), "it was put right");
}

#[test]
fn how_long_a_phone_has_run_does_not_count_from_a_moment_before_its_start() {
    let phone = Phone::signed_in();
    phone.clock.reboot();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.clock.pass(2 * 3_600_000);
    phone.set_wall_clock("2026-11-24T12:00:00+03:00");
    assert_eq!(
        phone.capture(COLD, "123").taken_at,
        at("2026-11-24T12:00:00+03:00"),
        "it was off for a night"
    );
}

#[test]
fn a_reading_of_before_the_phones_last_start_was_taken_before_it_however_long_the_phone_has_run() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    phone.clock.pass(3_600_000);
    let saved = phone.capture(COLD, "123");
    phone.clock.reboot();
    phone.clock.pass(4 * 3_600_000 - 1_000);
    server_says(&phone, "2026-11-24T19:00:00+03:00");
    let proof = phone.app.proof(&saved.item_id).unwrap();
    assert_eq!(proof.entry.taken_at, at("2026-11-24T15:00:00+03:00"), "when the phone started");
}

#[test]
fn two_seconds_move_no_reading_when_another_is_put_right() {
    let phone = Phone::signed_in();
    phone.set_clock("2026-11-22T12:00:00+03:00");
    server_says(&phone, "2026-11-22T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2026-11-23T12:00:00+03:00");
    let right = phone.capture(COLD, "123");
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    let wrong = phone.capture(HOT, "84");
    server_says(&phone, "2026-11-23T12:00:02+03:00");
    let taken_at = |item: &str| phone.app.proof(item).unwrap().entry.taken_at;
    assert_eq!(taken_at(&wrong.item_id), at("2026-11-23T12:00:02+03:00"));
    assert_eq!(taken_at(&right.item_id), right.taken_at);
}

/// A clock that breaks its word: its monotonic time goes back without a new start.
struct GoesBack {
    wall: Instant,
    monotonic: i64,
}

impl Clock for GoesBack {
    fn now(&self) -> Instant {
        self.wall
    }

    fn monotonic(&self) -> i64 {
        self.monotonic
    }

    fn boot(&self) -> i64 {
        0
    }

    fn zone(&self) -> String {
        "Europe/Moscow".to_owned()
    }
}

/// An answer comes to a phone with such clocks.
fn learn(phone: &Phone, wall: &str, monotonic: i64, server: &str) {
    let env = Env { clock: Arc::new(GoesBack { wall: at(wall), monotonic }), ..phone.env().clone() };
    let calendar = Profile::kursk().unwrap().calendar();
    super::learn(&phone.app.store, &env, &calendar, Some(at(server))).unwrap();
}

#[test]
fn where_the_monotonic_clock_goes_back_against_its_word_the_servers_time_is_noted_anew() {
    let phone = Phone::signed_in();
    for (time, monotonic) in [("2026-11-23T12:00:00+03:00", 60_000), ("2026-11-23T12:10:00+03:00", 1_000)] {
        learn(&phone, time, monotonic, time);
        let anchor = phone.app.store.read(crate::store::anchor).unwrap().unwrap();
        assert_eq!(anchor.monotonic, monotonic, "or the wall clock would count until the next start");
    }
}

#[test]
fn a_reading_that_seems_to_come_from_after_the_servers_time_was_taken_by_then() {
    let phone = Phone::signed_in();
    phone.set_clock("2028-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    learn(&phone, "2026-11-24T18:00:00+03:00", 1_000, "2026-11-24T19:00:00+03:00");
    let proof = phone.app.proof(&saved.item_id).unwrap();
    assert_eq!(proof.entry.taken_at, at("2026-11-24T19:00:00+03:00"));
}

#[test]
fn of_two_readings_of_before_the_phones_last_start_the_one_that_was_taken_later_counts() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    phone.set_wall_clock("2028-03-24T12:00:00+03:00");
    phone.capture(COLD, "121");
    phone.set_wall_clock("2028-04-24T12:00:00+03:00");
    let last = phone.capture(COLD, "124").item_id;
    phone.clock.reboot();
    // Nothing tells them apart but their order: both were taken before this start.
    server_says(&phone, "2026-11-24T12:00:00+03:00");
    let shown: Vec<String> = phone.app.outbox().unwrap().into_iter().map(|entry| entry.item_id).collect();
    assert_eq!(shown, [last]);
}

#[test]
fn after_a_start_the_tokens_renewal_tells_the_time_and_readings_go_though_the_list_fails() {
    let phone = Phone::signed_in();
    server_says(&phone, "2026-11-23T12:00:00+03:00");
    phone.clock.reboot();
    let phone = phone.restarted();
    phone.set_wall_clock("2027-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    phone.portal.set_time(at("2026-11-24T19:00:00+03:00"));
    phone.portal.will_sign_in(Ok(crate::testing::tokens("2030-01-01T00:00:00Z")));
    phone.will_take(&saved.item_id, "r1");
    let fails = || crate::portal::Failure::Refused {
        status: 500,
        code: None,
        params: Default::default(),
        retry_after: None,
    };
    phone.portal.will_change(Err(fails()));
    phone.portal.will_change(Err(fails()));
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().sent, 1);
    assert_eq!(phone.portal.posted()[0]["taken_at"], json!("2026-11-24T16:00:00Z"));
    assert_eq!(phone.portal.posted()[0]["period"], json!("2026-11"));
}

#[test]
fn what_surely_never_left_is_put_right_under_a_key_of_its_own() {
    let phone = Phone::signed_in();
    server_says(&phone, "2027-03-24T12:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    phone.portal.will_answer(Err(crate::portal::Failure::Unreachable));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[0]["period"], json!("2027-03"));
    phone.portal.set_time(at("2026-11-24T19:00:00+03:00"));
    phone.portal.will_sign_in(Ok(crate::testing::tokens("2030-01-01T00:00:00Z")));
    phone.will_take(&saved.item_id, "r1");
    phone.nothing_new();
    let again = crate::app::LoginRequest {
        login: "1204417".to_owned(),
        password: "secret".to_owned(),
        remember: true,
    };
    phone.app.login(&again).unwrap();
    let posted = phone.portal.posted();
    assert_eq!(posted[1]["period"], json!("2026-11"));
    assert_eq!(posted[1]["taken_at"], json!("2026-11-24T16:00:00Z"));
    assert_ne!(posted[1]["idempotency_key"], posted[0]["idempotency_key"], "one key, one payload");
}
