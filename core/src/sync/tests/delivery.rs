//! From the queue to «принято»: answers, questions, refusals.

use super::*;

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
fn a_reading_on_which_the_server_fails_again_and_again_holds_up_no_other() {
    let phone = Phone::signed_in();
    let (cold, hot) = (phone.capture(COLD, "123").item_id, phone.capture(HOT, "85").item_id);
    let fails =
        || Err(Failure::Refused { status: 500, code: None, params: Default::default(), retry_after: None });
    for _ in 0..6 {
        phone.portal.will_answer(fails());
        phone.app.sync(TIME).unwrap();
    }
    assert_eq!(phone.portal.posted().len(), 12, "together so far");
    let alone = |phone: &Phone| {
        let posted = phone.portal.posted();
        posted.iter().skip(12).map(|p| p["client_item_id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    phone.portal.will_answer(fails());
    phone.app.sync(TIME).unwrap();
    assert_eq!(alone(&phone), std::slice::from_ref(&cold), "the oldest, by itself");
    phone.will_take(&hot, "r2");
    phone.portal.will_answer(fails());
    phone.app.sync(TIME).unwrap();
    assert_eq!(alone(&phone), [cold.clone(), hot.clone(), cold.clone()], "what has failed more comes later");
    let receipt = |item: &str| phone.app.proof(item).unwrap().receipt;
    assert_eq!((receipt(&cold), receipt(&hot).is_some()), (None, true));
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
fn the_utilitys_list_overrules_what_the_phone_believed() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, json!({ "status": "refused", "code": "A_CODE_OF_TOMORROW" }));
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Accepted);
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
fn a_batch_that_is_too_large_goes_in_parts_in_the_same_pass() {
    let phone = Phone::signed_in();
    let (cold, hot) = (phone.capture(COLD, "123").item_id, phone.capture(HOT, "85").item_id);
    phone.portal.will_answer(Err(too_many()));
    phone.will_take(&cold, "r1");
    phone.will_take(&hot, "r2");
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.sent, report.waiting), (SyncOutcome::Done, 2, 0));
    assert_eq!(phone.portal.posted().len(), 4);
}

#[test]
fn a_question_is_answered_days_later_and_what_the_utility_then_says_counts() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "125").item_id;
    phone.will_say(
        &item,
        json!({ "status": "refused", "code": "NEEDS_CONFIRMATION", "params": { "reason": "higher" } }),
    );
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let phone = phone.restarted();
    phone.set_clock("2026-11-27T12:00:00+03:00");
    assert_eq!(status(&phone, &item), Status::NeedsAnswer, "it waits for the resident as long as it takes");
    phone.app.confirm(&item).unwrap();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.will_say(&item, json!({ "status": "received", "reading_id": "r1", "effective_period": "2026-12" }));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let proof = phone.app.proof(&item).unwrap();
    assert_eq!(proof.timing, crate::app::Timing::CountsLater);
    assert_eq!(proof.effective_period.unwrap().to_string(), "2026-12");
}

#[test]
fn the_proof_shows_what_the_utility_has_noted_and_its_code_covers_it() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    let before = phone.app.proof(&item).unwrap().code;
    phone.will_take(&item, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": item, "sent_at": "2026-11-23T09:00:01Z" }));
    phone.app.sync(TIME).unwrap();
    let proof = phone.app.proof(&item).unwrap();
    assert_eq!(proof.sent_at.unwrap().to_rfc3339(), "2026-11-23T09:00:01+00:00");
    assert_ne!(proof.code, before);
}

#[test]
fn a_meter_that_comes_before_its_account_holds_up_no_page_and_is_shown_with_it() {
    let phone = Phone::signed_in();
    let meter = json!({ "id": "m9", "account_id": "a9", "serial": "9", "resource": "cold_water", "place": "кухня",
        "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null });
    phone.portal.will_change(Ok(page(json!({ "cursor": "7", "more": false, "meters": [meter] }))));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    assert_eq!(phone.app.home().unwrap().flats.len(), 1);
    let account = json!({ "id": "a9", "number": "9", "address": "ул. Другая, 9",
        "balance": { "kopecks": 0, "period": null, "as_of": "2026-11-01T00:00:00Z" } });
    phone.portal.will_change(Ok(page(json!({ "cursor": "8", "accounts": [account] }))));
    phone.app.sync(TIME).unwrap();
    let flats = phone.app.home().unwrap().flats;
    assert_eq!((flats.len(), flats[1].meters.len()), (2, 1));
}

#[test]
fn what_this_version_can_not_read_is_asked_for_again_after_an_update() {
    let phone = Phone::signed_in();
    let left_out_by = || phone.app.store.read(|db| crate::store::note(db, "left_out_by")).unwrap();
    assert_eq!(left_out_by(), None, "so far everything was read");
    let strange = json!({ "id": "m9", "account_id": "a1", "resource": "steam" });
    phone.portal.will_change(Ok(page(json!({ "cursor": "7", "meters": [strange] }))));
    phone.app.sync(TIME).unwrap();
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.cursors().last().unwrap().as_deref(), Some("7"), "the same version asks no more");
    let older = left_out_by().unwrap() - 1;
    phone.app.store.write(|db| crate::store::set_note(db, "left_out_by", older)).unwrap();
    for _ in 0..2 {
        phone.nothing_new();
        phone.app.sync(TIME).unwrap();
    }
    let cursors = phone.portal.cursors();
    assert_eq!(cursors[cursors.len() - 2..], [None, Some("n".to_owned())], "once, after the update");
}

#[test]
fn what_the_server_finds_too_large_goes_in_halves() {
    let phone = Phone::signed_in();
    let meter = |id: &str| {
        json!({ "id": id, "account_id": "a1", "serial": id, "resource": "cold_water", "place": id,
                "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null })
    };
    let more = ["m3", "m4", "m5"];
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "meters": more.map(meter) }))));
    phone.app.sync(TIME).unwrap();
    phone.capture(COLD, "123");
    phone.capture(HOT, "85");
    more.iter().for_each(|id| drop(phone.capture(id, "7")));
    phone.portal.will_answer(Err(Failure::Refused {
        status: 413,
        code: None,
        params: Default::default(),
        retry_after: None,
    }));
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 5 + 2);
}

#[test]
fn a_reading_that_the_utility_thinks_better_of_is_shown_as_refused() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "client_item_id": item, "status": "declined" }));
    phone.app.sync(TIME).unwrap();
    let entry = phone.app.proof(&item).unwrap().entry;
    assert_eq!((entry.status, entry.reason.as_deref()), (Status::Rejected, Some("DECLINED")));
}

#[test]
fn an_estimate_that_happens_to_have_the_value_of_a_reading_is_not_that_reading() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "source": "estimated", "status": "accounted" }));
    assert_eq!(phone.app.sync_unattended(TIME).unwrap().accepted, 0);
    assert_eq!(status(&phone, &item), Status::Sent);
}
