use serde_json::json;

use super::{Hero, Waiting};
use crate::app::Status;
use crate::portal::Failure;
use crate::testing::{COLD, HOT, Phone, page};

const TIME: i64 = 10_000;

fn hero(phone: &Phone) -> Hero {
    phone.app.home().unwrap().hero
}

fn next(hero: &Hero) -> Option<&str> {
    match hero {
        Hero::Before { next_meter, .. }
        | Hero::Open { next_meter, .. }
        | Hero::LastDay { next_meter, .. }
        | Hero::Missed { next_meter, .. } => next_meter.as_deref(),
        Hero::NoMeters | Hero::Done { .. } => None,
    }
}

#[test]
fn the_first_button_opens_the_first_meter_and_then_the_next() {
    let phone = Phone::signed_in();
    assert_eq!(next(&hero(&phone)), Some(COLD));
    let saved = phone.capture(COLD, "123");
    assert_eq!(saved.next.unwrap().meter_id, HOT);
    assert_eq!(next(&hero(&phone)), Some(HOT));
    assert_eq!(phone.capture(HOT, "85").next, None);
}

#[test]
fn who_takes_the_last_meter_first_is_led_back_to_the_first() {
    let phone = Phone::signed_in();
    assert_eq!(phone.capture(HOT, "85").next.unwrap().meter_id, COLD);
}

#[test]
fn the_card_goes_through_the_month() {
    let phone = Phone::signed_in();
    assert!(matches!(hero(&phone), Hero::Open { days_left: 2, missing: 2, total: 2, .. }));
    phone.set_clock("2026-11-25T00:00:00+03:00");
    let Hero::LastDay { until, zone_phrase, .. } = hero(&phone) else { panic!("the last day") };
    assert_eq!((until.as_str(), zone_phrase.as_str()), ("23:59", "по Москве"));
    phone.set_clock("2026-11-26T00:00:00+03:00");
    let Hero::Missed { period, counts_for, missing: 2, .. } = hero(&phone) else { panic!("missed") };
    assert_eq!((period.to_string().as_str(), counts_for.to_string().as_str()), ("2026-11", "2026-12"));
    phone.set_clock("2026-12-02T12:00:00+03:00");
    assert!(matches!(hero(&phone), Hero::Before { .. }));
}

#[test]
fn all_taken_is_done_and_says_how_many_the_utility_has() {
    let phone = Phone::signed_in();
    let cold = phone.capture(COLD, "123").item_id;
    phone.capture(HOT, "85");
    assert!(matches!(hero(&phone), Hero::Done { accepted: 0, total: 2, .. }));
    // The batch is not answered, but the utility's list shows one of the two.
    phone.will_take("none of ours", "r9");
    phone.list_shows(COLD, json!({ "client_item_id": cold }));
    phone.app.sync(TIME).unwrap();
    assert!(matches!(hero(&phone), Hero::Done { accepted: 1, total: 2, .. }));
}

#[test]
fn what_the_inspector_read_is_not_missing() {
    let phone = Phone::signed_in();
    phone.list_shows(COLD, json!({ "source": "inspector", "value": "122" }));
    phone.app.sync(TIME).unwrap();
    assert!(matches!(hero(&phone), Hero::Open { missing: 1, .. }));
    let row = phone.app.home().unwrap().flats[0].meters[0].clone();
    assert_eq!((row.status, row.value.unwrap().to_string()), (Status::Accepted, "122".to_owned()));
}

#[test]
fn other_ways_are_offered_only_when_the_end_is_near() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.portal.will_answer(Err(Failure::Unreachable));
    phone.app.sync(TIME).unwrap();
    let waiting = |offer_channels| Some(Waiting { count: 1, offer_channels });
    assert_eq!(phone.app.home().unwrap().waiting, waiting(false));
    phone.set_clock("2026-11-25T09:00:00+03:00");
    assert_eq!(phone.app.home().unwrap().waiting, waiting(true));
}

#[test]
fn a_reading_that_the_utility_counts_for_the_next_month_leaves_its_own_month_missed() {
    let phone = Phone::signed_in();
    let cold = phone.capture(COLD, "123").item_id;
    let later = json!({ "status": "received", "reading_id": "r1", "effective_period": "2026-12" });
    phone.will_say(&cold, later);
    phone.list_shows(COLD, json!({ "client_item_id": cold, "period": "2026-12" }));
    phone.app.sync(TIME).unwrap();
    assert!(matches!(hero(&phone), Hero::Open { missing: 2, .. }), "{:?}", hero(&phone));
    phone.set_clock("2026-11-26T00:00:00+03:00");
    assert!(matches!(hero(&phone), Hero::Missed { missing: 2, .. }), "{:?}", hero(&phone));
    phone.set_clock("2026-12-02T12:00:00+03:00");
    assert!(matches!(hero(&phone), Hero::Before { missing: 1, .. }), "{:?}", hero(&phone));
    let card = &phone.app.home().unwrap().flats[0].meters[0];
    assert_eq!((card.status, card.item_id.as_deref()), (Status::Accepted, Some(&*cold)));
}

#[test]
fn while_pages_are_missing_nothing_is_said_to_be_as_of_now() {
    let phone = Phone::signed_in();
    let before = phone.app.home().unwrap().as_of;
    phone.set_clock("2026-11-24T12:00:00+03:00");
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "more": true }))));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.app.home().unwrap().as_of, before);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.cursors().last().unwrap().as_deref(), Some("2"), "it goes on where it was");
    assert!(phone.app.home().unwrap().as_of > before);
}
