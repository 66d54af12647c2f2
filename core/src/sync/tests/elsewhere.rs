//! Handed over by SMS, letter or telephone, and several phones or passes at once.

use super::*;

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
fn what_was_handed_over_is_marked_with_its_text_and_time() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.hand_over("a1", Channel::Phone).unwrap();
    let proof = phone.app.proof(&item).unwrap();
    let said = proof.handed_over_text.unwrap();
    assert!(said.contains("Холодная вода, кухня: 1 2 3"), "{said}");
    assert_eq!(proof.entry.channel, Some(Channel::Phone));
    assert_eq!(proof.entry.channel_at.unwrap().to_rfc3339(), "2026-11-23T09:00:00+00:00");
}

#[test]
fn a_clerks_record_of_the_sms_settles_the_item_and_it_does_not_go_again() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.hand_over("a1", Channel::Sms).unwrap();
    phone.portal.will_answer(Err(Failure::Unreachable));
    phone.app.sync(TIME).unwrap();
    phone.portal.will_answer(Err(Failure::Refused {
        status: 409,
        code: Some("NO_SUCH_ACCOUNT".into()),
        params: Default::default(),
        retry_after: None,
    }));
    phone.list_shows(COLD, json!({ "source": "sms" }));
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.accepted, report.waiting), (1, 0));
    assert_eq!(status(&phone, &item), Status::Accepted);
}

#[test]
fn a_later_delivery_by_the_app_of_what_the_clerk_has_is_one_effect() {
    let phone = Phone::signed_in();
    phone.list_shows(COLD, json!({ "source": "sms", "value": "123" }));
    phone.app.sync(TIME).unwrap();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, another_stands("123", "r1"));
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.sent, report.accepted, report.rejected), (1, 1, 0));
    assert_eq!(
        status(&phone, &item),
        Status::Accepted,
        "its list told of it before, and does not tell twice"
    );
}

#[test]
fn another_value_at_the_utility_is_shown_and_nothing_is_taken_for_ours() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, another_stands("122", "r1"));
    phone.list_shows(COLD, json!({ "source": "sms", "value": "122" }));
    assert_eq!(phone.app.sync(TIME).unwrap().rejected, 1);
    let entry = phone.app.proof(&item).unwrap().entry;
    assert_eq!((entry.status, entry.params.unwrap().contains("122")), (Status::Rejected, true));
}

#[test]
fn while_one_uploader_is_at_work_another_does_not_send() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let clocks = crate::sync::clock::clocks(phone.env());
    let other =
        |db: &crate::store::Writing<'_>| crate::store::take_lease(db, "uploader", "another", clocks, 90_000);
    assert!(phone.app.store.write(other).unwrap());
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Busy);
    assert!(phone.portal.posted().is_empty());
    phone.clock.pass(90_000);
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 1, "an uploader that died is not waited for any longer");
}

#[test]
fn a_pass_gives_its_lease_back_whatever_came_of_it() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.app.sync(TIME).unwrap();
    let clocks = crate::sync::clock::clocks(phone.env());
    let other =
        |db: &crate::store::Writing<'_>| crate::store::take_lease(db, "uploader", "another", clocks, 90_000);
    assert!(phone.app.store.write(other).unwrap());
}

#[test]
fn what_counts_by_another_phones_reading_goes_when_that_reading_goes() {
    let phone = Phone::signed_in();
    phone.list_shows(COLD, json!({ "client_item_id": "of-another-phone" }));
    phone.app.sync(TIME).unwrap();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, another_stands("123", "r1"));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Accepted);
    phone.list_shows(COLD, json!({ "client_item_id": "of-another-phone", "status": "superseded" }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::NotSubmitted);
}

#[test]
fn what_counts_by_another_phones_reading_is_accepted_when_the_list_shows_that_reading() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(&item, another_stands("123", "r1"));
    phone.list_shows(COLD, json!({ "client_item_id": "of-another-phone" }));
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 1);
    assert_eq!(status(&phone, &item), Status::Accepted);
}

#[test]
fn an_item_rests_on_the_reading_that_the_utility_named_not_on_an_older_one_of_the_same_value() {
    let phone = Phone::signed_in();
    phone.list_shows(COLD, json!({ "id": "r1", "client_item_id": "of-another-phone" }));
    phone.app.sync(TIME).unwrap();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_say(
        &item,
        json!({ "status": "refused", "code": "ALREADY_ACCOUNTED", "params": { "value": "123", "reading_id": "r2" } }),
    );
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 0, "r2 is not in the list yet");
    phone.list_shows(
        COLD,
        json!({ "id": "r1", "client_item_id": "of-another-phone", "status": "superseded" }),
    );
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "id": "r2", "client_item_id": "of-another-phone-too" }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Accepted);
}

#[test]
fn a_listing_of_our_reading_with_another_value_is_not_shown_as_ours() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": item, "value": "132" }));
    assert_eq!(phone.app.sync(TIME).unwrap().accepted, 0);
    let entry = phone.app.proof(&item).unwrap().entry;
    assert_eq!((entry.status, entry.reason.as_deref()), (Status::Rejected, Some("DUPLICATE_IN_PERIOD")));
    assert_eq!(entry.params.as_deref(), Some(r#"{"reading_id":"r1","value":"132"}"#));
    phone.list_shows(COLD, json!({ "client_item_id": item }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &item), Status::Accepted, "put right there");
}

#[test]
fn what_was_declined_and_taken_after_all_is_accepted_again() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.will_take(&item, "r1");
    for (listed, shown) in
        [("received", Status::Accepted), ("declined", Status::Rejected), ("received", Status::Accepted)]
    {
        phone.list_shows(COLD, json!({ "client_item_id": item, "status": listed }));
        phone.app.sync(TIME).unwrap();
        assert_eq!(status(&phone, &item), shown);
    }
}

#[test]
fn of_two_that_one_reading_of_the_utility_stands_for_the_later_is_accepted_and_the_other_gives_way() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    let there = another_stands("123", "r9");
    phone.will_say(&first, there);
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &first), Status::Sent);
    let second = phone.capture(COLD, "123").item_id;
    phone.will_say(&second, json!({ "status": "refused", "code": "VALUE_LESS_THAN_PREVIOUS", "params": {} }));
    phone.list_shows(COLD, json!({ "id": "r9", "source": "sms" }));
    phone.app.sync(TIME).unwrap();
    assert_eq!(status(&phone, &second), Status::Accepted);
    assert_eq!(status(&phone, &first), Status::NotSubmitted);
}

#[test]
fn of_two_that_rest_on_one_reading_the_later_says_that_it_was_declined() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.will_take(&first, "r1");
    phone.list_shows(COLD, json!({ "client_item_id": first, "id": "r1" }));
    phone.app.sync(TIME).unwrap();
    let second = phone.capture(COLD, "123").item_id;
    phone.will_say(&second, another_stands("123", "r1"));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    phone.list_shows(COLD, json!({ "client_item_id": first, "id": "r1", "status": "declined" }));
    phone.app.sync(TIME).unwrap();
    assert_eq!((status(&phone, &first), status(&phone, &second)), (Status::NotSubmitted, Status::Rejected));
}
