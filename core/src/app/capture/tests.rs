use serde_json::json;

use super::*;
use crate::app::{AccountByHand, MeterByHand};
use crate::domain::{Cause, ClaimProblem, RegistersProblem};
use crate::store::State;
use crate::testing::{COLD, HOT, Phone, first_page, page};

fn request(meter: &str, typed: &str) -> CaptureRequest {
    CaptureRequest { meter_id: meter.to_owned(), typed: typed.to_owned(), ..CaptureRequest::default() }
}

fn asked(phone: &Phone, request: &CaptureRequest) -> Question {
    match phone.app.capture(request).unwrap() {
        CaptureOutcome::Asked { question } => question,
        CaptureOutcome::Saved { saved } => panic!("saved {saved:?}"),
    }
}

fn saved(phone: &Phone, request: &CaptureRequest) -> Saved {
    match phone.app.capture(request).unwrap() {
        CaptureOutcome::Saved { saved } => saved,
        CaptureOutcome::Asked { question } => panic!("asked {question:?}"),
    }
}

/// What went to the server for an item.
fn posted(phone: &Phone, item_id: &str) -> serde_json::Value {
    phone.will_take(item_id, "r1");
    phone.nothing_new();
    phone.app.sync(10_000).unwrap();
    let item = phone.item(item_id);
    assert_eq!(item.state, State::Received);
    serde_json::from_str(&item.payload.unwrap()).unwrap()
}

#[test]
fn hot_typed_for_cold_is_recognised_by_both_histories() {
    let phone = Phone::signed_in();
    let question = asked(&phone, &request(COLD, "85"));
    let guess = question.guess.unwrap();
    assert_eq!((question.doubt, guess.cause), (Doubt::Lower, Cause::MetersSwapped));
    assert_eq!(guess.other_meter.as_deref(), Some(HOT));
}

#[test]
fn a_value_of_the_other_meter_that_was_taken_first_is_offered() {
    let phone = Phone::signed_in();
    let confirmed = vec![Doubt::Higher];
    saved(&phone, &CaptureRequest { confirmed, ..request(HOT, "123") });
    let question = asked(&phone, &request(COLD, "85"));
    let suggestion = question.guess.unwrap().suggestion.unwrap();
    assert_eq!(suggestion.value, Volume::from_units(123));
}

#[test]
fn an_answered_doubt_goes_along_with_the_reading() {
    let phone = Phone::signed_in();
    assert_eq!(asked(&phone, &request(COLD, "119")).doubt, Doubt::NothingUsed);
    let confirmed = vec![Doubt::NothingUsed];
    let saved = saved(&phone, &CaptureRequest { confirmed, ..request(COLD, "119") });
    assert_eq!(posted(&phone, &saved.item_id)["confirmed"], json!(["equal"]));
}

#[test]
fn an_answer_to_a_doubt_that_does_not_hold_stays_at_home() {
    let phone = Phone::signed_in();
    let confirmed = vec![Doubt::Lower, Doubt::Higher];
    let saved = saved(&phone, &CaptureRequest { confirmed, ..request(COLD, "123") });
    assert_eq!(posted(&phone, &saved.item_id)["confirmed"], json!([]));
}

#[test]
fn a_replaced_meter_counts_with_both_its_dials() {
    let phone = Phone::signed_in();
    let happened = |last: &str| Happened::Replaced { final_typed: last.into(), initial_typed: "0,5".into() };
    let lower = CaptureRequest { happened: Some(happened("118")), ..request(COLD, "2") };
    let problem = ClaimProblem::FinalBelowPrevious { previous: Volume::from_units(119) };
    assert_eq!(phone.app.capture(&lower), Err(Error::Claim { problem }));

    let replaced = CaptureRequest { happened: Some(happened("121,9")), ..request(COLD, "2") };
    let saved = saved(&phone, &replaced);
    assert_eq!(saved.used, Some(Volume::from_units(4)), "two of the old one, two of the new one");
    let posted = posted(&phone, &saved.item_id);
    assert_eq!(posted["replacement"], json!({ "final_value": "121", "initial_value": "0" }));
    assert_eq!(posted["rollover"], json!(false));
}

#[test]
fn a_wrong_value_of_a_replaced_meter_names_its_field() {
    let phone = Phone::signed_in();
    let happened = Happened::Replaced { final_typed: "121".into(), initial_typed: "ноль".into() };
    let refused = phone.app.capture(&CaptureRequest { happened: Some(happened), ..request(COLD, "2") });
    let Err(Error::ReplacedTyped { field, problem }) = refused else { panic!("{refused:?}") };
    assert_eq!(field, ReplacedField::Initial);
    assert_eq!(problem, TypedProblem::NotADigit { position: 1, character: "н".into() });
    assert_eq!(phone.app.outbox().unwrap(), []);
}

#[test]
fn a_dial_that_went_round_counts_only_by_the_residents_word() {
    let phone = Phone::signed_in();
    phone.list_shows(
        COLD,
        json!({ "id": "r0", "period": "2026-10", "value": "99998", "status": "accounted",
        "received_at": "2026-10-25T09:00:00Z" }),
    );
    phone.app.sync(10_000).unwrap();
    let question = asked(&phone, &request(COLD, "1"));
    assert_eq!(question.guess.map(|g| g.cause), Some(Cause::RolledOver));
    let saved = saved(&phone, &CaptureRequest { happened: Some(Happened::RolledOver), ..request(COLD, "1") });
    assert_eq!(saved.used, Some(Volume::from_units(3)));
    assert_eq!(posted(&phone, &saved.item_id)["rollover"], json!(true));
}

#[test]
fn a_use_above_the_meters_own_limit_is_asked_about_and_sent_when_confirmed() {
    let phone = Phone::signed_in();
    let meter = json!({ "id": COLD, "account_id": "a1", "serial": "1", "resource": "cold_water",
        "place": "кухня", "digits": { "whole": 5, "fraction": 3 }, "version": 2, "verify_by": null, "limit": "15" });
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "meters": [meter] }))));
    phone.app.sync(10_000).unwrap();
    let question = asked(&phone, &request(COLD, "135"));
    assert_eq!((question.doubt, question.limit), (Doubt::AboveLimit, Some(Volume::from_units(15))));
    let confirmed = vec![Doubt::AboveLimit];
    let saved = saved(&phone, &CaptureRequest { confirmed, ..request(COLD, "135") });
    let confirmed = &posted(&phone, &saved.item_id)["confirmed"];
    assert!(confirmed.as_array().unwrap().contains(&json!("above_limit")), "{confirmed}");
}

/// The cold meter counts day and night apart.
fn with_two_zones() -> Phone {
    let phone = Phone::signed_in();
    let register = |id: &str, zone: &str| {
        json!({ "id": id, "account_id": "a1", "serial": "77", "resource": "cold_water", "place": "подвал",
            "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null, "zone": zone })
    };
    let meters = [register("z2", "T2"), register("z1", "T1")];
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "meters": meters }))));
    phone.app.sync(10_000).unwrap();
    phone
}

fn zone(zone: &str, typed: &str) -> ZoneReading {
    ZoneReading { zone: zone.to_owned(), typed: typed.to_owned(), confirmed: Vec::new() }
}

#[test]
fn all_zones_of_a_meter_are_kept_together_each_with_its_own_reading() {
    let phone = with_two_zones();
    let outcome = phone.app.capture_zones("z2", &[zone("T2", "7,5"), zone("T1", "12")]).unwrap();
    let ZonesOutcome::Saved { saved } = outcome else { panic!("{outcome:?}") };
    let values: Vec<String> = saved.iter().map(|s| s.value.to_string()).collect();
    assert_eq!(values, ["12", "7"]);
    let zones: Vec<Option<String>> = phone.app.outbox().unwrap().into_iter().map(|e| e.zone).collect();
    assert_eq!(zones, [Some("T2".to_owned()), Some("T1".to_owned())]);
}

#[test]
fn one_zone_that_is_no_reading_keeps_all_of_them_from_being_stored() {
    let phone = with_two_zones();
    let refused = phone.app.capture_zones("z1", &[zone("T1", "12"), zone("T2", "7x")]);
    let problem = TypedProblem::NotADigit { position: 2, character: "x".into() };
    let problem = RegistersProblem::NotAReading { zone: "T2".into(), problem };
    assert_eq!(refused, Err(Error::Zones { problem }));
    let missing = phone.app.capture_zones("z1", &[zone("T1", "12")]);
    assert_eq!(missing, Err(Error::Zones { problem: RegistersProblem::Missing { zone: "T2".into() } }));
    assert_eq!(phone.app.outbox().unwrap(), []);
}

#[test]
fn a_zone_that_is_odd_is_asked_about_before_any_is_stored() {
    let phone = with_two_zones();
    phone.app.capture_zones("z1", &[zone("T1", "12"), zone("T2", "7")]).unwrap();
    phone.set_clock("2026-12-23T12:00:00+03:00");
    let readings = [zone("T1", "14"), zone("T2", "7")];
    let outcome = phone.app.capture_zones("z1", &readings).unwrap();
    let ZonesOutcome::Asked { zone, question } = outcome else { panic!("{outcome:?}") };
    assert_eq!((zone.as_str(), question.doubt), ("T2", Doubt::NothingUsed));
    assert_eq!(phone.app.outbox().unwrap().len(), 2, "November's");
    let confirmed = vec![Doubt::NothingUsed];
    let readings = [readings[0].clone(), ZoneReading { confirmed, ..readings[1].clone() }];
    phone.app.capture_zones("z1", &readings).unwrap();
    assert_eq!(phone.app.outbox().unwrap().len(), 4);
}

#[test]
fn a_whole_face_typed_without_its_comma_is_explained_before_it_is_sent() {
    let phone = Phone::signed_in();
    let preview = phone.app.preview(COLD, "00123735").unwrap();
    assert_eq!(preview.problem, Some(TypedProblem::TooManyWholeDigits { dial: 5, typed: 6 }));
    let guess = preview.guess.unwrap();
    assert_eq!(guess.cause, Cause::CommaLost);
    assert_eq!(guess.suggestion.map(|s| s.value), Some(Volume::from_units(123)));
}

#[test]
fn a_reading_taken_early_waits_for_its_window_or_leaves_at_once_as_the_utility_wants() {
    let held = Phone::signed_in();
    held.set_clock("2026-11-20T12:00:00+03:00");
    let saved = held.capture(COLD, "123");
    assert_eq!(saved.held_until.unwrap().to_rfc3339(), "2026-11-22T21:00:00+00:00");
    held.nothing_new();
    assert_eq!(held.app.sync(10_000).unwrap().sent, 0);
    assert_eq!(held.app.home().unwrap().waiting, None, "it waits for its window, not for the network");

    let sent = Phone::signed_in_where(&json!({ "early_readings": "send" }));
    sent.set_clock("2026-11-20T12:00:00+03:00");
    let saved = sent.capture(COLD, "123");
    assert_eq!((saved.held_until, saved.period.to_string().as_str()), (None, "2026-11"));
    assert_eq!(sent.app.home().unwrap().waiting.map(|w| w.count), Some(1));
    posted(&sent, &saved.item_id);
}

#[test]
fn a_reading_taken_late_counts_for_the_month_that_the_utility_says() {
    let next_month = Phone::signed_in();
    next_month.set_clock("2026-11-27T12:00:00+03:00");
    assert_eq!(next_month.capture(COLD, "123").period.to_string(), "2026-12");

    let late = Phone::signed_in_where(&json!({ "late_readings": { "send_until": { "day": 28 } } }));
    late.set_clock("2026-11-27T12:00:00+03:00");
    let home = late.app.home().unwrap();
    let crate::app::Hero::Missed { period, counts_for, missing, about, .. } = home.hero else {
        panic!("{home:?}")
    };
    assert_eq!((period, missing), (counts_for, 2));
    assert_eq!(about, Some(Volume::from_units(7)), "four cold and three hot by the average");
    let saved = late.capture(COLD, "123");
    assert_eq!((saved.period.to_string().as_str(), saved.held_until), ("2026-11", None));
    assert_eq!(saved.next.map(|m| m.meter_id).as_deref(), Some(HOT));
    assert_eq!(posted(&late, &saved.item_id)["period"], json!("2026-11"));
    late.set_clock("2026-11-29T00:00:00+03:00");
    assert_eq!(late.capture(HOT, "85").period.to_string(), "2026-12", "the 28th was the last day");
}

#[test]
fn a_missed_month_is_spoken_of_as_long_as_it_can_be_made_good() {
    let late = json!({ "late_readings": { "send_until": { "day": 10, "next_month": true } } });
    let hero_on = |day: &str| {
        let phone = Phone::signed_in_where(&late);
        phone.set_clock(&format!("{day}T12:00:00+03:00"));
        phone.app.home().unwrap().hero
    };
    assert!(matches!(hero_on("2026-12-10"), crate::app::Hero::Missed { missing: 2, .. }));
    assert!(matches!(hero_on("2026-12-11"), crate::app::Hero::Before { .. }));
}

#[test]
fn a_utility_that_keeps_decimals_gets_them() {
    let phone = Phone::signed_in_where(&json!({ "fraction": { "keep": 2 } }));
    let saved = phone.capture(COLD, "123,456");
    assert_eq!((saved.value.to_string().as_str(), saved.dropped.as_str()), ("123.45", "6"));
}

#[test]
fn no_reading_is_kept_under_a_moment_that_turned_out_wrong_while_it_was_judged() {
    let phone = Phone::signed_in();
    let server_says = |time: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(time).unwrap().to_utc();
        phone.portal.set_time(at);
        phone.nothing_new();
        phone.app.sync(10_000).unwrap();
    };
    server_says("2027-03-24T12:00:00+03:00");
    let keep::Judged::Ready(ready) = phone.app.prepare(&request(COLD, "123")).unwrap() else {
        panic!("nothing is doubtful")
    };
    phone.clock.pass(60_000);
    server_says("2026-11-24T12:00:00+03:00");
    assert!(!phone.app.put_on_disk(std::slice::from_ref(&*ready)).unwrap());
    assert!(phone.app.outbox().unwrap().is_empty(), "it is judged anew, for its own month");
    let keep::Judged::Ready(ready) = phone.app.prepare(&request(COLD, "123")).unwrap() else {
        panic!("nothing is doubtful")
    };
    phone.clock.pass(60_000);
    assert!(phone.app.put_on_disk(std::slice::from_ref(&*ready)).unwrap(), "a disk may be slow");
    assert_eq!(phone.app.outbox().unwrap()[0].period.to_string(), "2026-11");
}

#[test]
fn no_reading_is_kept_for_a_meter_by_hand_that_has_become_the_utilitys_meanwhile() {
    let phone = Phone::new_one();
    let request = AccountByHand { number: "1204417".into(), ..AccountByHand::default() };
    let account_id = phone.app.keep_account(&request).unwrap();
    let typed = MeterByHand {
        meter_id: None,
        account_id,
        resource: Resource::ColdWater,
        serial: COLD.into(),
        place: String::new(),
        whole_digits: 5,
        fraction_digits: 3,
        verify_by: None,
    };
    let request = self::request(&phone.app.keep_meter(&typed).unwrap(), "123");
    let keep::Judged::Ready(ready) = phone.app.prepare(&request).unwrap() else { panic!("asked") };
    phone.sign_in(first_page());
    assert!(!phone.app.put_on_disk(std::slice::from_ref(&*ready)).unwrap());
    assert_eq!(phone.app.capture(&request), Err(Error::not_found("meter")), "the text stays on the screen");
    assert_eq!(phone.app.outbox().unwrap(), []);
}
