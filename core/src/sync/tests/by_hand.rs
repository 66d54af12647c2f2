//! What was typed in without a login, after its owner has signed in.

use serde_json::{Value, json};

use crate::app::{AccountByHand, Channel, Error, Happened, MeterByHand, Resource, Status};
use crate::testing::{Phone, page};

const TIME: i64 = 10_000;

fn meter(account_id: &str, serial: &str, place: &str) -> MeterByHand {
    MeterByHand {
        meter_id: None,
        account_id: account_id.into(),
        resource: Resource::ColdWater,
        serial: serial.into(),
        place: place.into(),
        whole_digits: 5,
        fraction_digits: 3,
        verify_by: None,
    }
}

/// A phone without a login, with an account by hand.
fn phone() -> (Phone, String) {
    let phone = Phone::new_one();
    let request = AccountByHand { account_id: None, number: "120 44 17".into(), address: "Дом".into() };
    let account = phone.app.keep_account(&request).unwrap();
    (phone, account)
}

fn theirs(id: &str, serial: &str, place: &str) -> Value {
    json!({ "id": id, "account_id": "a1", "serial": serial, "resource": "cold_water", "place": place,
        "digits": { "whole": 5, "fraction": 3 }, "version": 4, "verify_by": null })
}

fn listed(meter: &str, period: &str, value: &str) -> Value {
    json!({ "id": format!("{meter}-{period}-{value}"), "meter_id": meter, "period": period, "value": value,
        "taken_at": null, "received_at": "2026-10-25T09:00:00Z", "source": "sms", "status": "accounted",
        "receipt": "5", "client_item_id": null })
}

fn first(meters: &[Value], readings: &[Value]) -> Value {
    json!({ "cursor": "1", "meters": meters, "readings": readings, "accounts": [{ "id": "a1", "number": "1204417",
        "address": "ул. Примерная, 12", "balance": { "kopecks": 0, "period": null, "as_of": "2026-11-01T00:00:00Z" } }] })
}

fn no_meter() -> Error {
    Error::NotFound { what: "meter".into() }
}

fn taken() -> Value {
    json!({ "status": "received", "reading_id": "r9", "receipt": "7", "effective_period": "2026-11",
        "received_at": "2026-11-24T09:00:00Z" })
}

#[test]
fn a_waiting_reading_goes_to_the_utilitys_meter_once_and_keeps_its_proof() {
    let (phone, account) = phone();
    let typed = phone.app.keep_meter(&meter(&account, "417 283", "кухня")).unwrap();
    let item = phone.capture(&typed, "123,4").item_id;
    let before = phone.item(&item);
    phone.sign_in(page(first(&[theirs("m9", "00417283", "Кухня")], &[])));
    let home = phone.app.home().unwrap();
    assert_eq!((home.flats.len(), home.flats[0].account_id.as_str()), (1, "a1"), "one flat, the utility's");
    assert_eq!(home.flats[0].meters[0].item_id.as_deref(), Some(item.as_str()));
    phone.will_say(&item, taken());
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    let posted = phone.portal.posted();
    assert_eq!(posted.len(), 1, "once");
    assert_eq!((&posted[0]["meter_id"], &posted[0]["meter_version"]), (&json!("m9"), &json!(4)));
    assert_eq!((&posted[0]["client_item_id"], &posted[0]["value"]), (&json!(item), &json!("123")));
    let after = phone.item(&item);
    assert_eq!(
        (after.seen, after.phone_at, after.captured.entered),
        (before.seen, before.phone_at, before.captured.entered)
    );
    assert_eq!(after.idempotency_key, before.idempotency_key);
    let restarted = phone.restarted();
    assert_eq!(restarted.app.recovered().unwrap(), None);
    assert_eq!(restarted.app.outbox().unwrap()[0].status, Status::Sent);
}

#[test]
fn what_went_by_sms_keeps_its_mark_and_is_not_sent_where_the_utility_has_it() {
    let (phone, account) = phone();
    let typed = phone.app.keep_meter(&meter(&account, "417283", "")).unwrap();
    let item = phone.capture(&typed, "123,4").item_id;
    phone.app.hand_over(&account, Channel::Sms).unwrap();
    phone.sign_in(page(first(&[theirs("m9", "417283", "кухня")], &[listed("m9", "2026-11", "123")])));
    let entry = phone.app.outbox().unwrap().remove(0);
    assert_eq!((entry.status, entry.channel), (Status::Accepted, Some(Channel::Sms)));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted(), Vec::<Value>::new(), "it is there already");
    assert_eq!(phone.app.proof(&item).unwrap().handed_over_text.as_deref(), Some("ЛС1204417 417283=123"));
}

/// October handed over, November waiting; then the owner signs in.
fn two_months(list: &[Value]) -> (Phone, String, String) {
    let (phone, account) = phone();
    phone.set_clock("2026-10-24T12:00:00+03:00");
    let typed = phone.app.keep_meter(&meter(&account, "417283", "")).unwrap();
    let october = phone.capture(&typed, "119").item_id;
    phone.app.hand_over(&account, Channel::Sms).unwrap();
    phone.set_clock("2026-11-24T12:00:00+03:00");
    let november = phone.capture(&typed, "123").item_id;
    phone.sign_in(page(first(&[theirs("m9", "417283", "кухня")], list)));
    phone.will_say(&november, taken());
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    (phone, october, november)
}

#[test]
fn an_older_month_is_history_and_never_sent() {
    let (phone, october, november) = two_months(&[]);
    let posted: Vec<Value> = phone.portal.posted().into_iter().map(|p| p["client_item_id"].clone()).collect();
    assert_eq!(posted, [json!(november)]);
    let values: Vec<String> =
        phone.app.history("m9", 12).unwrap().readings.iter().map(|r| r.value.to_string()).collect();
    assert_eq!(values, ["123", "119"]);
    let entry = phone.app.outbox().unwrap().into_iter().find(|e| e.item_id == october).unwrap();
    assert_eq!((entry.status, entry.channel), (Status::SentElsewhere, Some(Channel::Sms)));
    assert_eq!(phone.app.other_channels().unwrap(), [], "nothing is left to be told");
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
}

#[test]
fn an_older_month_that_the_utility_lists_is_accepted() {
    let (phone, october, _) = two_months(&[listed("m9", "2026-10", "119")]);
    let entry = phone.app.outbox().unwrap().into_iter().find(|e| e.item_id == october).unwrap();
    assert_eq!((entry.status, entry.channel), (Status::Accepted, Some(Channel::Sms)));
    assert_eq!(phone.app.history("m9", 12).unwrap().readings.len(), 2);
}

#[test]
fn an_older_month_in_which_the_utility_has_another_value_says_so() {
    let (phone, october, _) = two_months(&[listed("m9", "2026-10", "118")]);
    let entry = phone.app.outbox().unwrap().into_iter().find(|e| e.item_id == october).unwrap();
    assert_eq!((entry.status, entry.reason.as_deref()), (Status::Rejected, Some("DUPLICATE_IN_PERIOD")));
    assert!(entry.params.unwrap().contains("118"));
    let values: Vec<String> =
        phone.app.history("m9", 12).unwrap().readings.iter().map(|r| r.value.to_string()).collect();
    assert_eq!(values, ["123", "118"], "the utility's value stands");
}

#[test]
fn a_meter_that_is_not_clear_stays_on_show_until_the_resident_says_which_it_is() {
    let (phone, account) = phone();
    let clear = phone.app.keep_meter(&meter(&account, "1", "")).unwrap();
    let unclear = phone.app.keep_meter(&meter(&account, "2", "ванная")).unwrap();
    phone.capture(&clear, "5");
    let item = phone.capture(&unclear, "7").item_id;
    let meters = [theirs("m1", "1", "кухня"), theirs("m3", "3", "ванная")];
    phone.sign_in(page(first(&meters, &[])));
    let flats = phone.app.home().unwrap().flats;
    assert_eq!((flats.len(), flats[1].by_hand, flats[1].same_as.as_deref()), (2, true, Some("a1")));
    assert_eq!(flats[1].meters.len(), 1, "the clear one is the utility's");
    assert_eq!(phone.app.dictation(&account).unwrap().len(), 2, "it can still be told by telephone");

    assert_eq!(phone.app.same_meter(&unclear, "nobody"), Err(no_meter()));
    assert_eq!(phone.app.same_meter("m1", "m3"), Err(no_meter()), "that one was not typed in");
    phone.app.same_meter(&unclear, "m3").unwrap();
    assert_eq!(phone.app.home().unwrap().flats.len(), 1);
    assert_eq!(phone.item(&item).captured.meter_id, "m3");
    assert_eq!(phone.app.same_meter(&unclear, "m3"), Err(no_meter()), "asked twice");
    phone.portal.will_answer(Ok(serde_json::from_value(json!({ "items": [] })).unwrap()));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 2, "both leave");
}

#[test]
fn what_is_clear_is_decided_when_the_last_page_has_come() {
    let (phone, account) = phone();
    let by_number = phone.app.keep_meter(&meter(&account, "417283", "")).unwrap();
    let by_place = phone.app.keep_meter(&meter(&account, "", "ванная")).unwrap();
    let items = [&by_number, &by_place].map(|typed| phone.capture(typed, "5").item_id);
    let mut head = first(&[theirs("m1", "1", "ванная")], &[]);
    head["more"] = json!(true);
    phone.portal.will_sign_in(Ok(crate::testing::tokens("2030-01-01T00:00:00Z")));
    phone.portal.will_change(Ok(page(head)));
    let rest = [theirs("m9", "417283", ""), theirs("m2", "2", "ванная")];
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "meters": rest }))));
    let login = crate::app::LoginRequest { login: "x".into(), password: "y".into(), remember: false };
    phone.app.login(&login).unwrap();
    assert_eq!(phone.item(&items[0]).captured.meter_id, "m9");
    assert_eq!(phone.item(&items[1]).captured.meter_id, by_place, "two hang there, as it turned out");
}

#[test]
fn of_two_readings_of_one_month_the_later_counts_whichever_meter_it_was_taken_for() {
    let (phone, account) = phone();
    phone.app.keep_meter(&meter(&account, "417283", "")).unwrap();
    let typed = phone.app.home().unwrap().flats[0].meters[0].meter_id.clone();
    let early = phone.capture(&typed, "5").item_id;
    // The utility's list does not name the meter yet, and then it does.
    phone.sign_in(page(first(&[theirs("m9", "other", "")], &[])));
    phone.clock.pass(60_000);
    let late = phone.capture("m9", "6").item_id;
    phone.app.same_meter(&typed, "m9").unwrap();
    assert_eq!(phone.item(&early).state, crate::store::State::Superseded);
    assert_eq!(phone.item(&late).state, crate::store::State::Queued);
}

#[test]
fn what_was_said_of_the_meter_goes_along() {
    let (phone, account) = phone();
    let typed = phone.app.keep_meter(&meter(&account, "417283", "")).unwrap();
    phone.set_clock("2026-10-24T12:00:00+03:00");
    phone.capture(&typed, "99998");
    phone.set_clock("2026-11-24T12:00:00+03:00");
    let request = crate::app::CaptureRequest {
        meter_id: typed,
        typed: "3".into(),
        happened: Some(Happened::RolledOver),
        ..Default::default()
    };
    let item = match phone.app.capture(&request).unwrap() {
        crate::app::CaptureOutcome::Saved { saved } => saved.item_id,
        asked @ crate::app::CaptureOutcome::Asked { .. } => panic!("{asked:?}"),
    };
    phone.sign_in(page(first(&[theirs("m9", "417283", "")], &[])));
    phone.will_say(&item, taken());
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[0]["rollover"], json!(true));
}

#[test]
fn a_damaged_file_gives_back_accounts_meters_and_readings_by_hand() {
    let (phone, account) = phone();
    let typed = phone.app.keep_meter(&meter(&account, "417283", "кухня")).unwrap();
    let item = phone.capture(&typed, "123").item_id;
    phone.app.hand_over(&account, Channel::Sms).unwrap();
    // Nothing of the file can be read any more: the journal alone is left.
    let dir = phone.dir().to_path_buf();
    for name in ["vodomer.db", "vodomer.db-wal"] {
        if let Ok(bytes) = std::fs::read(dir.join(name)) {
            std::fs::write(dir.join(name), vec![0xa5; bytes.len()]).unwrap();
        }
    }
    let phone = phone.restarted();
    assert_eq!(phone.app.recovered().unwrap().map(|r| r.readings), Some(1));
    let flat = phone.app.home().unwrap().flats.remove(0);
    assert_eq!((flat.account_id, flat.number.as_str(), flat.address.as_str()), (account, "1204417", "Дом"));
    assert_eq!((flat.meters[0].meter_id.as_str(), flat.meters[0].place.as_str()), (typed.as_str(), "кухня"));
    let back = phone.item(&item);
    assert!(back.apart && back.channel.is_some(), "it still never leaves by the app");
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.waiting, phone.portal.posted()), (0, vec![]));
}
