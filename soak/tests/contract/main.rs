//! The contract's sentences, said to the model in memory and to the real cabinet over HTTP: what the simulation rests
//! on is no fantasy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops where it is not as told"
)]

mod both;
mod sides;

use serde_json::json;
use sides::{At, Side, item, post, told};
use vodomer_core::portal::{Failure, wire};
use vodomer_soak::utility::books::ACCOUNT;
use vodomer_soak::utility::{COLD, HOT, LOGIN, PASSWORD};

/// Each sentence is a test of the model and a test of the cabinet.
macro_rules! sentences {
    ($($name:ident)*) => {
        mod the_model { $(#[test] fn $name() { super::$name(&crate::sides::Model::new()); })* }
        mod the_cabinet { $(#[test] fn $name() { super::$name(&crate::sides::Real::new()); })* }
    };
}

sentences! {
    a_right_password_opens_a_session_and_a_wrong_one_does_not
    five_wrong_passwords_make_the_login_wait
    a_refresh_token_counts_once_and_a_copied_one_ends_the_session
    an_answer_to_a_refresh_that_was_lost_may_be_asked_for_again
    an_access_token_ends_after_a_quarter_of_an_hour
    everything_comes_at_first_and_then_only_what_changed
    a_reading_in_its_window_is_held_and_listed_under_its_item
    the_same_key_gets_the_first_answer_and_stores_nothing
    the_same_key_with_another_value_is_a_defect
    one_item_is_one_reading_should_its_key_be_lost
    before_the_window_it_waits_and_the_same_key_is_judged_anew
    taken_in_time_counts_within_the_grace_and_not_after_it
    taken_after_the_window_counts_for_the_next_month
    a_charged_month_takes_no_reading_and_the_charge_names_the_one_it_was_made_from
    a_second_reading_must_say_which_one_it_corrects
    a_lower_value_is_taken_only_with_what_happened_to_the_meter
    much_more_than_usual_is_asked_about_until_it_is_confirmed_under_a_new_key
    an_older_record_of_the_meter_is_refused_and_stays_refused_under_that_key
    one_bad_item_spoils_no_other
    an_account_of_somebody_else_is_not_there
    a_reading_is_taken_back_once_and_makes_room_for_another
    a_charged_or_corrected_reading_is_not_taken_back_and_no_closed_months
}

fn status(failure: &Failure) -> (u16, &str) {
    match failure {
        Failure::Refused { status, code, .. } => (*status, code.as_deref().unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

fn a_right_password_opens_a_session_and_a_wrong_one_does_not(side: &dyn Side) {
    let wrong = side.portal().login(LOGIN, "wrong").unwrap_err();
    assert_eq!(status(&wrong), (401, "BAD_CREDENTIALS"));
    let unknown = side.portal().login("nobody", PASSWORD).unwrap_err();
    assert_eq!(status(&unknown), (401, "BAD_CREDENTIALS"));
    let reply = side.portal().login(LOGIN, PASSWORD).unwrap();
    assert_eq!(reply.server_time, Some(side.now()));
    side.portal().changes(&reply.body.access_token, None).unwrap();
}

fn five_wrong_passwords_make_the_login_wait(side: &dyn Side) {
    for _ in 0..5 {
        let wrong = side.portal().login(LOGIN, "wrong").unwrap_err();
        assert_eq!(status(&wrong), (401, "BAD_CREDENTIALS"));
    }
    let limited = side.portal().login(LOGIN, PASSWORD).unwrap_err();
    assert_eq!(status(&limited), (429, "RATE_LIMITED"));
    assert!(matches!(limited, Failure::Refused { retry_after: Some(900), .. }), "{limited:?}");
    side.later_by_minutes(15);
    side.portal().login(LOGIN, PASSWORD).unwrap();
}

fn a_refresh_token_counts_once_and_a_copied_one_ends_the_session(side: &dyn Side) {
    let first = side.portal().login(LOGIN, PASSWORD).unwrap().body;
    let second = side.portal().refresh(&first.refresh_token).unwrap().body;
    side.portal().changes(&second.access_token, None).unwrap();
    let copied = side.portal().refresh(&first.refresh_token).unwrap_err();
    assert_eq!(status(&copied), (401, "SESSION_EXPIRED"));
    let ended = side.portal().refresh(&second.refresh_token).unwrap_err();
    assert_eq!(status(&ended), (401, "SESSION_EXPIRED"));
    let ended = side.portal().changes(&second.access_token, None).unwrap_err();
    assert_eq!(status(&ended), (401, "SESSION_EXPIRED"));
}

fn an_answer_to_a_refresh_that_was_lost_may_be_asked_for_again(side: &dyn Side) {
    let first = side.portal().login(LOGIN, PASSWORD).unwrap().body;
    let lost = side.portal().refresh(&first.refresh_token).unwrap().body;
    let second = side.portal().refresh(&first.refresh_token).unwrap().body;
    side.portal().changes(&second.access_token, None).unwrap();
    let void = side.portal().changes(&lost.access_token, None).unwrap_err();
    assert_eq!(status(&void), (401, "SESSION_EXPIRED"));
}

fn an_access_token_ends_after_a_quarter_of_an_hour(side: &dyn Side) {
    let tokens = side.portal().login(LOGIN, PASSWORD).unwrap().body;
    side.later_by_minutes(14);
    side.portal().changes(&tokens.access_token, None).unwrap();
    side.later_by_minutes(1);
    let ended = side.portal().changes(&tokens.access_token, None).unwrap_err();
    assert_eq!(status(&ended), (401, "SESSION_EXPIRED"));
    side.portal().refresh(&tokens.refresh_token).unwrap();
    side.portal().logout(&tokens.refresh_token).unwrap();
}

fn everything_comes_at_first_and_then_only_what_changed(side: &dyn Side) {
    let access = side.sign_in();
    let all = side.portal().changes(&access, None).unwrap().body;
    assert_eq!((all.accounts.len(), all.meters.len(), all.readings.len(), all.more), (1, 2, 16, false));
    let none = side.portal().changes(&access, Some(&all.cursor)).unwrap().body;
    assert_eq!((none.accounts.len(), none.meters.len(), none.readings.len()), (0, 0, 0));
    side.set(At::WINDOW);
    let access = side.sign_in();
    post(side, &access, &[item(COLD, "123", &json!({}))]);
    let one = side.portal().changes(&access, Some(&none.cursor)).unwrap().body;
    assert_eq!((one.accounts.len(), one.meters.len(), one.readings.len()), (0, 0, 1));
    let odd = side.portal().changes(&access, Some("of somebody else")).unwrap().body;
    assert_eq!(odd.readings.len(), 17);
}

fn a_reading_in_its_window_is_held_and_listed_under_its_item(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let answers = post(side, &access, &[item(COLD, "123", &json!({ "client_item_id": "i1" }))]);
    assert_eq!(told(&answers), ["received"]);
    assert_eq!(answers[0].effective_period.unwrap().to_string(), "2026-11");
    assert!(answers[0].receipt.is_some() && answers[0].received_at.is_some());
    let listed = side.listed("i1");
    assert_eq!(listed.len(), 1);
    assert_eq!(Some(&listed[0].id), answers[0].reading_id.as_ref());
    assert_eq!((listed[0].status.as_str(), listed[0].source.as_str()), ("received", "app"));
}

fn the_same_key_gets_the_first_answer_and_stores_nothing(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let reading = item(COLD, "123", &json!({ "client_item_id": "i1" }));
    let first = post(side, &access, std::slice::from_ref(&reading));
    side.set(At::LONG_AFTER);
    side.bill("2026-11");
    let access = side.sign_in();
    let again = post(side, &access, &[item(HOT, "83", &json!({})), reading]);
    assert_eq!(again[1].reading_id, first[0].reading_id);
    assert_eq!((again[1].status.as_str(), again[1].received_at), ("received", first[0].received_at));
    assert_eq!(side.listed("i1").len(), 1);
}

fn the_same_key_with_another_value_is_a_defect(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let key = json!({ "idempotency_key": "k1" });
    assert_eq!(told(&post(side, &access, &[item(COLD, "123", &key)])), ["received"]);
    assert_eq!(told(&post(side, &access, &[item(COLD, "124", &key)])), ["IDEMPOTENCY_KEY_REUSED"]);
}

fn one_item_is_one_reading_should_its_key_be_lost(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let under = |key, value| item(COLD, value, &json!({ "client_item_id": "i1", "idempotency_key": key }));
    let first = post(side, &access, &[under("k1", "123")]);
    let again = post(side, &access, &[under("k2", "123")]);
    assert_eq!(again[0].reading_id, first[0].reading_id);
    assert_eq!(told(&post(side, &access, &[under("k3", "124")])), ["INVALID_ITEM"]);
    assert_eq!(side.listed("i1").len(), 1);
}

fn before_the_window_it_waits_and_the_same_key_is_judged_anew(side: &dyn Side) {
    side.set(At::BEFORE);
    let access = side.sign_in();
    let reading = item(COLD, "123", &json!({ "taken_at": At::BEFORE }));
    let early = post(side, &access, std::slice::from_ref(&reading));
    assert_eq!(told(&early), ["PERIOD_NOT_OPEN"]);
    let opens = early[0].params["opens_at"].as_str().unwrap();
    assert_eq!(
        opens.parse::<chrono::DateTime<chrono::Utc>>().unwrap().to_rfc3339(),
        "2026-11-22T21:00:00+00:00"
    );
    side.set(At::WINDOW);
    let access = side.sign_in();
    assert_eq!(told(&post(side, &access, &[reading])), ["received"]);
}

fn taken_in_time_counts_within_the_grace_and_not_after_it(side: &dyn Side) {
    let reading = |meter, value| item(meter, value, &json!({ "taken_at": At::WINDOW }));
    side.set("2026-11-28T20:59:59Z");
    let access = side.sign_in();
    let answers = post(side, &access, &[reading(COLD, "123")]);
    assert_eq!(answers[0].effective_period.unwrap().to_string(), "2026-11");
    side.set("2026-11-28T21:00:00Z");
    assert_eq!(told(&post(side, &access, &[reading(HOT, "83")])), ["PERIOD_CLOSED"]);
}

fn taken_after_the_window_counts_for_the_next_month(side: &dyn Side) {
    side.set(At::AFTER);
    let access = side.sign_in();
    let late = item(COLD, "123", &json!({ "taken_at": At::AFTER, "client_item_id": "i1" }));
    let answers = post(side, &access, &[late]);
    assert_eq!(answers[0].effective_period.unwrap().to_string(), "2026-12");
    assert_eq!(side.listed("i1")[0].period.to_string(), "2026-12");
}

fn a_charged_month_takes_no_reading_and_the_charge_names_the_one_it_was_made_from(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    post(side, &access, &[item(COLD, "123", &json!({ "client_item_id": "i1" }))]);
    side.set(At::AFTER);
    side.bill("2026-11");
    let access = side.sign_in();
    let page = side.portal().changes(&access, None).unwrap().body;
    let charge = page.charges.iter().find(|c| c.period.to_string() == "2026-11").unwrap();
    let lines: Vec<_> = charge.lines.iter().map(|l| (l.basis.as_str(), l.volume.to_string())).collect();
    assert_eq!(lines, [("meter", "4".to_owned()), ("average", "3".to_owned()), ("average", "7".to_owned())]);
    let held = page.readings.iter().find(|r| r.client_item_id.as_deref() == Some("i1")).unwrap();
    assert_eq!((held.status.as_str(), Some(&held.id)), ("accounted", charge.lines[0].reading_id.as_ref()));
    let same_month = |meter, value| item(meter, value, &json!({ "taken_at": At::WINDOW }));
    let answers = post(side, &access, &[same_month(COLD, "124"), same_month(HOT, "84")]);
    assert_eq!(told(&answers), ["ALREADY_ACCOUNTED", "PERIOD_CLOSED"], "the hot one was only estimated");
}

fn a_second_reading_must_say_which_one_it_corrects(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let first = post(side, &access, &[item(COLD, "123", &json!({ "client_item_id": "i1" }))]);
    let other = post(side, &access, &[item(COLD, "124", &json!({ "client_item_id": "i2" }))]);
    assert_eq!(told(&other), ["DUPLICATE_IN_PERIOD"]);
    assert_eq!(
        (&other[0].params["value"], &other[0].params["reading_id"]),
        (&json!("123"), &json!(first[0].reading_id))
    );
    let correction = json!({ "client_item_id": "i3", "supersedes": first[0].reading_id });
    assert_eq!(told(&post(side, &access, &[item(COLD, "125", &correction)])), ["received"]);
    assert_eq!(
        (side.listed("i1")[0].status.as_str(), side.listed("i3")[0].status.as_str()),
        ("superseded", "received")
    );
}

fn a_lower_value_is_taken_only_with_what_happened_to_the_meter(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let lower = post(side, &access, &[item(COLD, "2", &json!({}))]);
    assert_eq!(
        (told(&lower), &lower[0].params["previous"]),
        (vec!["VALUE_LESS_THAN_PREVIOUS".to_owned()], &json!("119"))
    );
    let replaced = |end: &str, begin: &str| json!({ "replacement": { "final_value": end, "initial_value": begin, "serial": null } });
    let answers = post(
        side,
        &access,
        &[
            item(COLD, "2", &replaced("118", "0")),
            item(COLD, "130", &json!({ "rollover": true })),
            item(COLD, "2", &replaced("121", "0")),
            item(HOT, "2", &json!({ "rollover": true })),
        ],
    );
    let expected = ["REPLACEMENT_DOES_NOT_FIT", "ROLLOVER_NOT_POSSIBLE", "received", "EXCEEDS_HARD_LIMIT"];
    assert_eq!(told(&answers), expected);
}

fn much_more_than_usual_is_asked_about_until_it_is_confirmed_under_a_new_key(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let high = json!({ "client_item_id": "i1", "idempotency_key": "k1" });
    let asked = post(side, &access, &[item(COLD, "140", &high)]);
    assert_eq!(told(&asked), ["NEEDS_CONFIRMATION"]);
    assert_eq!(asked[0].params["expected"], json!("123"));
    let answers = post(side, &access, &[item(COLD, "140", &high)]);
    assert_eq!(told(&answers), ["NEEDS_CONFIRMATION"], "the key keeps its answer");
    let confirmed = json!({ "client_item_id": "i1", "confirmed": ["higher"] });
    assert_eq!(told(&post(side, &access, &[item(COLD, "140", &confirmed)])), ["received"]);
}

fn an_older_record_of_the_meter_is_refused_and_stays_refused_under_that_key(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let of = |key, version| {
        item(
            COLD,
            "123",
            &json!({ "idempotency_key": key, "client_item_id": "i1", "meter_version": version }),
        )
    };
    let now = side.meter_version(COLD);
    let answers = post(side, &access, &[of("k1", now + 7), of("k1", now + 7), of("k2", now)]);
    assert_eq!(told(&answers), ["METER_VERSION_MISMATCH", "METER_VERSION_MISMATCH", "received"]);
    assert_eq!(answers[0].params["version"], json!(now));
}

fn one_bad_item_spoils_no_other(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let answers = post(
        side,
        &access,
        &[
            item(COLD, "123456", &json!({})),
            item(COLD, "123.5", &json!({})),
            item(COLD, "123", &json!({ "taken_at": At::LONG_AFTER })),
            item("m-nobodys", "123", &json!({})),
            item(COLD, "123", &json!({ "period": "soon" })),
            item(COLD, "123", &json!({})),
        ],
    );
    let expected = [
        "TOO_MANY_DIGITS",
        "FRACTION_NOT_ALLOWED",
        "DATE_IN_FUTURE",
        "NO_SUCH_METER",
        "INVALID_ITEM",
        "received",
    ];
    assert_eq!(told(&answers), expected);
}

fn an_account_of_somebody_else_is_not_there(side: &dyn Side) {
    let access = side.sign_in();
    let batch = [serde_json::value::to_raw_value(&item(COLD, "123", &json!({}))).unwrap()];
    let refused = side.portal().post_readings(&access, "other", side.now(), &batch).unwrap_err();
    assert_eq!(status(&refused), (404, "NO_SUCH_ACCOUNT"));
}

fn withdraw(side: &dyn Side, access: &str, reading: &str, key: &str) -> Result<String, (u16, String)> {
    match side.portal().withdraw(access, ACCOUNT, reading, key) {
        Ok(reply) => Ok(reply.body.withdrawn_at.to_rfc3339()),
        Err(failure) => Err(status(&failure)).map_err(|(status, code)| (status, code.to_owned())),
    }
}

fn a_reading_is_taken_back_once_and_makes_room_for_another(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let first = item(COLD, "123", &json!({ "client_item_id": "i1" }));
    let id = post(side, &access, std::slice::from_ref(&first))[0].reading_id.clone().unwrap();
    let at = withdraw(side, &access, &id, "w1").unwrap();
    side.later_by_minutes(5);
    assert_eq!(withdraw(side, &access, &id, "w1"), Ok(at.clone()));
    assert_eq!(withdraw(side, &access, &id, "w2"), Ok(at));
    assert_eq!(withdraw(side, &access, "nothing", "w1"), Err((409, "IDEMPOTENCY_KEY_REUSED".to_owned())));
    assert_eq!(withdraw(side, &access, "nothing", "w3"), Err((404, "NO_SUCH_READING".to_owned())));
    assert_eq!(side.listed("i1")[0].status, "withdrawn");
    assert_eq!(told(&post(side, &access, &[first])), ["received"], "as it was answered first");
    assert_eq!(side.listed("i1")[0].status, "withdrawn");
    assert_eq!(told(&post(side, &access, &[item(COLD, "124", &json!({}))])), ["received"]);
}

fn a_charged_or_corrected_reading_is_not_taken_back_and_no_closed_months(side: &dyn Side) {
    side.set(At::WINDOW);
    let access = side.sign_in();
    let id = |answers: Vec<wire::ItemAnswer>| answers[0].reading_id.clone().unwrap();
    let cold = id(post(side, &access, &[item(COLD, "123", &json!({}))]));
    let corrected = id(post(side, &access, &[item(COLD, "124", &json!({ "supersedes": cold }))]));
    let hot = id(post(side, &access, &[item(HOT, "83", &json!({}))]));
    let refused = |code: &str| Err((409, code.to_owned()));
    assert_eq!(withdraw(side, &access, &cold, "w1"), refused("NOT_WITHDRAWABLE"));
    side.set("2026-11-28T21:00:00Z");
    let access = side.sign_in();
    assert_eq!(withdraw(side, &access, &hot, "w2"), refused("PERIOD_CLOSED"));
    side.bill("2026-11");
    assert_eq!(withdraw(side, &access, &corrected, "w3"), refused("ALREADY_ACCOUNTED"));
    assert_eq!(withdraw(side, &access, &hot, "w2"), refused("PERIOD_CLOSED"), "the first answer");
}
