//! The whole table, line by line: what comes back for readings (several, and one alone), withdrawals and letters.

#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it expects, and shows the rest")]

use serde_json::{Value, json};

use super::*;
use crate::domain::Volume;
use crate::portal::Failure;
use crate::portal::wire::{BatchAnswer, ItemAnswer, LetterAnswer, Withdrawn};

/// A line: what came, and what it means for several readings, one reading, a withdrawal, a letter.
type Line = (Failure, Several, One, Errand, Errand);

#[derive(Debug, Clone, PartialEq)]
enum Several {
    Waits(Reason),
    Doubt,
    Token,
    Cut,
    Refused,
}

#[derive(Debug, Clone, PartialEq)]
enum One {
    Waits(Reason),
    Doubt,
    Token,
    Judged(ItemVerdict),
    Refused,
}

#[derive(Debug, Clone, PartialEq)]
enum Errand {
    Waits(Reason),
    Doubt,
    Token,
    Gone,
    Refused,
}

const OFFLINE: Reason = Reason::Offline;
const OTHER: Reason = Reason::NotTheUtility;
const SERVER: Reason = Reason::Server;

fn said(status: u16, code: &str) -> Failure {
    Failure::Refused { status, code: Some(code.to_owned()), params: Default::default(), retry_after: None }
}

fn mute(status: u16) -> Failure {
    Failure::Refused { status, code: None, params: Default::default(), retry_after: None }
}

fn waits(failure: Failure, reason: Reason) -> Line {
    (failure, Several::Waits(reason), One::Waits(reason), Errand::Waits(reason), Errand::Waits(reason))
}

fn doubt(failure: Failure) -> Line {
    (failure, Several::Doubt, One::Doubt, Errand::Doubt, Errand::Doubt)
}

fn token(failure: Failure) -> Line {
    (failure, Several::Token, One::Token, Errand::Token, Errand::Token)
}

/// Of the account: all of it is refused.
fn account(status: u16, code: &str) -> Line {
    (said(status, code), Several::Refused, One::Refused, Errand::Refused, Errand::Refused)
}

/// Of one item: sent in halves until it is alone.
fn item(status: u16, code: &str, verdict: ItemVerdict) -> Line {
    (said(status, code), Several::Cut, One::Judged(verdict), Errand::Refused, Errand::Refused)
}

fn rejects(status: u16, code: &str) -> Line {
    item(status, code, ItemVerdict::Reject(code.to_owned()))
}

fn asks(status: u16, code: &str) -> Line {
    item(status, code, ItemVerdict::Ask(code.to_owned()))
}

/// The server is older than the app: readings wait for it, errands are told.
fn missing(status: u16, code: &str) -> Line {
    (said(status, code), Several::Waits(SERVER), One::Waits(SERVER), Errand::Refused, Errand::Refused)
}

fn table() -> Vec<Line> {
    let mut table = vec![
        // The way.
        waits(Failure::Unreachable, OFFLINE),
        waits(Failure::UnknownHost, OFFLINE),
        waits(Failure::Untrusted, OTHER),
        doubt(Failure::AnswerLost),
        doubt(Failure::Unreadable),
        // The token.
        token(mute(401)),
        token(said(401, "SESSION_EXPIRED")),
        token(said(401, "A_CODE_OF_TOMORROW")),
        // The server's state.
        doubt(mute(408)),
        doubt(said(408, "REQUEST_TIMEOUT")),
        waits(mute(429), SERVER),
        waits(said(429, "RATE_LIMITED"), SERVER),
        doubt(mute(500)),
        doubt(said(500, "INTERNAL")),
        doubt(mute(501)),
        doubt(mute(502)),
        doubt(mute(503)),
        doubt(said(503, "A_CODE_OF_TOMORROW")),
        waits(said(503, "MAINTENANCE"), SERVER),
        waits(said(503, "RATE_LIMITED"), SERVER),
        doubt(mute(504)),
        doubt(mute(505)),
        doubt(mute(507)),
        waits(mute(511), OTHER),
        doubt(mute(599)),
        waits(said(403, "RATE_LIMITED"), SERVER),
        waits(said(403, "SESSION_EXPIRED"), SERVER),
        // The frame of the request.
        waits(said(400, "NOT_JSON"), SERVER),
        waits(said(415, "UNSUPPORTED_MEDIA_TYPE"), SERVER),
        waits(said(400, "INVALID_QUERY"), SERVER),
        missing(404, "NOT_FOUND"),
        missing(405, "METHOD_NOT_ALLOWED"),
        waits(mute(407), OTHER),
        // Too much at once.
        (mute(413), Several::Cut, One::Waits(SERVER), Errand::Waits(SERVER), Errand::Waits(SERVER)),
        // A gateway's word: it may be set up otherwise tomorrow.
        (
            said(413, "Too Large"),
            Several::Cut,
            One::Waits(SERVER),
            Errand::Waits(SERVER),
            Errand::Waits(SERVER),
        ),
        (said(413, "PAYLOAD_TOO_LARGE"), Several::Cut, One::Waits(SERVER), Errand::Refused, Errand::Refused),
        (said(422, "TOO_MANY_ITEMS"), Several::Cut, One::Waits(SERVER), Errand::Refused, Errand::Refused),
        // The account.
        account(404, "NO_SUCH_ACCOUNT"),
        account(403, "NOT_SERVED_BY_PROVIDER"),
        account(403, "SUSPENDED_NO_READINGS"),
        // Under the status of an item, too.
        account(409, "NO_SUCH_ACCOUNT"),
        account(400, "NOT_SERVED_BY_PROVIDER"),
        account(422, "SUSPENDED_NO_READINGS"),
        account(403, "A_CODE_OF_TOMORROW"),
        account(426, "APP_TOO_OLD"),
        // One of the items, said of the request.
        asks(409, "NEEDS_CONFIRMATION"),
        asks(422, "VALUE_LESS_THAN_PREVIOUS"),
        item(409, "PERIOD_NOT_OPEN", ItemVerdict::Hold(None)),
        item(409, "METER_VERSION_MISMATCH", ItemVerdict::Renew),
        rejects(409, "PERIOD_CLOSED"),
        rejects(409, "ALREADY_ACCOUNTED"),
        rejects(409, "NOT_WITHDRAWABLE"),
        rejects(409, "DUPLICATE_IN_PERIOD"),
        rejects(409, "IDEMPOTENCY_KEY_REUSED"),
        rejects(409, "A_CODE_OF_TOMORROW"),
        rejects(422, "A_CODE_OF_TOMORROW"),
        rejects(400, "A_CODE_OF_TOMORROW"),
        rejects(422, "INVALID_REQUEST"),
        rejects(400, "INVALID_REQUEST"),
        rejects(422, "INVALID_ITEM"),
        rejects(422, "EXCEEDS_HARD_LIMIT"),
        rejects(422, "ROLLOVER_NOT_POSSIBLE"),
        rejects(422, "REPLACEMENT_DOES_NOT_FIT"),
        rejects(422, "TOO_MANY_DIGITS"),
        rejects(422, "FRACTION_NOT_ALLOWED"),
        rejects(422, "DATE_IN_FUTURE"),
        rejects(422, "TEXT_EMPTY"),
        rejects(422, "TEXT_TOO_LONG"),
        rejects(422, "NAME_AND_CONTACT_NEEDED"),
        rejects(422, "METER_ARCHIVED"),
        rejects(410, "METER_ARCHIVED"),
        rejects(422, "METER_VERIFICATION_OVERDUE"),
        rejects(404, "NO_SUCH_METER"),
        // The errand's own.
        (said(404, "NO_SUCH_READING"), Several::Refused, One::Refused, Errand::Gone, Errand::Refused),
        (
            said(409, "ALREADY_WITHDRAWN"),
            Several::Cut,
            One::Judged(ItemVerdict::Reject("ALREADY_WITHDRAWN".into())),
            Errand::Gone,
            Errand::Refused,
        ),
    ];
    // Whatever is no JSON of ours, under any status: a Wi-Fi's page, a wall, a redirect.
    for status in [100, 200, 203, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 413, 418, 451] {
        table.push(waits(Failure::NotTheUtility { status }, OTHER));
    }
    // A refusal without a code of the utility costs no reading.
    for status in [
        400, 402, 403, 404, 405, 406, 409, 410, 411, 412, 414, 415, 416, 417, 418, 421, 422, 424, 425, 426,
        428, 431, 451, 499,
    ] {
        table.push(waits(mute(status), SERVER));
        for gateway in ["forbidden", "Bad Request", "", "E", "404", "ПРОЩАЙ", &"A".repeat(65)] {
            table.push(waits(said(status, gateway), SERVER));
        }
    }
    table
}

fn several(failure: &Failure) -> Several {
    match judge_request(failure, 2) {
        RequestVerdict::NotDelivered(delay) => Several::Waits(delay.reason),
        RequestVerdict::InDoubt(Delay { reason: Reason::Server, .. }) => Several::Doubt,
        RequestVerdict::RenewToken => Several::Token,
        RequestVerdict::TooLarge { .. } => Several::Cut,
        RequestVerdict::Refused { .. } => Several::Refused,
        other @ (RequestVerdict::InDoubt(_) | RequestVerdict::OfTheItem(_)) => panic!("{other:?} of several"),
    }
}

fn one(failure: &Failure) -> One {
    match judge_request(failure, 1) {
        RequestVerdict::NotDelivered(delay) => One::Waits(delay.reason),
        RequestVerdict::InDoubt(Delay { reason: Reason::Server, .. }) => One::Doubt,
        RequestVerdict::RenewToken => One::Token,
        RequestVerdict::OfTheItem(answer) => One::Judged(judge_item(&answer, Volume::from_units(123))),
        RequestVerdict::Refused { .. } => One::Refused,
        other @ (RequestVerdict::InDoubt(_) | RequestVerdict::TooLarge { .. }) => panic!("{other:?} of one"),
    }
}

fn errand(judged: Result<ErrandVerdict, Failure>) -> Errand {
    match judged {
        Ok(ErrandVerdict::AlreadyGone) => Errand::Gone,
        Ok(ErrandVerdict::Rejected { .. }) => Errand::Refused,
        Ok(received @ ErrandVerdict::Received { .. }) => panic!("{received:?} of a failure"),
        Err(failure) => match one(&failure) {
            One::Waits(reason) => Errand::Waits(reason),
            One::Doubt => Errand::Doubt,
            One::Token => Errand::Token,
            other @ (One::Judged(_) | One::Refused) => panic!("{other:?} would be lost"),
        },
    }
}

#[test]
fn every_failure_has_its_line_for_readings_withdrawals_and_letters() {
    let table = table();
    assert!(table.len() > 250, "{} lines", table.len());
    for (failure, of_several, of_one, of_a_withdrawal, of_a_letter) in table {
        assert_eq!(several(&failure), of_several, "several readings: {failure:?}");
        assert_eq!(one(&failure), of_one, "one reading: {failure:?}");
        assert_eq!(
            errand(judge_withdrawal(Err(failure.clone()), "r1")),
            of_a_withdrawal,
            "withdrawal: {failure:?}"
        );
        assert_eq!(errand(judge_letter(Err(failure.clone()), true)), of_a_letter, "letter: {failure:?}");
    }
}

#[test]
fn every_code_of_the_contract_has_a_line() {
    let contract = include_str!("../../../../contract/openapi.yaml");
    let listed: Vec<&str> = contract
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .filter(|word| super::table::is_code(word))
        .collect();
    assert!(listed.len() > 30, "{listed:?}");
    let table = table();
    let known = |code: &str| {
        table
            .iter()
            .any(|(failure, ..)| matches!(failure, Failure::Refused { code: Some(c), .. } if c == code))
    };
    for code in listed {
        // Said at sign-in alone.
        assert!(known(code) || code == "BAD_CREDENTIALS", "{code} has no line");
    }
}

#[test]
fn a_servers_wish_goes_with_every_verdict_that_waits_and_zero_is_none() {
    let asked = |status, seconds| {
        let failure =
            Failure::Refused { status, code: None, params: Default::default(), retry_after: Some(seconds) };
        match judge_request(&failure, 2) {
            RequestVerdict::NotDelivered(delay) | RequestVerdict::InDoubt(delay) => delay.asked_seconds,
            other => panic!("{status}: {other:?}"),
        }
    };
    for status in [404, 408, 429, 500, 502, 503, 511] {
        assert_eq!(asked(status, 7), Some(7), "{status}");
        assert_eq!(asked(status, u64::MAX), Some(u64::MAX), "{status}: policy cuts it");
        assert_eq!(asked(status, 0), None, "{status}");
    }
}

#[test]
fn a_named_limit_is_taken_where_it_makes_the_batch_smaller() {
    let limited = |limit: Value, items| {
        let failure = Failure::Refused {
            status: 422,
            code: Some("TOO_MANY_ITEMS".into()),
            params: json!({ "limit": limit }).as_object().unwrap().clone(),
            retry_after: None,
        };
        judge_request(&failure, items)
    };
    let cut = |limit| RequestVerdict::TooLarge { limit };
    assert_eq!(limited(json!(10), 50), cut(Some(10)));
    for none in [json!(50), json!(51), json!(0), json!(-1), json!(1.5), json!("10"), json!(null), json!([])] {
        assert_eq!(limited(none.clone(), 50), cut(None), "{none}");
    }
}

#[test]
fn parameters_go_with_what_is_refused() {
    let params = json!({ "value": "99", "reading_id": "r9" }).as_object().unwrap().clone();
    let refused = |status, code: &str| Failure::Refused {
        status,
        code: Some(code.to_owned()),
        params: params.clone(),
        retry_after: None,
    };
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    match judge_request(&refused(403, "SUSPENDED_NO_READINGS"), 2) {
        RequestVerdict::Refused { code, params } => {
            assert_eq!((code.as_str(), &json(&params)["value"]), ("SUSPENDED_NO_READINGS", &json!("99")));
        }
        other => panic!("{other:?}"),
    }
    match judge_request(&refused(409, "PERIOD_CLOSED"), 1) {
        RequestVerdict::OfTheItem(answer) => assert_eq!(answer.params, params),
        other => panic!("{other:?}"),
    }
    for judged in [
        judge_withdrawal(Err(refused(409, "PERIOD_CLOSED")), "r1"),
        judge_letter(Err(refused(409, "PERIOD_CLOSED")), true),
    ] {
        match judged.unwrap() {
            ErrandVerdict::Rejected { code, params } => {
                assert_eq!((code.as_str(), &json(&params)["value"]), ("PERIOD_CLOSED", &json!("99")));
            }
            other => panic!("{other:?}"),
        }
    }
}

fn answer(fields: Value) -> ItemAnswer {
    let mut answer = fields;
    answer["client_item_id"] = json!("i");
    serde_json::from_value(answer).unwrap()
}

fn judged(fields: Value) -> ItemVerdict {
    judge_item(&answer(fields), Volume::from_units(123))
}

#[test]
fn only_an_answer_that_names_the_held_reading_is_a_success() {
    for status in ["received", "processing", "accounted", "superseded", "withdrawn"] {
        assert_eq!(
            judged(json!({ "status": status, "reading_id": "r1" })),
            ItemVerdict::Received,
            "{status}"
        );
        assert_eq!(judged(json!({ "status": status })), ItemVerdict::Unclear, "{status} without an id");
        assert_eq!(judged(json!({ "status": status, "reading_id": "" })), ItemVerdict::Unclear);
    }
    for status in ["ok", "", "RECEIVED", "accepted", "queued"] {
        assert_eq!(judged(json!({ "status": status, "reading_id": "r1" })), ItemVerdict::Unclear, "{status}");
    }
}

#[test]
fn every_code_of_an_item_has_its_line() {
    let refused = |code: &str| judged(json!({ "status": "refused", "code": code }));
    for code in ["NEEDS_CONFIRMATION", "VALUE_LESS_THAN_PREVIOUS"] {
        assert_eq!(refused(code), ItemVerdict::Ask(code.into()));
    }
    for code in [
        "EXCEEDS_HARD_LIMIT",
        "ROLLOVER_NOT_POSSIBLE",
        "REPLACEMENT_DOES_NOT_FIT",
        "TOO_MANY_DIGITS",
        "FRACTION_NOT_ALLOWED",
        "DATE_IN_FUTURE",
        "PERIOD_CLOSED",
        "ALREADY_ACCOUNTED",
        "DUPLICATE_IN_PERIOD",
        "METER_ARCHIVED",
        "METER_VERIFICATION_OVERDUE",
        "NO_SUCH_METER",
        "INVALID_ITEM",
        "NOT_SERVED_BY_PROVIDER",
        "SUSPENDED_NO_READINGS",
        "NO_SUCH_ACCOUNT",
        "IDEMPOTENCY_KEY_REUSED",
        "A_CODE_OF_TOMORROW",
    ] {
        assert_eq!(refused(code), ItemVerdict::Reject(code.into()));
    }
    assert_eq!(refused("METER_VERSION_MISMATCH"), ItemVerdict::Renew);
    for passing in ["INTERNAL", "MAINTENANCE", "RATE_LIMITED", "REQUEST_TIMEOUT", "SESSION_EXPIRED"] {
        assert_eq!(refused(passing), ItemVerdict::Unclear, "{passing} is no word on the item");
    }
    for garbage in ["", "no", "period closed", "<b>"] {
        assert_eq!(refused(garbage), ItemVerdict::Unclear, "{garbage:?}");
    }
    assert_eq!(judged(json!({ "status": "refused" })), ItemVerdict::Unclear);
    assert_eq!(judged(json!({ "status": "declined" })), ItemVerdict::Reject("DECLINED".into()));
    assert_eq!(judged(json!({ "status": "declined", "code": "TYPO" })), ItemVerdict::Reject("TYPO".into()));
}

#[test]
fn a_window_that_is_still_to_open_holds_the_item_until_the_named_instant() {
    let held = |opens_at: Value| {
        judged(json!({ "status": "refused", "code": "PERIOD_NOT_OPEN", "params": { "opens_at": opens_at } }))
    };
    let at = chrono::DateTime::parse_from_rfc3339("2026-12-23T00:00:00+03:00").unwrap().to_utc();
    assert_eq!(held(json!("2026-12-22T21:00:00Z")), ItemVerdict::Hold(Some(at)));
    assert_eq!(held(json!("2026-12-23T00:00:00+03:00")), ItemVerdict::Hold(Some(at)));
    for none in [json!("soon"), json!(1_766_437_200), json!(null)] {
        assert_eq!(held(none), ItemVerdict::Hold(None));
    }
}

#[test]
fn a_month_that_has_our_very_value_already_is_done_and_one_with_another_is_refused() {
    let there =
        |code: &str, params: Value| judged(json!({ "status": "refused", "code": code, "params": params }));
    for code in ["DUPLICATE_IN_PERIOD", "ALREADY_ACCOUNTED"] {
        let named = there(code, json!({ "value": "123.0", "reading_id": "r9" }));
        assert_eq!(named, ItemVerdict::AlreadyThere { reading_id: Some("r9".into()) });
        for id in [json!(null), json!(""), json!(9)] {
            let unnamed = there(code, json!({ "value": "123", "reading_id": id }));
            assert_eq!(unnamed, ItemVerdict::AlreadyThere { reading_id: None });
        }
        for other in [json!("124"), json!("123.0001"), json!(123), json!("-123"), json!(null), json!("one")] {
            assert_eq!(there(code, json!({ "value": other })), ItemVerdict::Reject(code.into()), "{other}");
        }
    }
    let elsewhere = there("PERIOD_CLOSED", json!({ "value": "123" }));
    assert_eq!(elsewhere, ItemVerdict::Reject("PERIOD_CLOSED".into()));
}

#[test]
fn an_item_without_a_verdict_or_with_two_of_them_stays_in_doubt() {
    let answer: BatchAnswer = serde_json::from_value(json!({ "items": [
        { "client_item_id": "twice", "status": "received", "reading_id": "r1" },
        { "client_item_id": "never sent", "status": "received", "reading_id": "r2" },
        { "client_item_id": "twice", "status": "refused", "code": "PERIOD_CLOSED" },
        { "client_item_id": "same", "status": "received", "reading_id": "r3" },
        { "client_item_id": "same", "status": "received", "reading_id": "r3" },
    ]}))
    .unwrap();
    assert_eq!(verdict_on(&answer, "twice"), None);
    assert_eq!(verdict_on(&answer, "absent"), None);
    assert_eq!(verdict_on(&answer, "same").unwrap().reading_id.as_deref(), Some("r3"));
}

#[test]
fn a_withdrawal_counts_when_the_answer_names_the_reading() {
    let done = || -> Withdrawn {
        serde_json::from_value(json!({ "reading_id": "r1", "withdrawn_at": "2026-11-23T09:00:00Z" })).unwrap()
    };
    let at = done().withdrawn_at;
    let received = ErrandVerdict::Received { id: "r1".into(), receipt: None, received_at: at };
    assert_eq!(judge_withdrawal(Ok(done()), "r1"), Ok(received));
    assert_eq!(errand(judge_withdrawal(Ok(done()), "r2")), Errand::Doubt, "a word about another reading");
}

#[test]
fn a_letter_counts_when_the_answer_gives_it_an_id() {
    let held = |id: &str| -> LetterAnswer {
        serde_json::from_value(
            json!({ "letter_id": id, "receipt": "В-7", "received_at": "2026-11-23T09:00:00Z" }),
        )
        .unwrap()
    };
    let at = held("l").received_at;
    let received = ErrandVerdict::Received { id: "l1".into(), receipt: Some("В-7".into()), received_at: at };
    assert_eq!(judge_letter(Ok(held("l1")), true), Ok(received));
    assert_eq!(errand(judge_letter(Ok(held("")), true)), Errand::Doubt);
}

#[test]
fn an_appeal_that_went_without_a_token_is_not_told_to_renew_one() {
    let unwanted = judge_letter(Err(said(401, "SESSION_EXPIRED")), false);
    assert_eq!(errand(unwanted), Errand::Waits(OTHER));
}

#[test]
fn only_the_utilitys_own_401_ends_a_session() {
    assert!(session_is_over(&said(401, "SESSION_EXPIRED")));
    for other in [
        mute(401),
        said(401, "unauthorized"),
        said(400, "NOT_JSON"),
        said(403, "SESSION_EXPIRED"),
        mute(403),
        mute(500),
        Failure::NotTheUtility { status: 401 },
        Failure::Unreachable,
    ] {
        assert!(!session_is_over(&other), "{other:?}");
    }
}

#[test]
fn the_reason_shown_for_a_failure_is_that_of_its_line() {
    for (failure, of_several, ..) in table() {
        let reason = match of_several {
            Several::Waits(reason) => reason,
            Several::Doubt | Several::Cut | Several::Refused => SERVER,
            Several::Token => Reason::SignIn,
        };
        assert_eq!(reason_of(&failure), reason, "{failure:?}");
    }
}
