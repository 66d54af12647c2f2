use serde_json::json;

use super::{LetterKind, LetterProblem, LetterRequest};
use crate::app::{Error, Status};
use crate::portal::Failure;
use crate::testing::{COLD, Phone, page};

const TIME: i64 = 10_000;

fn request(kind: LetterKind) -> LetterRequest {
    LetterRequest {
        kind,
        account_id: Some("a1".to_owned()),
        topic: "verification".to_owned(),
        text: "  Прошу поверить счётчик.  ".to_owned(),
        meter_id: Some(COLD.to_owned()),
        wanted_on: None,
        name: Some("Жилец".to_owned()),
        contact: Some("resident@example.invalid".to_owned()),
    }
}

fn at_a_server_that_forgets_ids() -> Phone {
    Phone::signed_in_where(&json!({ "portal": { "base_url": "https://cabinet.example.invalid",
        "honours_keys": false } }))
}

fn registers(phone: &Phone) {
    let answer = json!({ "letter_id": "l1", "receipt": "9", "received_at": "2026-11-23T10:00:00Z" });
    phone.portal.will_register(Ok(serde_json::from_value(answer).unwrap()));
}

fn listed(phone: &Phone, letter: &serde_json::Value) {
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "letters": [letter] }))));
}

fn held(item: Option<&str>) -> serde_json::Value {
    json!({ "id": "l1", "kind": "service_request", "account_id": "a1", "text": "Прошу поверить счётчик.", "status": "received",
        "received_at": "2026-11-23T10:00:00Z", "receipt": "9", "client_item_id": item, "answer": null })
}

fn status(phone: &Phone) -> Status {
    phone.app.letters().unwrap()[0].status
}

#[test]
fn a_letter_of_each_kind_is_written_offline_survives_a_restart_and_is_delivered_once() {
    for kind in [LetterKind::ServiceRequest, LetterKind::Question, LetterKind::Appeal] {
        let phone = Phone::signed_in();
        let item = phone.app.write_letter(&request(kind)).unwrap();
        let phone = phone.restarted();
        let waiting = &phone.app.letters().unwrap()[0];
        assert_eq!((&waiting.item_id, waiting.kind, waiting.status), (&item, kind, Status::Saved));
        assert_eq!(waiting.text, "Прошу поверить счётчик.", "kept without the spaces around it");
        phone.portal.will_sign_in(Ok(crate::testing::tokens("2030-01-01T00:00:00Z")));
        phone.portal.will_register(Err(Failure::AnswerLost));
        phone.app.sync(TIME).unwrap();
        assert_eq!(status(&phone), Status::Sent, "in doubt");
        registers(&phone);
        phone.nothing_new();
        phone.nothing_new();
        assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0, "{kind:?}");
        let posted = phone.portal.posted();
        assert_eq!((posted.len(), &posted[0]), (2, &posted[1]), "the replay is the same, byte for byte");
        assert_eq!(posted[0]["client_item_id"], json!(item));
        let sent = &phone.app.letters().unwrap()[0];
        assert_eq!((sent.receipt.as_deref(), sent.status), (Some("9"), Status::Sent));
    }
}

#[test]
fn a_letter_is_accepted_when_the_utilitys_list_shows_it() {
    let phone = Phone::signed_in();
    let item = phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    registers(&phone);
    listed(&phone, &held(Some(&item)));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone), Status::Accepted);
}

#[test]
fn at_a_server_that_forgets_ids_a_letter_in_doubt_is_found_by_its_text_and_not_sent_twice() {
    let phone = at_a_server_that_forgets_ids();
    phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    listed(&phone, &held(None));
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!((status(&phone), phone.portal.posted().len()), (Status::Accepted, 1));
}

#[test]
fn a_refused_letter_stays_with_its_reason_and_holds_up_nothing() {
    let phone = Phone::signed_in();
    phone.app.write_letter(&request(LetterKind::Question)).unwrap();
    let reading = phone.capture(COLD, "123").item_id;
    let params = json!({ "limit": 10 }).as_object().unwrap().clone();
    let refused =
        Failure::Refused { status: 422, code: Some("TEXT_TOO_LONG".to_owned()), params, retry_after: None };
    phone.portal.will_register(Err(refused));
    phone.will_take(&reading, "r1");
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.sent, report.rejected, report.waiting), (1, 1, 0));
    let letter = &phone.app.letters().unwrap()[0];
    assert_eq!((letter.status, letter.reason.as_deref()), (Status::Rejected, Some("TEXT_TOO_LONG")));
    assert_eq!(letter.params.as_deref(), Some(r#"{"limit":10}"#));
}

#[test]
fn an_appeal_goes_without_an_account_and_without_a_login() {
    let phone = Phone::signed_in();
    phone.app.logout("a1").unwrap();
    let appeal = LetterRequest { account_id: None, meter_id: None, ..request(LetterKind::Appeal) };
    phone.app.write_letter(&appeal).unwrap();
    registers(&phone);
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    assert_eq!(status(&phone), Status::Sent, "nobody's list can show it: it stays sent, under its number");
}

#[test]
fn a_letter_that_lacks_something_is_refused_and_nothing_is_kept() {
    let phone = Phone::signed_in();
    let problem = |request: LetterRequest| match phone.app.write_letter(&request) {
        Err(Error::Letter { problem }) => problem,
        other => panic!("{other:?}"),
    };
    let question = || request(LetterKind::Question);
    assert_eq!(problem(LetterRequest { text: " \n ".into(), ..question() }), LetterProblem::NoText);
    let long = LetterRequest { text: "ы".repeat(4001), ..question() };
    assert_eq!(problem(long), LetterProblem::TextTooLong { limit: 4000 });
    assert_eq!(problem(LetterRequest { account_id: None, ..question() }), LetterProblem::NoAccount);
    for appeal in [
        LetterRequest { name: None, ..request(LetterKind::Appeal) },
        LetterRequest { contact: Some("  ".into()), ..request(LetterKind::Appeal) },
    ] {
        assert_eq!(problem(appeal), LetterProblem::NoNameOrContact);
    }
    let nobodys = LetterRequest { account_id: Some("a9".into()), ..question() };
    assert_eq!(phone.app.write_letter(&nobodys), Err(Error::not_found("account")));
    let unknown = LetterRequest { meter_id: Some("m9".into()), ..question() };
    assert_eq!(phone.app.write_letter(&unknown), Err(Error::not_found("meter")));
    assert!(phone.app.letters().unwrap().is_empty());
    phone.app.write_letter(&LetterRequest { text: "ы".repeat(4000), ..question() }).unwrap();
}

#[test]
fn a_listing_of_an_earlier_letter_of_the_same_words_is_of_that_letter_alone() {
    let phone = at_a_server_that_forgets_ids();
    let first = phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    registers(&phone);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let second = phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    listed(&phone, &held(None));
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 3, "the second is still in doubt, and goes again");
    let shown = |item: &str| {
        phone.app.letters().unwrap().into_iter().find(|letter| letter.item_id == item).unwrap().status
    };
    assert_eq!((shown(&first), shown(&second)), (Status::Accepted, Status::Sent));
}

#[test]
fn a_letter_in_doubt_is_not_found_in_a_listing_of_another_flat() {
    let phone = at_a_server_that_forgets_ids();
    phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let mut elsewhere = held(None);
    elsewhere["account_id"] = json!("a2");
    listed(&phone, &elsewhere);
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 1);
    assert_eq!(status(&phone), Status::Sent);
}

#[test]
fn a_letter_that_the_utility_declines_says_so() {
    let phone = Phone::signed_in();
    let item = phone.app.write_letter(&request(LetterKind::ServiceRequest)).unwrap();
    registers(&phone);
    let mut declined = held(Some(&item));
    listed(&phone, &declined);
    phone.app.sync(TIME).unwrap();
    declined["status"] = json!("declined");
    listed(&phone, &declined);
    phone.app.sync(TIME).unwrap();
    let letter = &phone.app.letters().unwrap()[0];
    assert_eq!((letter.status, letter.reason.as_deref()), (Status::Rejected, Some("DECLINED")));
}
