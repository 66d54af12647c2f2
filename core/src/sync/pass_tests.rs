use serde_json::json;

use crate::app::{CaptureOutcome, CaptureRequest, Resource, Status, SyncOutcome};
use crate::portal::Failure;
use crate::testing::{COLD, HOT, Phone, page, tokens};

const TIME: i64 = 10_000;

fn status(phone: &Phone, item: &str) -> Status {
    phone.app.proof(item).unwrap().entry.status
}

fn keys(phone: &Phone) -> Vec<String> {
    phone.portal.posted().iter().map(|p| p["idempotency_key"].as_str().unwrap().to_owned()).collect()
}

fn later(phone: &Phone) {
    phone.set_clock("2026-11-24T12:00:00+03:00");
}

fn meter_changes(phone: &Phone) {
    phone.portal.will_change(Ok(page(json!({
        "cursor": "2",
        "meters": [{ "id": COLD, "account_id": "a1", "serial": "new", "resource": "cold_water", "place": "кухня",
            "digits": { "whole": 5, "fraction": 3 }, "version": 2, "verify_by": null }],
    }))));
}

#[test]
fn a_lost_answer_is_replayed_with_the_same_key_and_the_same_bytes() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::ServerBusy);
    assert_eq!(status(&phone, &item), Status::Sent);
    let phone = phone.restarted();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    // A newer record of the meter must not change what may have arrived already.
    meter_changes(&phone);
    phone.app.sync_unattended(TIME).unwrap();
    later(&phone);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    let posted = phone.portal.posted();
    assert_eq!(posted.len(), 2);
    assert_eq!(posted[0], posted[1]);
}

#[test]
fn accepted_is_said_only_of_what_the_utilitys_list_shows() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 0);
    assert_eq!(status(&phone, &item), Status::Sent);
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 1);
    assert_eq!(status(&phone, &item), Status::Accepted);
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 0, "told once, however often the list shows it");
}

#[test]
fn what_was_in_doubt_is_settled_by_the_utilitys_list_alone() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::Unreadable));
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().waiting, 0);
    assert_eq!(status(&phone, &item), Status::Accepted);
    assert_eq!(keys(&phone).len(), 1, "not sent again");
}

#[test]
fn one_bad_item_spoils_no_other() {
    let phone = Phone::signed_in();
    let (cold, hot) = (phone.capture(COLD, "123").item_id, phone.capture(HOT, "85").item_id);
    let verdicts = json!({ "items": [
        { "client_item_id": hot, "status": "received", "reading_id": "r2", "receipt": "8" },
        { "client_item_id": cold, "status": "refused", "code": "METER_ARCHIVED", "params": {} },
    ]});
    phone.portal.will_answer(Ok(serde_json::from_value(verdicts).unwrap()));
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.sent, report.rejected, report.waiting), (1, 1, 0));
    assert_eq!((status(&phone, &cold), status(&phone, &hot)), (Status::Rejected, Status::Sent));
    assert_eq!(phone.app.proof(&cold).unwrap().entry.reason.as_deref(), Some("METER_ARCHIVED"));
}

#[test]
fn an_item_that_the_answer_does_not_name_stays_in_doubt() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take("another", "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 1);
    assert_eq!(status(&phone, &item), Status::Sent);
}

#[test]
fn a_question_of_the_utility_is_confirmed_with_a_new_key_for_the_same_item() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "125").item_id;
    let asks = json!({ "status": "refused", "code": "NEEDS_CONFIRMATION", "params": { "reason": "higher" } });
    phone.will_say(&item, asks);
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().asked, 1);
    assert_eq!(status(&phone, &item), Status::NeedsAnswer);
    phone.app.confirm(&item).unwrap();
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    let posted = phone.portal.posted();
    assert_eq!(posted[0]["client_item_id"], posted[1]["client_item_id"]);
    assert_ne!(posted[0]["idempotency_key"], posted[1]["idempotency_key"]);
    assert_eq!(posted[1]["confirmed"], json!(["higher"]));
    assert!(phone.app.confirm(&item).is_err(), "there is nothing left to confirm");
}

#[test]
fn a_correction_before_sending_takes_the_place_of_what_waited() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let corrected = phone.capture(COLD, "124").item_id;
    phone.will_take(&corrected, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let posted = phone.portal.posted();
    assert_eq!(
        (posted.len(), &posted[0]["value"], &posted[0]["supersedes"]),
        (1, &json!("124"), &json!(null))
    );
}

#[test]
fn a_correction_of_what_is_in_doubt_waits_until_the_doubt_is_over() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "124").item_id;
    later(&phone);
    phone.will_take(&first, "r1");
    phone.will_take(&second, "r2");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 2);
    let posted = phone.portal.posted();
    assert_eq!(posted[1]["client_item_id"], json!(first), "the doubt first");
    assert_eq!((&posted[2]["client_item_id"], &posted[2]["supersedes"]), (&json!(second), &json!("r1")));
}

#[test]
fn what_was_refused_gives_way_to_the_correction_behind_it() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "124").item_id;
    later(&phone);
    phone.will_say(&first, json!({ "status": "refused", "code": "TOO_MANY_DIGITS" }));
    phone.will_take(&second, "r2");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let shown: Vec<_> = phone.app.outbox().unwrap().into_iter().map(|e| e.item_id).collect();
    assert_eq!(shown, [second]);
}

#[test]
fn a_token_that_ends_in_mid_queue_is_renewed_and_the_same_key_goes_again() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    let expired = Failure::Refused {
        status: 401,
        code: Some("SESSION_EXPIRED".into()),
        params: Default::default(),
        retry_after: None,
    };
    phone.portal.will_answer(Err(expired));
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    let keys = keys(&phone);
    assert_eq!((keys.len(), &keys[0]), (2, &keys[1]));
}

#[test]
fn a_lost_secret_asks_for_the_password_and_keeps_every_reading() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.lose_secrets();
    let phone = phone.restarted();
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::NeedsSignIn);
    assert!(phone.app.home().unwrap().needs_sign_in);
    assert_eq!(status(&phone, &item), Status::Saved);
}

#[test]
fn a_captive_portal_leaves_the_reading_queued() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::NotTheUtility { status: 200 }));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::NotTheUtility);
    assert_eq!(status(&phone, &item), Status::WaitingForNetwork);
    assert_eq!(phone.app.outbox().unwrap()[0].reason.as_deref(), Some("not_the_utility"));
}

#[test]
fn a_server_that_asks_for_time_gets_it_even_over_a_restart() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let busy = Failure::Refused {
        status: 503,
        code: Some("MAINTENANCE".into()),
        params: Default::default(),
        retry_after: Some(3600),
    };
    phone.portal.will_answer(Err(busy));
    phone.app.sync(TIME).unwrap();
    let phone = phone.restarted();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.set_clock("2026-11-23T12:59:00+03:00");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(keys(&phone).len(), 1, "the hour is not over");
}

#[test]
fn a_reading_taken_before_the_window_waits_for_it_to_open() {
    let phone = Phone::signed_in();
    phone.set_clock("2026-11-22T20:00:00+03:00");
    let saved = phone.capture(COLD, "123");
    assert_eq!(saved.held_until.unwrap().to_rfc3339(), "2026-11-22T21:00:00+00:00");
    phone.app.note_offline().unwrap();
    assert_eq!(status(&phone, &saved.item_id), Status::Saved, "the network is not what it waits for");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert!(keys(&phone).is_empty());
    phone.set_clock("2026-11-23T00:00:00+03:00");
    phone.will_take(&saved.item_id, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
}

#[test]
fn an_old_record_of_a_meter_is_refreshed_and_the_reading_goes_again() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, json!({ "status": "refused", "code": "METER_VERSION_MISMATCH" }));
    meter_changes(&phone);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    let posted = phone.portal.posted();
    assert_eq!((&posted[0]["meter_version"], &posted[1]["meter_version"]), (&json!(1), &json!(2)));
    assert_ne!(posted[0]["idempotency_key"], posted[1]["idempotency_key"]);
}

#[test]
fn a_handed_over_reading_still_goes_by_the_app() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    assert_eq!(phone.app.hand_over("a1", crate::store::Channel::Sms).unwrap(), 1);
    assert_eq!(status(&phone, &item), Status::SentElsewhere);
    assert_eq!(phone.app.home().unwrap().waiting, None, "nobody is asked to hand it over twice");
    phone.will_take(&item, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Sent);
}

#[test]
fn the_phones_wrong_clock_is_corrected_by_the_servers() {
    let phone = Phone::signed_in();
    // The phone believes in the 26th; the server knows that it is the evening of the 25th.
    phone.set_clock("2026-11-26T03:00:00+03:00");
    phone
        .portal
        .set_time(chrono::DateTime::parse_from_rfc3339("2026-11-25T21:00:00+03:00").unwrap().to_utc());
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let saved = phone.capture(COLD, "123");
    assert_eq!(saved.period.to_string(), "2026-11");
    assert_eq!(saved.taken_at.to_rfc3339(), "2026-11-25T18:00:00+00:00");
}

#[test]
fn a_typo_is_asked_about_and_an_answer_of_it_is_so_goes_along() {
    let phone = Phone::signed_in();
    let mut request =
        CaptureRequest { meter_id: COLD.to_owned(), typed: "12735".to_owned(), ..CaptureRequest::default() };
    let CaptureOutcome::Asked { question } = phone.app.capture(&request).unwrap() else { panic!("must ask") };
    assert_eq!(question.guess.unwrap().suggestion.unwrap().value.to_string(), "127");
    assert!(phone.app.outbox().unwrap().is_empty(), "nothing is stored while the resident thinks");
    request.confirmed.push(question.doubt);
    let CaptureOutcome::Saved { saved } = phone.app.capture(&request).unwrap() else {
        panic!("was answered")
    };
    phone.will_take(&saved.item_id, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[0]["confirmed"], json!(["higher"]));
}

#[test]
fn signing_out_leaves_what_was_taken_in_the_queue_under_its_own_name() {
    let phone = Phone::signed_in();
    let item = phone.capture(HOT, "85").item_id;
    phone.app.logout("a1").unwrap();
    assert!(phone.app.home().unwrap().flats.is_empty());
    let proof = phone.app.proof(&item).unwrap();
    assert_eq!((proof.entry.resource, proof.entry.place.as_str()), (Resource::HotWater, "кухня"));
    assert_eq!((proof.account.as_str(), proof.serial.as_str()), ("1204417", HOT));
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 1);
}

#[test]
fn no_network_is_tried_again_as_soon_as_somebody_asks() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::Unreachable));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Offline);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1, "in the same second");
}

#[test]
fn a_doubt_outlives_later_attempts_that_surely_failed() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    later(&phone);
    phone.portal.will_answer(Err(Failure::Unreachable));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "124").item_id;
    phone.will_take(&first, "r1");
    phone.will_take(&second, "r2");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let posted = phone.portal.posted();
    assert_eq!(posted[2]["client_item_id"], json!(first), "the doubt is settled before its correction goes");
    assert_eq!(posted[3]["supersedes"], json!("r1"));
}

#[test]
fn the_utilitys_list_overrules_what_the_phone_believed() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, json!({ "status": "refused", "code": "A_CODE_OF_TOMORROW" }));
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Accepted);
}

#[test]
fn what_went_together_goes_together_again() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.capture(HOT, "85");
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let entries = phone.app.outbox().unwrap();
    assert_eq!(entries[0].next_attempt, entries[1].next_attempt);
}

#[test]
fn sent_means_the_first_attempt_that_may_have_arrived() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    let sent_at = |phone: &Phone| phone.app.proof(&item).unwrap().sent_at.map(|at| at.to_rfc3339());
    phone.portal.will_answer(Err(Failure::Unreachable));
    phone.app.sync(TIME).unwrap();
    assert_eq!(sent_at(&phone), None, "nothing left the phone");
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.set_clock("2026-11-23T13:00:00+03:00");
    phone.app.sync(TIME).unwrap();
    later(&phone);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(sent_at(&phone).unwrap(), "2026-11-23T10:00:00+00:00");
}

#[test]
fn a_phone_that_knows_itself_offline_says_so_without_an_attempt() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.note_offline().unwrap();
    assert_eq!(status(&phone, &item), Status::WaitingForNetwork);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
}

#[test]
fn a_token_about_to_end_is_renewed_before_it_is_used() {
    let phone = Phone::signed_in();
    phone.set_clock("2029-12-31T23:59:31Z");
    phone.portal.will_sign_in(Ok(tokens("2031-01-01T00:00:00Z")));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.accesses().last().unwrap(), "until 2031-01-01T00:00:00Z");
}

#[test]
fn neither_estimates_nor_refused_readings_are_compared_with() {
    let phone = Phone::signed_in();
    let refused = phone.capture(COLD, "128").item_id;
    phone.will_say(&refused, json!({ "status": "refused", "code": "METER_VERIFICATION_OVERDUE" }));
    phone.list_shows(COLD, json!({ "value": "127", "source": "estimated", "status": "accounted" }));
    phone.app.sync(TIME).unwrap();
    phone.set_clock("2026-12-23T12:00:00+03:00");
    let last = phone.app.capture_screen(COLD).unwrap().last.unwrap();
    assert_eq!((last.value.to_string().as_str(), last.months_ago), ("119", 2));
}

#[test]
fn a_pass_that_is_out_of_time_sends_nothing() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    assert_eq!(phone.app.sync(-1).unwrap().outcome, SyncOutcome::OutOfTime);
    assert!(keys(&phone).is_empty());
}
