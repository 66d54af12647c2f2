//! Several logins on one phone: what one of them has at the server keeps no other waiting.

use super::*;

const THEIRS: &str = "m-theirs";

/// A second login, which sees a flat of its own.
fn with_a_second_login() -> Phone {
    let phone = Phone::signed_in();
    phone.clock.pass(1_000);
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.nothing_new();
    phone.portal.will_change(Ok(page(json!({
        "cursor": "1",
        "accounts": [{ "id": "a2", "number": "1204418", "address": "ул. Примерная, 14",
            "balance": { "kopecks": 0, "period": "2026-10", "as_of": "2026-11-01T00:00:00Z" } }],
        "meters": [{ "id": THEIRS, "account_id": "a2", "serial": "2", "resource": "cold_water", "place": "кухня",
            "digits": { "whole": 5, "fraction": 3 }, "version": 1, "verify_by": null }],
    }))));
    let second = LoginRequest { login: "1204418".to_owned(), password: "secret".to_owned(), remember: true };
    phone.app.login(&second).unwrap();
    assert_eq!(phone.app.home().unwrap().flats.len(), 2);
    phone
}

fn too_busy() -> Failure {
    Failure::Refused { status: 503, code: None, params: Default::default(), retry_after: None }
}

#[test]
fn one_login_at_which_the_server_fails_holds_up_no_other() {
    let phone = with_a_second_login();
    for failure in
        [server_fails(), Failure::Unreadable, Failure::AnswerLost, Failure::NotTheUtility { status: 403 }]
    {
        let theirs = phone.capture(THEIRS, "5").item_id;
        phone.portal.will_change(Err(failure.clone()));
        phone.will_take(&theirs, "r1");
        phone.nothing_new();
        let report = phone.app.sync(TIME).unwrap();
        assert_eq!(report.sent, 1, "{failure:?}");
        assert!(matches!(report.outcome, SyncOutcome::ServerBusy | SyncOutcome::NotTheUtility), "it is told");
    }
}

#[test]
fn one_login_whose_token_the_server_does_not_renew_holds_up_no_other() {
    let phone = with_a_second_login();
    let ours = phone.capture(COLD, "123").item_id;
    let theirs = phone.capture(THEIRS, "5").item_id;
    let phone = phone.restarted();
    let blocked = Failure::Refused {
        status: 403,
        code: Some("ACCOUNT_BLOCKED".into()),
        params: Default::default(),
        retry_after: None,
    };
    phone.portal.will_sign_in(Err(blocked));
    phone.portal.will_sign_in(Ok(tokens("2030-01-01T00:00:00Z")));
    phone.will_take(&theirs, "r1");
    phone.nothing_new();
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
    assert_eq!(status(&phone, &theirs), Status::Sent);
    assert_eq!((status(&phone, &ours), phone.item(&ours).attempts), (Status::WaitingForNetwork, 1));
}

#[test]
fn a_server_that_is_too_busy_gets_one_request_and_not_one_of_each_login() {
    let phone = with_a_second_login();
    let asked = phone.portal.cursors().len();
    phone.capture(THEIRS, "5");
    phone.portal.will_change(Err(too_busy()));
    phone.portal.will_change(Err(too_busy()));
    assert_eq!(phone.app.sync(TIME).unwrap().outcome, SyncOutcome::ServerBusy);
    assert_eq!((phone.portal.cursors().len() - asked, phone.portal.posted().len()), (1, 0));
}

#[test]
fn a_reading_on_which_the_server_always_fails_keeps_nobody_from_the_news() {
    let phone = with_a_second_login();
    let ours = phone.capture(COLD, "123").item_id;
    let theirs = phone.capture(THEIRS, "5").item_id;
    let asked = phone.portal.cursors().len();
    for _ in 0..6 {
        phone.portal.will_answer(Err(server_fails()));
        phone.app.sync(TIME).unwrap();
    }
    assert_eq!(
        phone.portal.cursors().len(),
        asked,
        "at first one request is enough to see that the server fails"
    );
    phone.portal.will_answer(Err(server_fails()));
    phone.nothing_new();
    phone.will_take(&theirs, "r1");
    phone.nothing_new();
    let report = phone.app.sync(TIME).unwrap();
    assert_eq!((report.outcome, report.sent), (SyncOutcome::ServerBusy, 1));
    assert_eq!(phone.portal.cursors().len(), asked + 2);
    assert_eq!(status(&phone, &ours), Status::Sent, "in doubt as before");
}

#[test]
fn a_letter_to_the_reception_goes_though_every_login_fails() {
    let phone = with_a_second_login();
    phone
        .app
        .write_letter(&LetterRequest { kind: LetterKind::Appeal, account_id: None, ..question() })
        .unwrap();
    phone.portal.will_change(Err(server_fails()));
    phone.portal.will_change(Err(server_fails()));
    let answer = json!({ "letter_id": "l1", "receipt": "9", "received_at": "2026-11-23T10:00:00Z" });
    phone.portal.will_register(Ok(serde_json::from_value(answer).unwrap()));
    assert_eq!(phone.app.sync(TIME).unwrap().sent, 1);
}
