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
