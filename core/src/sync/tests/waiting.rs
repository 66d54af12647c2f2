//! What keeps an item on the phone, and for how long.

use super::*;

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
fn a_pass_that_is_out_of_time_sends_nothing() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    assert_eq!(phone.app.sync(-1).unwrap().outcome, SyncOutcome::OutOfTime);
    assert!(keys(&phone).is_empty());
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(0).unwrap();
    assert_eq!(keys(&phone).len(), 1, "the last millisecond of its time is still its own");
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
fn phones_that_hold_readings_for_the_window_open_it_at_different_moments() {
    let moments: Vec<_> = (0..20)
        .map(|n| {
            let phone = Phone::signed_in_as(n);
            phone.set_clock("2026-11-22T20:00:00+03:00");
            phone.capture(COLD, "123");
            phone.nothing_new();
            phone.app.sync_unattended(TIME).unwrap().retry_at.unwrap()
        })
        .collect();
    let opens = moment("2026-11-23T00:00:00+03:00");
    assert!(moments.iter().all(|at| *at >= opens && *at < opens + chrono::TimeDelta::hours(6)));
    let apart: std::collections::BTreeSet<_> = moments.iter().map(|at| (*at - opens).num_minutes()).collect();
    assert!(apart.len() > 15, "{apart:?}");
}

#[test]
fn a_wish_to_be_left_alone_holds_for_every_request_until_its_time() {
    let phone = Phone::signed_in();
    phone.portal.will_change(Err(maintenance(600)));
    let first = phone.app.sync(TIME).unwrap();
    assert_eq!(first.outcome, SyncOutcome::ServerBusy);
    let asked = phone.portal.cursors().len();
    phone.capture(COLD, "123");
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, phone.portal.cursors().len()), (SyncOutcome::ServerBusy, asked));
    assert!(phone.portal.posted().is_empty(), "not even the resident hurries a server in maintenance");
    assert!(report.retry_at.unwrap() >= moment("2026-11-23T12:10:00+03:00"), "{:?}", report.retry_at);
    phone.clock.pass(25 * 60_000);
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 1);
}

#[test]
fn a_mistyped_wish_of_years_does_not_lose_the_window() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(maintenance(u64::MAX)));
    let report = phone.app.sync(TIME).unwrap();
    let closes = moment("2026-11-26T00:00:00+03:00");
    assert!(phone.item(&item).not_before < closes && report.retry_at.unwrap() < closes, "{report:?}");
}

#[test]
fn a_job_leaves_a_failing_server_its_time_and_the_resident_need_not() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.nothing_new();
    phone.app.sync_unattended(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 1, "the job waits");
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.posted().len(), 2, "the resident asked");
}

#[test]
fn a_month_that_is_not_open_yet_is_waited_for_until_the_moment_that_the_utility_names() {
    let says = |opens_at: &str| {
        let phone = Phone::signed_in();
        let item = phone.capture(COLD, "123").item_id;
        phone.will_say(
            &item,
            json!({ "status": "refused", "code": "PERIOD_NOT_OPEN", "params": { "opens_at": opens_at } }),
        );
        phone.nothing_new();
        assert_eq!(phone.app.sync(TIME).unwrap().waiting, 1);
        let item = phone.item(&item);
        assert_eq!((item.state, item.reason.as_deref()), (State::Queued, Some("window_closed")));
        item.not_before
    };
    assert_eq!(says("2026-11-24T00:00:00+03:00"), moment("2026-11-24T00:00:00+03:00"));
    let now = moment("2026-11-23T12:00:00+03:00");
    for past in ["2026-11-23T12:00:00+03:00", "2026-11-01T00:00:00+03:00"] {
        assert!(says(past) >= now + chrono::TimeDelta::seconds(5), "{past}: it contradicts itself");
    }
}

#[test]
fn each_failure_in_a_row_may_double_the_wait_and_no_two_phones_wait_alike() {
    let waits = |phone: u64| -> Vec<i64> {
        // Far apart, since the chance of tests is a counter.
        let phone = Phone::signed_in_as(phone * 4_294_968);
        let item = phone.capture(COLD, "123").item_id;
        let wait = |_| {
            phone.portal.will_answer(Err(Failure::AnswerLost));
            phone.app.sync(TIME).unwrap();
            (phone.item(&item).not_before - moment("2026-11-23T12:00:00+03:00")).num_seconds()
        };
        (0..3).map(wait).collect()
    };
    let all: Vec<Vec<i64>> = (1..=12).map(waits).collect();
    for (nth, longest) in [30, 60, 120].into_iter().enumerate() {
        let nth: std::collections::BTreeSet<i64> = all.iter().map(|waits| waits[nth]).collect();
        assert!(nth.iter().all(|wait| (5..=longest).contains(wait)), "{nth:?}");
        assert!(nth.len() > 5 && nth.iter().any(|wait| *wait > longest / 2), "{nth:?}");
    }
}

#[test]
fn a_wish_to_be_left_alone_ends_on_the_millisecond_and_one_of_days_is_none() {
    let phone = Phone::signed_in();
    phone.portal.will_change(Err(maintenance(600)));
    phone.app.sync(TIME).unwrap();
    let until = phone.app.store.read(|db| crate::store::note(db, "quiet_until")).unwrap().unwrap();
    let until = chrono::DateTime::from_timestamp_millis(until).unwrap();
    let shown = |before: chrono::TimeDelta| {
        phone.app.store.read(|db| crate::sync::request::quiet_until(db, until - before)).unwrap()
    };
    let millisecond = chrono::TimeDelta::milliseconds(1);
    assert_eq!(
        [shown(millisecond), shown(-millisecond), shown(chrono::TimeDelta::zero())],
        [Some(until), None, None]
    );
    let days = chrono::TimeDelta::days(2);
    assert_eq!([shown(days - millisecond), shown(days)], [Some(until), None], "the clock went back since");
    let asked = phone.portal.cursors().len();
    phone.clock.set(until - millisecond);
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.cursors().len(), asked);
    phone.clock.set(until);
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.cursors().len(), asked + 1);
}

#[test]
fn a_letter_that_never_left_is_not_in_doubt_and_one_that_did_stays_so() {
    let phone = Phone::signed_in();
    phone.app.write_letter(&question()).unwrap();
    assert_eq!(phone.app.letters().unwrap()[0].status, Status::Saved);
    phone.app.note_offline().unwrap();
    assert_eq!(phone.app.letters().unwrap()[0].status, Status::WaitingForNetwork);
    let shown = |failure: Failure| {
        phone.portal.will_register(Err(failure));
        phone.app.sync(TIME).unwrap();
        phone.app.letters().unwrap()[0].status
    };
    assert_eq!(shown(Failure::Unreachable), Status::WaitingForNetwork);
    assert_eq!(shown(Failure::AnswerLost), Status::Sent);
    assert_eq!(shown(Failure::Unreachable), Status::Sent, "it may have arrived the time before");
}

#[test]
fn an_opening_that_the_utility_names_ages_ahead_does_not_lose_the_window() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    let params = json!({ "opens_at": "9999-12-31T00:00:00Z" });
    phone.will_say(&item, json!({ "status": "refused", "code": "PERIOD_NOT_OPEN", "params": params }));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert!(phone.item(&item).not_before <= moment("2026-11-24T12:00:00+03:00"), "asked again tomorrow");
    phone.set_clock("2026-11-25T22:00:00+03:00");
    phone.will_say(&item, json!({ "status": "refused", "code": "PERIOD_NOT_OPEN", "params": params }));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.item(&item).not_before, moment("2026-11-25T23:00:00+03:00"), "half of what is left");
}

#[test]
fn what_the_utility_does_not_settle_does_not_sleep_through_the_window() {
    let phone = Phone::signed_in();
    phone.set_clock("2026-11-25T23:50:00+03:00");
    let item = phone.capture(COLD, "123").item_id;
    for attempt in 0..12 {
        phone.will_say(&item, json!({ "status": "refused", "code": "INTERNAL" }));
        phone.nothing_new();
        phone.app.sync(TIME).unwrap();
        assert!(phone.item(&item).not_before <= moment("2026-11-25T23:55:00+03:00"), "after {attempt}");
    }
}

#[test]
fn a_correction_behind_a_doubt_wakes_nobody_before_the_doubt_is_due() {
    let phone = Phone::signed_in();
    let first = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.capture(COLD, "124");
    phone.app.withdraw(&phone.capture(HOT, "85").item_id).unwrap();
    phone.nothing_new();
    let report = phone.app.sync_unattended(TIME).unwrap();
    assert_eq!((report.outcome, report.waiting), (SyncOutcome::Done, 2));
    assert_eq!(report.retry_at, Some(phone.item(&first).not_before));
}

#[test]
fn a_withdrawal_behind_a_doubt_wakes_nobody_before_the_doubt_is_due() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    phone.app.withdraw(&item).unwrap();
    phone.nothing_new();
    let report = phone.app.sync_unattended(TIME).unwrap();
    assert_eq!((report.waiting, report.retry_at), (2, Some(phone.item(&item).not_before)));
}

#[test]
fn what_only_the_password_can_send_wakes_nobody() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    phone.lose_secrets();
    let phone = phone.restarted();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.waiting, report.retry_at), (SyncOutcome::NeedsSignIn, 1, None));
    phone.app.logout("a1").unwrap();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.waiting, report.retry_at), (1, None));
    phone.clock.pass(1_000);
    phone
        .app
        .write_letter(&LetterRequest { kind: LetterKind::Appeal, account_id: None, ..question() })
        .unwrap();
    assert!(phone.app.sync(TIME).unwrap().retry_at.is_some(), "the reception is open to everyone");
}

#[test]
fn what_a_failed_pass_did_not_reach_wakes_the_phone_ever_more_seldom() {
    let phone = Phone::signed_in();
    let reading = phone.capture(COLD, "123").item_id;
    phone.app.write_letter(&question()).unwrap();
    let mut waits = Vec::new();
    for _ in 0..12 {
        phone.portal.will_answer(Err(Failure::Unreachable));
        let report = phone.app.sync_unattended(TIME).unwrap();
        assert_eq!(report.outcome, SyncOutcome::Offline);
        let now = phone.app.proof(&reading).unwrap().entry.taken_at;
        waits.push((report.retry_at.unwrap() - now).num_seconds());
    }
    assert!(waits.iter().all(|wait| *wait >= 5), "{waits:?}");
    assert!(waits[6..].iter().sum::<i64>() > 1_800, "{waits:?}");
    phone.will_take(&reading, "r1");
    phone.portal.will_register(Err(Failure::AnswerLost));
    let report = phone.app.sync_unattended(TIME).unwrap();
    let now = phone.app.proof(&reading).unwrap().entry.taken_at;
    assert!(report.retry_at.unwrap() > now, "{report:?}");
    assert_eq!(report.sent, 1);
}

#[test]
fn a_first_look_that_fails_is_not_repeated_at_once() {
    let phone = Phone::signed_in_where(&json!({ "portal": { "base_url": "https://cabinet.example.invalid",
        "honours_keys": false } }));
    let item = phone.capture(COLD, "123").item_id;
    phone.portal.will_answer(Err(Failure::AnswerLost));
    phone.app.sync(TIME).unwrap();
    later(&phone);
    phone.portal.will_change(Err(server_fails()));
    let report = phone.app.sync_unattended(TIME).unwrap();
    assert!(phone.portal.posted().len() == 1, "nothing goes blindly");
    assert!(report.retry_at.unwrap() >= moment("2026-11-24T12:00:05+03:00"), "{report:?}");
    assert_eq!((status(&phone, &item), phone.item(&item).attempts), (Status::Sent, 2));
}

#[test]
fn the_next_job_is_asked_for_by_the_phones_own_clock_however_wrong_it_is() {
    for wrong in ["2026-11-23T15:00:00+03:00", "2019-01-01T00:00:00Z"] {
        let phone = Phone::signed_in();
        phone.portal.set_time(moment("2026-11-23T12:00:00+03:00"));
        phone.nothing_new();
        phone.app.sync(TIME).unwrap();
        phone.set_wall_clock(wrong);
        phone.capture(COLD, "123");
        phone.portal.will_answer(Err(Failure::AnswerLost));
        let retry_at = phone.app.sync(TIME).unwrap().retry_at.unwrap();
        let wait = (retry_at - moment(wrong)).num_seconds();
        assert!((5..=30).contains(&wait), "{wait} s by a clock at {wrong}");
    }
}
