//! Tokens, passwords, signing in and out.

use super::*;
use crate::portal::wire;
use crate::sync::tokens::TokenKeeper;

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
fn a_token_about_to_end_is_renewed_before_it_is_used() {
    let phone = Phone::signed_in();
    phone.set_clock("2029-12-31T23:59:30Z");
    phone.portal.will_sign_in(Ok(tokens("2031-01-01T00:00:00Z")));
    phone.nothing_new();
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.accesses().last().unwrap(), "until 2031-01-01T00:00:00Z");
}

#[test]
fn what_one_login_left_behind_goes_when_it_signs_in_again() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.logout("a1").unwrap();
    phone.app.sync(TIME).unwrap();
    assert!(phone.portal.posted().is_empty());
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.portal.will_change(Ok(crate::testing::first_page()));
    let again = crate::app::LoginRequest {
        login: "1204417".to_owned(),
        password: "secret".to_owned(),
        remember: true,
    };
    phone.app.login(&again).unwrap();
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
}

#[test]
fn a_walls_refusal_to_renew_a_token_signs_nobody_out() {
    let phone = Phone::signed_in();
    phone.capture(COLD, "123");
    let phone = phone.restarted();
    let wall = Failure::Refused { status: 403, code: None, params: Default::default(), retry_after: None };
    phone.portal.will_sign_in(Err(wall));
    assert_ne!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::NeedsSignIn);
    assert!(!phone.app.home().unwrap().needs_sign_in);
}

fn token(refresh: &str) -> crate::portal::wire::Tokens {
    let mut token = tokens("2026-11-23T09:15:00Z");
    token.refresh_token = refresh.to_owned();
    token
}

#[test]
fn a_process_does_not_come_back_with_a_token_that_another_has_traded_in() {
    let phone = Phone::signed_in();
    let other = phone.another_process();
    phone.set_clock("2029-12-31T23:59:31Z");
    for (app, refresh) in [(&phone.app, "second"), (&other, "third"), (&phone.app, "fourth")] {
        phone.portal.will_sign_in(Ok(token(refresh)));
        phone.nothing_new();
        assert_eq!(app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    }
    assert_eq!(phone.portal.refreshes(), ["r", "second", "third"]);
}

#[test]
fn each_login_has_a_secret_of_its_own_over_restarts_until_it_is_forgotten() {
    let phone = Phone::signed_in();
    let keeper = TokenKeeper::default();
    for (login, remember, refresh_token) in
        [("one", true, "1"), ("other", true, "2"), ("not remembered", false, "3")]
    {
        let store = &phone.app.store;
        store.write(|db| crate::store::put_login(db, login, login, remember)).unwrap();
        let fresh =
            wire::Tokens { refresh_token: refresh_token.to_owned(), ..tokens("2030-01-01T00:00:00Z") };
        assert!(keeper.keep(store, phone.env(), login, remember, &fresh));
    }
    let held = |keeper: &TokenKeeper| {
        ["one", "other", "not remembered"].map(|login| keeper.refresh_token(phone.env(), login))
    };
    let said = |tokens: [Option<&str>; 3]| tokens.map(|token| token.map(str::to_owned));
    assert_eq!(held(&keeper), said([Some("1"), Some("2"), Some("3")]));
    assert_eq!(held(&TokenKeeper::default()), said([Some("1"), Some("2"), None]), "the next process");
    keeper.forget(phone.env(), "one");
    assert_eq!(held(&keeper), said([None, Some("2"), Some("3")]));
    assert_eq!(held(&TokenKeeper::default()), said([None, Some("2"), None]));
}

#[test]
fn a_session_that_the_utility_has_ended_leaves_no_secret_behind() {
    let phone = Phone::signed_in();
    let login = phone.app.store.read(crate::store::logins).unwrap().remove(0).id;
    let secret = |phone: &Phone| TokenKeeper::default().refresh_token(phone.env(), &login);
    assert!(secret(&phone).is_some());
    let phone = phone.restarted();
    let code = Some("SESSION_EXPIRED".to_owned());
    phone.portal.will_sign_in(Err(Failure::Refused {
        status: 401,
        code,
        params: Default::default(),
        retry_after: None,
    }));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::NeedsSignIn);
    assert_eq!(secret(&phone), None);
}

#[test]
fn a_stale_token_that_is_refused_takes_no_newer_one_with_it() {
    let phone = Phone::signed_in();
    let other = phone.another_process();
    phone.set_clock("2029-12-31T23:59:31Z");
    let over = Failure::Refused {
        status: 401,
        code: Some("SESSION_EXPIRED".into()),
        params: Default::default(),
        retry_after: None,
    };
    phone.portal.will_sign_in(Ok(token("second")));
    phone.portal.will_sign_in(Err(over));
    phone.portal.will_sign_in(Ok(token("third")));
    let again = LoginRequest { login: "1204417".to_owned(), password: "secret".to_owned(), remember: true };
    phone.portal.meanwhile(move || {
        other.login(&again).unwrap();
    });
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    assert_eq!(phone.portal.refreshes(), ["r", "second"], "what the other process has got meanwhile");
    assert!(!phone.app.home().unwrap().needs_sign_in);
}

#[test]
fn a_token_that_comes_after_the_sign_out_is_not_kept_and_its_session_is_ended() {
    let phone = Phone::signed_in();
    let login = phone.app.store.read(crate::store::logins).unwrap().remove(0).id;
    phone.set_clock("2029-12-31T23:59:31Z");
    let screen = phone.another_process();
    phone.portal.will_sign_in(Ok(token("second")));
    phone.portal.meanwhile(move || screen.logout("a1").unwrap());
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::NeedsSignIn);
    let left = TokenKeeper::default();
    let late = tokens("2030-01-01T00:00:00Z");
    assert!(!left.keep(&phone.app.store, phone.env(), &login, true, &late), "not for a moment, either");
    assert_eq!(TokenKeeper::default().refresh_token(phone.env(), &login), None, "nor in the secret store");
    assert_eq!(phone.portal.logouts(), ["r", "second"]);
    assert!(phone.portal.accesses().len() <= 1, "and nothing is asked with it");
}

#[test]
fn a_renewal_that_comes_after_a_sign_in_does_not_drive_its_token_out() {
    let phone = Phone::signed_in();
    let other = phone.another_process();
    phone.set_clock("2029-12-31T23:59:31Z");
    phone.portal.will_sign_in(Ok(token("by password")));
    phone.portal.will_sign_in(Ok(token("of the old session")));
    let again = LoginRequest { login: "1204417".to_owned(), password: "secret".to_owned(), remember: true };
    phone.portal.meanwhile(move || {
        other.login(&again).unwrap();
    });
    phone.portal.will_sign_in(Ok(token("newest")));
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    assert_eq!(phone.portal.refreshes(), ["r", "by password"]);
    let login = phone.app.store.read(crate::store::logins).unwrap().remove(0).id;
    assert_eq!(TokenKeeper::default().refresh_token(phone.env(), &login).as_deref(), Some("newest"));
}

#[test]
fn nothing_is_called_sent_while_its_token_is_still_being_renewed() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    let letter = phone.app.write_letter(&question()).unwrap();
    let phone = phone.restarted();
    let (other, seen) = (phone.another_process(), Arc::new(Mutex::new(Vec::new())));
    let (notes, id) = (Arc::clone(&seen), item.clone());
    phone.portal.meanwhile(move || {
        let mut notes = notes.lock().unwrap();
        notes.push(other.proof(&id).unwrap().entry.status);
        notes.push(other.letters().unwrap()[0].status);
    });
    phone.portal.will_sign_in(Err(Failure::Unreachable));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Offline);
    assert_eq!(*seen.lock().unwrap(), [Status::Saved, Status::Saved]);
    assert_eq!(status(&phone, &item), Status::WaitingForNetwork, "and afterwards it is said what keeps it");
    assert_eq!(phone.app.letters().unwrap()[0].item_id, letter);
    assert_eq!(phone.app.letters().unwrap()[0].status, Status::WaitingForNetwork);
    assert_eq!(phone.item(&item).attempts, 1);
}

/// A second login that sees the same flat.
fn with_another_login() -> Phone {
    let phone = Phone::signed_in();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.nothing_new();
    phone.portal.will_change(Ok(crate::testing::first_page()));
    let other = crate::app::LoginRequest {
        login: "second".to_owned(),
        password: "secret".to_owned(),
        remember: true,
    };
    phone.app.login(&other).unwrap();
    phone
}

fn login_of_the_flat(phone: &Phone) -> String {
    let login = phone.app.store.read(|db| crate::store::login_of_account(db, "a1")).unwrap();
    login.unwrap().login
}

#[test]
fn a_flat_that_two_logins_see_stays_with_the_first_as_long_as_that_is_signed_in() {
    let phone = with_another_login();
    assert_eq!(login_of_the_flat(&phone), "1204417");
}

#[test]
fn a_flat_that_two_logins_see_comes_again_by_the_other_when_one_signs_out() {
    let phone = with_another_login();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.logout("a1").unwrap();
    phone.portal.will_change(Ok(crate::testing::first_page()));
    phone.app.sync(TIME).unwrap();
    assert_eq!(phone.portal.cursors().last().unwrap(), &None, "asked for everything");
    assert_eq!(login_of_the_flat(&phone), "second");
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
}

#[test]
fn a_flat_whose_login_wants_its_password_goes_by_the_other_login_that_sees_it() {
    let phone = with_another_login();
    let item = phone.capture(COLD, "123").item_id;
    let first = phone.app.store.read(|db| crate::store::login(db, "1204417")).unwrap().unwrap();
    for _ in 0..2 {
        phone.app.store.write(|db| crate::store::set_needs_sign_in(db, &first.id, true)).unwrap();
    }
    let before = phone.portal.cursors().len();
    phone.portal.will_change(Ok(crate::testing::first_page()));
    phone.app.sync(TIME).unwrap();
    assert_eq!(login_of_the_flat(&phone), "second");
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
    assert_eq!(phone.portal.cursors()[before..], [None, Some("1".to_owned())], "asked for everything once");
}

#[test]
fn a_list_longer_than_one_pass_takes_is_gone_on_with_while_something_waits() {
    let phone = Phone::signed_in();
    let item = phone.capture(COLD, "123").item_id;
    phone.app.logout("a1").unwrap();
    let pages = |phone: &Phone| {
        for _ in 0..crate::sync::policy::PAGES {
            phone.portal.will_change(Ok(page(json!({ "cursor": "more", "more": true }))));
        }
    };
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    pages(&phone);
    let again = LoginRequest { login: "1204417".to_owned(), password: "secret".to_owned(), remember: true };
    assert_eq!(phone.app.login(&again).unwrap().outcome, SyncOutcome::OutOfTime);
    pages(&phone);
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.waiting), (SyncOutcome::OutOfTime, 1));
    assert!(report.retry_at.is_some(), "the flat may stand on the next page");
    phone.portal.will_change(Ok(crate::testing::first_page()));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::Done);
    phone.will_take(&item, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().waiting, 0);
}

#[test]
fn a_sign_in_that_can_not_be_written_leaves_no_token_behind() {
    let phone = Phone::signed_in();
    let before = phone.secrets.names();
    phone.app.store.read(|db| db.execute_batch("PRAGMA query_only = ON")).unwrap();
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    let other = LoginRequest { login: "second".to_owned(), password: "secret".to_owned(), remember: true };
    assert_eq!(phone.app.login(&other).unwrap_err(), crate::app::Error::StorageNotWritable);
    assert_eq!(phone.secrets.names(), before);
}
