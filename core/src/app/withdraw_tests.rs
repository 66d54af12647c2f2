use serde_json::json;

use super::Withdrawn;
use crate::app::{LetterKind, LetterRequest, Status, SyncOutcome};
use crate::portal::Failure;
use crate::store::State;
use crate::testing::{COLD, Phone, page};

const TIME: i64 = 10_000;

/// A reading that the utility has under `r1`, and its list shows.
fn accepted(phone: &Phone) -> String {
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.item(&item).state, State::Received);
    item
}

fn gives_back(phone: &Phone) {
    let answer = json!({ "reading_id": "r1", "withdrawn_at": "2026-11-23T10:00:00Z" });
    phone.portal.will_withdraw(Ok(serde_json::from_value(answer).unwrap()));
}

fn withdrawals(phone: &Phone) -> Vec<serde_json::Value> {
    phone.portal.posted().into_iter().filter(|p| p["withdraw"].is_string()).collect()
}

fn refused(status: u16, code: &str) -> Failure {
    Failure::Refused { status, code: Some(code.to_owned()), params: Default::default(), retry_after: None }
}

#[test]
fn a_reading_that_has_not_left_is_taken_back_at_once_and_never_leaves() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    assert_eq!(phone.app.withdraw(&item).unwrap(), Withdrawn::AtOnce);
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert!(phone.portal.posted().is_empty());
    assert!(phone.app.outbox().unwrap().is_empty());
    assert!(phone.app.withdraw(&item).is_err(), "there is nothing left to take back");
    phone.capture(COLD, "124");
}

#[test]
fn a_reading_that_the_utility_has_is_asked_back_and_the_meter_is_free_again() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    assert_eq!(phone.app.withdraw(&item).unwrap(), Withdrawn::Queued);
    assert_eq!(phone.app.withdraw(&item).unwrap(), Withdrawn::Queued, "asked twice, it is one withdrawal");
    gives_back(&phone);
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!(withdrawals(&phone).len(), 1);
    assert_eq!(withdrawals(&phone)[0]["withdraw"], json!("r1"));
    assert_eq!(phone.item(&item).state, State::Withdrawn);
    phone.capture(COLD, "124");
}

#[test]
fn a_withdrawal_whose_answer_was_lost_goes_again_under_the_same_key() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    phone.portal.will_withdraw(Err(Failure::AnswerLost));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::ServerBusy);
    assert_eq!(phone.item(&item).state, State::Received, "until it is known to be gone, it counts");
    gives_back(&phone);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let sent = withdrawals(&phone);
    assert_eq!(sent[0], sent[1]);
    assert_eq!(phone.item(&item).state, State::Withdrawn);
}

#[test]
fn the_utilitys_list_ends_the_doubt_about_a_withdrawal() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    phone.portal.will_withdraw(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "client_item_id": item, "status": "withdrawn" }));
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().waiting, 0);
    assert_eq!((withdrawals(&phone).len(), phone.item(&item).state), (1, State::Withdrawn));
}

#[test]
fn a_withdrawal_of_what_is_in_doubt_waits_until_the_doubt_is_over() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.app.withdraw(&item).unwrap(), Withdrawn::Queued);
    phone.will_take(&item, "r1");
    gives_back(&phone);
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!(phone.item(&item).state, State::Withdrawn);
}

#[test]
fn what_turns_out_not_to_have_arrived_needs_no_withdrawal() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.app.withdraw(&item).unwrap();
    phone.will_say(&item, json!({ "status": "refused", "code": "METER_ARCHIVED", "params": {} }));
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!((withdrawals(&phone).len(), phone.item(&item).state), (0, State::Withdrawn));
}

#[test]
fn a_new_reading_calls_a_withdrawal_off_that_has_not_left_and_goes_as_the_correction() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    let corrected = phone.capture(COLD, "124").item_id;
    phone.will_take(&corrected, "r2");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert!(withdrawals(&phone).is_empty());
    assert_eq!(phone.portal.posted().last().unwrap()["supersedes"], json!("r1"));
}

#[test]
fn a_new_reading_waits_behind_a_withdrawal_that_is_in_doubt() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    phone.portal.will_withdraw(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let next = phone.capture(COLD, "124").item_id;
    gives_back(&phone);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().last().unwrap()["withdraw"], json!("r1"), "it did not overtake");
    phone.will_take(&next, "r2");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!(
        phone.portal.posted().last().unwrap()["supersedes"],
        json!(null),
        "what was corrected is gone"
    );
}

#[test]
fn a_refused_withdrawal_leaves_the_reading_as_it_was() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    let shown = |phone: &Phone| phone.app.proof(&item).unwrap().entry;
    assert_eq!(
        shown(&phone).withdrawal.unwrap().status,
        Status::Saved,
        "the resident sees that it is asked for"
    );
    phone.portal.will_withdraw(Err(refused(409, "PERIOD_CLOSED")));
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.rejected, report.waiting), (1, 0));
    let entry = shown(&phone);
    assert_eq!(entry.status, Status::Accepted);
    let refused = entry.withdrawal.unwrap();
    assert_eq!((refused.status, refused.reason.as_deref()), (Status::Rejected, Some("PERIOD_CLOSED")));
    assert_eq!(phone.app.outbox().unwrap()[0].withdrawal.as_ref().unwrap().status, Status::Rejected);
}

#[test]
fn what_was_charged_can_not_be_taken_back() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    let charge = json!({ "account_id": "a1", "period": "2026-11", "total_kopecks": 1, "due_kopecks": 1, "pay_by": null,
        "lines": [{ "resource": "cold_water", "meter_id": COLD, "reading_id": "r1", "basis": "meter", "from_value": "119",
                    "to_value": "123", "volume": "4", "tariff_kopecks": 1, "amount_kopecks": 1, "note": null }] });
    phone.portal.will_change(Ok(page(json!({ "cursor": "3", "charges": [charge] }))));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.app.withdraw(&item).unwrap(), Withdrawn::TooLate);
}

#[test]
fn a_reading_that_another_phone_has_withdrawn_or_corrected_is_not_shown_as_accepted() {
    for status in ["withdrawn", "superseded"] {
        let phone = Phone::signed_in();
        let item = accepted(&phone);
        phone.list_shows(COLD, json!({ "client_item_id": item, "status": status }));
        phone.app.sync(TIME).unwrap();
        assert_eq!(phone.app.proof(&item).unwrap().entry.status, Status::NotSubmitted, "{status}");
    }
}

#[test]
fn a_withdrawal_of_what_another_phone_has_corrected_meanwhile_is_called_off() {
    let phone = Phone::signed_in();
    let item = accepted(&phone);
    phone.app.withdraw(&item).unwrap();
    phone.portal.will_withdraw(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "client_item_id": item, "status": "superseded" }));
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().waiting, 0);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!((withdrawals(&phone).len(), phone.item(&item).state), (1, State::Superseded));
}

#[test]
fn a_letter_that_has_not_left_is_taken_back_at_once_and_one_that_has_arrived_is_not() {
    let phone = Phone::signed_in();
    let question = LetterRequest {
        kind: LetterKind::Question,
        account_id: Some("a1".to_owned()),
        topic: "charges".to_owned(),
        text: "Почему так много?".to_owned(),
        meter_id: None,
        wanted_on: None,
        name: None,
        contact: None,
    };
    let first = phone.app.write_letter(&question).unwrap();
    assert_eq!(phone.app.withdraw(&first).unwrap(), Withdrawn::AtOnce);
    let second = phone.app.write_letter(&question).unwrap();
    let answer = json!({ "letter_id": "l1", "receipt": "9", "received_at": "2026-11-23T10:00:00Z" });
    phone.portal.will_register(Ok(serde_json::from_value(answer).unwrap()));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.app.withdraw(&second).unwrap(), Withdrawn::TooLate);
    assert_eq!(phone.portal.posted().len(), 1);
}
