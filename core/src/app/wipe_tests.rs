use serde_json::json;

use super::{WipeOutcome, WipeRequest};
use crate::app::{Error, LoginRequest, VisitRequest};
use crate::store::show_reminder;
use crate::testing::{COLD, HOT, Phone, page, question, tokens};

const TIME: i64 = 10_000;

fn account(id: &str) -> WipeRequest {
    WipeRequest { account_id: Some(id.to_owned()), confirmed: Vec::new() }
}

fn losses(outcome: WipeOutcome) -> Vec<String> {
    match outcome {
        WipeOutcome::Asked { readings, letters } => {
            readings.into_iter().map(|r| r.item_id).chain(letters.into_iter().map(|l| l.item_id)).collect()
        }
        WipeOutcome::Wiped | WipeOutcome::TracesLeft => panic!("wiped without asking"),
    }
}

/// Everything that the phone's files hold, as bytes.
fn files(phone: &Phone) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(phone.dir()).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    all
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn wiping_asks_and_names_everything_that_the_utility_does_not_have() {
    let phone = Phone::signed_in();
    let sent = phone.capture(COLD, "123").item_id;
    phone.will_take(&sent, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let waiting = phone.capture(HOT, "85").item_id;
    let letter = phone.app.write_letter(&question()).unwrap();
    assert_eq!(losses(phone.app.wipe(&account("a1")).unwrap()), [waiting.clone(), letter.clone()]);
    assert_eq!(phone.app.outbox().unwrap().len(), 2, "nothing is gone yet");
    let meanwhile = phone.capture(HOT, "86").item_id;
    let agreed = WipeRequest { confirmed: vec![waiting, letter], ..account("a1") };
    assert_eq!(losses(phone.app.wipe(&agreed).unwrap()), [meanwhile], "captured since the asking");
}

#[test]
fn after_the_resident_has_agreed_nothing_of_it_is_left_in_any_file() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "00123,7").item_id;
    let letter = phone.app.write_letter(&question()).unwrap();
    assert!(contains(&files(&phone), "00123,7") && contains(&files(&phone), "Почему так много?"));
    let agreed = WipeRequest { confirmed: vec![item.clone(), letter], ..account("a1") };
    assert_eq!(phone.app.wipe(&agreed).unwrap(), WipeOutcome::Wiped);
    let left = files(&phone);
    for trace in ["00123,7", "Почему так много?", item.as_str(), "ул. Примерная", "1204417", "m-cold"]
    {
        assert!(!contains(&left, trace), "{trace} is still there");
    }
    assert!(phone.app.outbox().unwrap().is_empty() && phone.app.home().unwrap().flats.is_empty());
    assert_eq!(phone.app.proof(&item).unwrap_err(), Error::not_found("item"));
    let phone = phone.restarted();
    assert!(phone.app.outbox().unwrap().is_empty(), "nor does it come back with the next start");
}

#[test]
fn wiping_one_login_leaves_the_others_and_their_queue() {
    let phone = Phone::signed_in();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.nothing_new();
    phone.portal.will_change(Ok(page(json!({ "cursor": "1",
        "accounts": [{ "id": "a2", "number": "777", "address": "ул. Другая, 1",
            "balance": { "kopecks": 0, "period": null, "as_of": "2026-11-01T00:00:00Z" } }],
        "meters": [{ "id": "m2", "account_id": "a2", "serial": "s2", "resource": "cold_water", "place": "ванная",
            "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null }] }))));
    let other = LoginRequest { login: "777".to_owned(), password: "secret".to_owned(), remember: true };
    phone.app.login(&other).unwrap();
    let first = phone.capture(COLD, "123").item_id;
    let second = phone.capture("m2", "7").item_id;
    let agreed = WipeRequest { confirmed: vec![first], ..account("a1") };
    assert_eq!(phone.app.wipe(&agreed).unwrap(), WipeOutcome::Wiped);
    let left: Vec<String> = phone.app.outbox().unwrap().into_iter().map(|e| e.item_id).collect();
    assert_eq!(left, [second]);
    assert_eq!(phone.app.home().unwrap().flats.len(), 1);
}

#[test]
fn wiping_everything_takes_what_a_login_of_before_has_left() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.logout("a1").unwrap();
    assert_eq!(phone.app.outbox().unwrap().len(), 1, "signing out loses nothing");
    assert_eq!(losses(phone.app.wipe(&WipeRequest::default()).unwrap()), std::slice::from_ref(&item));
    let agreed = WipeRequest { account_id: None, confirmed: vec![item] };
    assert_eq!(phone.app.wipe(&agreed).unwrap(), WipeOutcome::Wiped);
    assert!(phone.app.outbox().unwrap().is_empty());
}

#[test]
fn a_disk_that_can_not_be_cleaned_is_told_apart_from_a_wipe_that_failed_and_keeps_no_token() {
    let phone = Phone::signed_in();
    let login = phone.app.store.read(crate::store::logins).unwrap().remove(0);
    let secret = || phone.env().secrets.get(&format!("refresh/{}", login.id)).unwrap();
    assert!(secret().is_some());
    // A file that was set aside can't be removed: a folder has its name.
    let aside = phone.dir().join("vodomer.db.aside-1");
    std::fs::create_dir(&aside).unwrap();
    assert_eq!(phone.app.wipe(&WipeRequest::default()).unwrap(), WipeOutcome::TracesLeft);
    assert!(phone.app.home().unwrap().flats.is_empty());
    assert_eq!(secret(), None);
    std::fs::remove_dir(&aside).unwrap();
    assert_eq!(phone.app.wipe(&WipeRequest::default()).unwrap(), WipeOutcome::Wiped, "once more, and clean");
}

#[test]
fn wiping_everything_takes_a_meter_and_a_charge_whose_account_has_not_come_yet() {
    let phone = Phone::signed_in();
    phone.portal.will_change(Ok(page(json!({ "cursor": "2",
        "meters": [{ "id": "m-early", "account_id": "a-late", "serial": "s2", "resource": "cold_water",
            "place": "ванная", "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null }],
        "charges": [{ "account_id": "a-late", "period": "2026-10", "total_kopecks": 100, "due_kopecks": 100, "pay_by": null,
            "lines": [] }] }))));
    phone.app.sync(TIME).unwrap();
    assert!(contains(&files(&phone), "m-early") && contains(&files(&phone), "a-late"));
    assert_eq!(phone.app.wipe(&WipeRequest::default()).unwrap(), WipeOutcome::Wiped);
    assert!(!contains(&files(&phone), "m-early") && !contains(&files(&phone), "a-late"));
}

#[test]
fn after_wiping_everything_no_file_tells_of_anyone_who_has_signed_out_before() {
    let phone = Phone::signed_in();
    let visit = VisitRequest {
        account_id: "a1".to_owned(),
        date: "2026-12-01".parse().unwrap(),
        from: None,
        until: None,
        note: "Поверка счётчика".to_owned(),
    };
    phone.app.note_visit(&visit).unwrap();
    // Neither hangs on an account.
    phone.list_shows("m-of-nobody", json!({}));
    phone.app.sync(TIME).unwrap();
    phone.app.store.write(|db| show_reminder(db, "reminder-77", phone.env().clock.now())).unwrap();
    let aside = phone.dir().join("vodomer.db.aside-1");
    std::fs::write(&aside, "a file that was damaged").unwrap();
    phone.app.logout("a1").unwrap();
    assert!(contains(&files(&phone), "ул. Примерная"), "signing out frees pages, and leaves what is on them");
    assert_eq!(phone.app.wipe(&WipeRequest::default()).unwrap(), WipeOutcome::Wiped);
    let left = files(&phone);
    for trace in ["ул. Примерная", "1204417", "m-cold", "Поверка счётчика", "m-of-nobody", "reminder-77"]
    {
        assert!(!contains(&left, trace), "{trace} is still there");
    }
    assert!(!aside.exists());
}

#[test]
fn an_account_that_is_not_there_is_not_wiped() {
    let phone = Phone::signed_in();
    assert_eq!(phone.app.wipe(&account("a9")).unwrap_err(), Error::not_found("account"));
    assert_eq!(phone.app.home().unwrap().flats.len(), 1);
}

#[test]
fn wiping_a_login_leaves_no_reminder_that_names_what_was_its_own() {
    let phone = Phone::signed_in();
    let ids = ["2026-11/first_day", "pay/a1/2026-10/2026-11-10/3", "verify/m-cold/2027-01-01/30"];
    ids.iter().for_each(|id| phone.app.reminder_shown(id).unwrap());
    assert_eq!(phone.app.wipe(&account("a1")).unwrap(), WipeOutcome::Wiped);
    let left = phone.app.store.read(crate::store::shown_reminders).unwrap();
    assert_eq!(left.into_iter().map(|shown| shown.id).collect::<Vec<_>>(), ids[..1]);
}
