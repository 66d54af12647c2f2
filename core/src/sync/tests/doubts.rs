//! What may have arrived: replayed with the same key, or found in the utility's list.

use super::*;

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
fn an_item_that_the_answer_does_not_name_stays_in_doubt() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take("another", "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 1);
    assert_eq!(status(&phone, &item), Status::Sent);
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
fn a_server_that_forgets_keys_is_asked_for_its_list_before_anything_goes_again() {
    let phone = Phone::signed_in_where(&json!({ "portal": { "base_url": "https://cabinet.example.invalid",
        "honours_keys": false } }));
    let (cold, hot) = (phone.capture(COLD, "123").item_id, phone.capture(HOT, "85").item_id);
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    later(&phone);
    phone.list_shows(COLD, json!({ "client_item_id": null, "value": "123" }));
    phone.will_take(&hot, "r2");
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.accepted, report.sent), (1, 1));
    assert_eq!((status(&phone, &cold), status(&phone, &hot)), (Status::Accepted, Status::Sent));
    assert_eq!(keys(&phone).len(), 3, "two together, and then only what was not there");
}

#[test]
fn a_doubt_that_is_refused_for_its_batch_stays_a_doubt() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.capture(HOT, "85");
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.portal.will_answer(Err(too_many()));
    phone.app.sync(TIME).unwrap();
    let states: Vec<Status> = phone.app.outbox().unwrap().iter().map(|e| e.status).collect();
    assert_eq!(states, [Status::Sent, Status::Sent]);
}

#[test]
fn at_a_server_that_forgets_keys_a_doubt_that_becomes_due_meanwhile_waits_for_the_next_look() {
    let phone = Phone::signed_in_where(&json!({ "portal": { "base_url": "https://cabinet.example.invalid",
        "honours_keys": false } }));
    let cold = phone.capture(COLD, "123").item_id;
    let letter = phone.app.write_letter(&question()).unwrap();
    phone.will_take("another", "r9");
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &cold), Status::Sent, "in doubt, and so is the letter");
    let hot = phone.capture(HOT, "85").item_id;
    let clock = Arc::clone(&phone.clock);
    phone.portal.meanwhile(move || clock.pass(60_000));
    phone.will_take(&hot, "r2");
    phone.nothing_new();
    phone.app.sync_unattended(TIME * 10).unwrap();
    let ids = |phone: &Phone| -> Vec<serde_json::Value> {
        phone.portal.posted().iter().map(|posted| posted["client_item_id"].clone()).collect()
    };
    assert_eq!(ids(&phone), [json!(cold), json!(letter), json!(hot)], "neither goes again blindly");
    phone.list_shows(COLD, json!({ "client_item_id": null, "value": "123" }));
    phone.portal.will_register(Err(Failure::AnswerLost));
    phone.app.sync_unattended(TIME * 10).unwrap();
    assert_eq!(status(&phone, &cold), Status::Accepted);
    assert_eq!(ids(&phone)[3..], [json!(letter)], "looked for, and not there");
}
