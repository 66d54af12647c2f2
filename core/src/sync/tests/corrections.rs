//! A second value for the same month.

use super::*;

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
fn a_correction_is_of_the_last_link_of_the_chain_whatever_the_clock_made_of_their_names() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.will_take(&first, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    // The clock goes back: the correction has the smaller name.
    phone.set_clock("2026-11-23T11:00:00+03:00");
    let second = phone.capture(COLD, "124").item_id;
    assert!(second < first);
    phone.will_take(&second, "r2");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let third = phone.capture(COLD, "125").item_id;
    phone.will_take(&third, "r3");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[2]["supersedes"], json!("r2"));
}

#[test]
fn after_the_clock_went_back_the_correction_is_shown_and_not_what_it_corrects() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.will_take(&first, "r1");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    phone.set_clock("2026-11-23T11:00:00+03:00");
    let second = phone.capture(COLD, "124").item_id;
    assert!(second < first);
    let row = phone.app.home().unwrap().flats[0].meters[0].clone();
    assert_eq!((row.item_id, row.value.unwrap().to_string()), (Some(second.clone()), "124".to_owned()));
    assert_eq!(phone.app.capture_screen(COLD).unwrap().taken.unwrap().to_string(), "124");
    assert_eq!(phone.app.history(COLD, 12).unwrap().readings[0].item_id, Some(second));
}

#[test]
fn a_value_of_another_phone_is_corrected_by_its_name() {
    let phone = Phone::signed_in();
    phone.list_shows(COLD, json!({ "client_item_id": "of-another-phone", "value": "122" }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.app.capture_screen(COLD).unwrap().taken.unwrap().to_string(), "122");
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r2");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[0]["supersedes"], json!("r1"));
}

#[test]
fn what_the_resident_was_not_shown_is_not_corrected() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::Unreachable));
    phone.list_shows(COLD, json!({ "client_item_id": "of-another-phone", "value": "122" }));
    phone.app.sync(TIME).unwrap();
    phone.will_say(&item, another_stands("122", "r1"));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert!(phone.portal.posted().iter().all(|posted| posted["supersedes"] == json!(null)));
    assert_eq!(status(&phone, &item), Status::Rejected);
}

#[test]
fn what_nobody_read_and_what_is_charged_is_corrected_by_no_name() {
    for stands in [json!({ "source": "estimated" }), json!({ "source": "sms", "status": "accounted" })] {
        let phone = Phone::signed_in();
        phone.list_shows(COLD, stands);
        phone.app.sync(TIME).unwrap();
        let item = phone.capture(COLD, "124").item_id;
        phone.will_take(&item, "r2");
        phone.nothing_new();
        phone.app.sync(TIME).unwrap();
        assert_eq!(phone.portal.posted()[0]["supersedes"], json!(null));
    }
}

#[test]
fn after_a_refusal_that_names_what_stands_a_new_value_corrects_that() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.will_say(&first, another_stands("122", "r7"));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "123").item_id;
    phone.will_take(&second, "r8");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[1]["supersedes"], json!("r7"));
}

#[test]
fn what_the_list_has_seen_go_since_the_refusal_is_not_named() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.will_say(&first, another_stands("122", "r7"));
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "readings": [
        { "id": "r7", "meter_id": COLD, "period": "2026-11", "value": "122", "taken_at": null,
          "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": "superseded", "receipt": "7" },
        { "id": "r8", "meter_id": COLD, "period": "2026-11", "value": "121", "taken_at": null,
          "received_at": "2026-11-23T09:01:00Z", "source": "app", "status": "received", "receipt": "8" } ] }))));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "123").item_id;
    phone.will_take(&second, "r9");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[1]["supersedes"], json!("r8"));
}

#[test]
fn what_another_phone_has_made_of_ours_is_corrected_by_the_name_of_theirs() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "122").item_id;
    phone.will_take(&first, "r1");
    phone.portal.will_change(Ok(page(json!({ "cursor": "2", "readings": [
        { "id": "r1", "meter_id": COLD, "period": "2026-11", "value": "122", "taken_at": null, "client_item_id": first,
          "received_at": "2026-11-23T09:00:00Z", "source": "app", "status": "superseded", "receipt": "7" },
        { "id": "r9", "meter_id": COLD, "period": "2026-11", "value": "123", "taken_at": null,
          "received_at": "2026-11-23T09:01:00Z", "source": "app", "status": "received", "receipt": "8" } ] }))));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "124").item_id;
    phone.will_take(&second, "r10");
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted()[1]["supersedes"], json!("r9"));
}

#[test]
fn a_correction_in_doubt_keeps_its_place_when_what_it_corrects_is_declined() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "121").item_id;
    phone.will_take(&first, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": first, "id": "r1", "value": "121" }));
    phone.app.sync(TIME).unwrap();
    let correction = phone.capture(COLD, "122").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    let declined = json!({ "client_item_id": first, "id": "r1", "value": "121", "status": "declined" });
    phone.list_shows(COLD, declined);
    phone.app.sync_unattended(TIME).unwrap();
    assert_eq!(status(&phone, &first), Status::NotSubmitted, "it has given way");
    later(&phone);
    phone.will_say(&correction, json!({ "status": "refused", "code": "PERIOD_CLOSED" }));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &correction), Status::Rejected);
    assert_eq!(phone.app.outbox().unwrap()[0].reason.as_deref(), Some("PERIOD_CLOSED"));
}
