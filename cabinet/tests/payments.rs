//! Paying at the page that pretends to be the bank.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{ACCOUNT, Answer, Flat, but};
use serde_json::{Value, json};

const PAYMENTS: &str = "/v1/accounts/demo-account/payments";
const NOW: &str = "2026-11-24T12:00:00Z";
/// What the demonstration owes.
const DEBT: i64 = 13_500;

fn wish(key: &str, kopecks: i64) -> Value {
    json!({"idempotency_key": key, "amount_kopecks": kopecks})
}

fn begin(flat: &Flat, wish: &Value) -> Answer {
    flat.post_to(PAYMENTS, wish)
}

/// Begins one that must be begun; tells its page.
fn page(flat: &Flat, wish: &Value) -> String {
    let begun = begin(flat, wish);
    assert_eq!(begun.status, 200, "{:?}", begun.body);
    begun.body["page_url"].as_str().unwrap().to_owned()
}

/// What a browser shows.
fn shown(flat: &Flat, page: &str) -> (u16, String) {
    let mut answer = flat.agent.get(page).call().unwrap();
    (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
}

/// Presses a button, and shows what comes then.
fn press(flat: &Flat, page: &str, outcome: &str) -> (u16, String) {
    let mut answer = flat.agent.post(format!("{page}/{outcome}")).send_empty().unwrap();
    let status = answer.status().as_u16();
    (status, answer.body_mut().read_to_string().unwrap())
}

fn balance(flat: &Flat) -> i64 {
    flat.get("/v1/accounts").body["accounts"][0]["balance"]["kopecks"].as_i64().unwrap()
}

fn newest(flat: &Flat) -> Value {
    flat.get(PAYMENTS).body["payments"][0].clone()
}

#[test]
fn what_is_paid_is_off_the_balance_and_in_the_list() {
    let flat = Flat::at(NOW);
    let page = page(&flat, &but(wish("k", DEBT), json!({"period": "2026-10"})));
    assert_eq!(balance(&flat), DEBT);
    let begun = newest(&flat);
    assert_eq!(
        json!([begun["status"], begun["paid_at"], begun["receipt_number"], begun["account_id"]]),
        json!(["pending", null, null, ACCOUNT])
    );
    flat.set_clock("2026-11-24T12:05:00Z");
    let (status, told) = press(&flat, &page, "paid");
    assert!(status == 200 && told.contains("Оплачено."), "{status} {told}");
    assert_eq!(balance(&flat), 0);
    assert_eq!(
        newest(&flat),
        but(
            begun,
            json!({"status": "paid", "paid_at": "2026-11-24T12:05:00Z", "receipt_number": "00000015"})
        )
    );
}

#[test]
fn the_page_says_that_it_is_no_bank_and_what_is_paid() {
    let flat = Flat::at(NOW);
    let (status, told) = shown(&flat, &page(&flat, &but(wish("k", 13_507), json!({"period": "2026-10"}))));
    assert_eq!(status, 200);
    for said in ["Учебный банк. Это не настоящая оплата", "Лицевой счёт 1204417, за 10.2026", "135,07 ₽"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    assert_eq!(told.matches("<button>").count(), 3);
}

#[test]
fn the_first_word_of_the_bank_counts_and_only_once() {
    let flat = Flat::at(NOW);
    for (number, first) in ["paid", "failed", "cancelled"].iter().enumerate() {
        let page = page(&flat, &wish(first, 100));
        let before = balance(&flat);
        for outcome in [first, "paid", "failed", "cancelled", "pending"] {
            let (status, told) = press(&flat, &page, outcome);
            assert!(status == 200 && !told.contains("<button>"), "{first} {outcome} {told}");
        }
        assert_eq!(newest(&flat)["status"], **first);
        assert_eq!(before - balance(&flat), if *first == "paid" { 100 } else { 0 }, "{first}");
        assert_eq!(flat.get(PAYMENTS).body["payments"].as_array().unwrap().len(), number + 1);
    }
}

#[test]
fn a_button_that_is_pressed_by_many_at_once_takes_the_money_once() {
    let flat = Flat::at(NOW);
    let page = page(&flat, &wish("k", 500));
    std::thread::scope(|scope| (0..12).for_each(|_| drop(scope.spawn(|| press(&flat, &page, "paid")))));
    assert_eq!(balance(&flat), DEBT - 500);
}

#[test]
fn a_wish_that_is_sent_again_begins_one_payment() {
    let flat = Flat::at(NOW);
    let first = begin(&flat, &wish("k", 500));
    flat.running.control().lose_answers(1);
    flat.set_clock("2026-11-24T12:09:00Z");
    let request = flat.agent.post(format!("{}{PAYMENTS}", flat.running.url()));
    let request = request.header("Authorization", format!("Bearer {}", flat.access));
    assert!(request.send_json(wish("k", 500)).is_err(), "the answer is lost");
    assert_eq!(begin(&flat, &wish("k", 500)).body, first.body);
    assert_eq!(begin(&flat, &wish("k", 501)).code(), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(flat.get(PAYMENTS).body["payments"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_not_paid_in_time_is_cancelled_whatever_is_said_then() {
    let flat = Flat::at(NOW);
    let page = page(&flat, &wish("k", 500));
    flat.set_clock("2026-11-24T12:29:59Z");
    let mut flat = flat.sign_in_again();
    assert_eq!(newest(&flat)["status"], "pending");
    flat.set_clock("2026-11-24T12:30:00Z");
    flat.sign_in();
    let (_, told) = press(&flat, &page, "paid");
    assert!(told.contains("Оплата отменена."), "{told}");
    assert_eq!((newest(&flat)["status"].clone(), balance(&flat)), (json!("cancelled"), DEBT));

    begin(&flat, &wish("listed", 500));
    begin(&flat, &wish("kept-house", 500));
    flat.set_clock("2026-11-24T13:00:00Z");
    flat.sign_in();
    flat.running.control().forget_what_is_over().unwrap();
    let statuses = "SELECT count(*) FROM payments WHERE status = 'cancelled'";
    assert_eq!(flat.home.number(statuses), 3);
}

#[test]
fn the_list_calls_nothing_pending_whose_time_is_over() {
    let flat = Flat::at(NOW);
    begin(&flat, &wish("k", 500));
    flat.set_clock("2026-11-24T12:30:00Z");
    let flat = flat.sign_in_again();
    assert_eq!(newest(&flat)["status"], "cancelled");
}

#[test]
fn a_payment_and_the_balance_come_through_the_cursor_together() {
    let flat = Flat::at(NOW);
    let cursor = flat.get("/v1/sync").body["cursor"].as_str().unwrap().to_owned();
    let page = page(&flat, &wish("k", 500));
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body;
    assert_eq!(json!([changes["payments"][0]["status"], changes["accounts"]]), json!(["pending", []]));
    press(&flat, &page, "paid");
    let cursor = changes["cursor"].as_str().unwrap();
    let changes = flat.get(&format!("/v1/sync?cursor={cursor}")).body;
    assert_eq!(changes["payments"][0]["status"], "paid");
    assert_eq!(changes["accounts"][0]["balance"]["kopecks"], DEBT - 500);
}

#[test]
fn what_was_paid_is_not_due_again_after_the_next_month_is_charged() {
    let flat = Flat::at(NOW);
    press(&flat, &page(&flat, &wish("k", DEBT + 500)), "paid");
    assert_eq!(balance(&flat), -500);
    flat.set_clock("2026-11-27T09:00:00Z");
    let flat = flat.sign_in_again();
    flat.running.control().billing_run("2026-11".parse().unwrap()).unwrap();
    let charge = flat.get("/v1/accounts/demo-account/charges").body["charges"][0].clone();
    let total = charge["total_kopecks"].as_i64().unwrap();
    assert_eq!((charge["due_kopecks"].clone(), balance(&flat)), (json!(total - 500), total - 500));
}

#[test]
fn an_amount_or_a_month_that_can_not_be_paid_is_refused_and_begins_nothing() {
    let flat = Flat::at(NOW);
    for change in [
        json!({"amount_kopecks": 0}),
        json!({"amount_kopecks": -1}),
        json!({"amount_kopecks": 100_000_001}),
        json!({"amount_kopecks": 1.5}),
        json!({"amount_kopecks": "100"}),
        json!({"period": "2026-11"}),
        json!({"period": "2026-13"}),
        json!({"idempotency_key": ""}),
    ] {
        let refused = begin(&flat, &but(wish("k", 100), change.clone()));
        assert_eq!((refused.status, refused.code()), (422, "INVALID_ITEM"), "{change}");
    }
    assert_eq!(flat.get(PAYMENTS).body, json!({"payments": []}));
    assert_eq!(begin(&flat, &wish("k", 100)).status, 200, "the key is still free");
}

#[test]
fn nobody_pays_or_sees_for_an_account_of_somebody_else() {
    let flat = Flat::at(NOW);
    common::add_neighbour(&flat);
    let theirs = "/v1/accounts/neighbours/payments";
    assert_eq!(flat.post_to(theirs, &wish("k", 1)).code(), "NO_SUCH_ACCOUNT");
    assert_eq!(flat.get(theirs).code(), "NO_SUCH_ACCOUNT");
    assert_eq!(flat.get("/v1/accounts/neighbours/receipts/2026-10").code(), "NO_SUCH_ACCOUNT");
    assert_eq!(shown(&flat, &format!("{}/bank/none", flat.running.url())).0, 404);
}

#[test]
fn without_payments_in_the_rules_nothing_is_begun_and_there_is_no_pretended_bank() {
    let flat = Flat::with(NOW, |config| config.rules.payments = None);
    assert_eq!((begin(&flat, &wish("k", 1)).status, begin(&flat, &wish("k", 1)).code()), (404, "NOT_FOUND"));
    assert_eq!(flat.get(PAYMENTS).body, json!({"payments": []}));
    assert_eq!(press(&flat, &format!("{}/bank/none", flat.running.url()), "paid").0, 404);
    assert_eq!(balance(&flat), DEBT);
}

#[test]
fn the_page_is_named_as_apps_reach_it() {
    let public = |config: &mut vodomer_cabinet::Config| {
        config.public_url = Some("https://cabinet.example.invalid/water/".to_owned());
    };
    let flat = Flat::with(NOW, public);
    let begun = begin(&flat, &wish("k", 1)).body;
    let id = begun["payment_id"].as_str().unwrap();
    assert_eq!(begun["page_url"], format!("https://cabinet.example.invalid/water/bank/{id}"));
}

#[test]
fn a_receipt_says_whom_to_pay_for_what_how_much_and_until_when() {
    let flat = Flat::at(NOW);
    let charge = flat.get("/v1/accounts/demo-account/charges").body["charges"][0].clone();
    let receipt = flat.get("/v1/accounts/demo-account/receipts/2026-10").body["receipt"].clone();
    assert_eq!(receipt["number"], "1204417-2026-10");
    assert_eq!(
        json!([receipt["address"], receipt["pay_by"]]),
        json!(["ул. Примерная, 12, кв. 34", "2026-11-15"])
    );
    assert_eq!(json!([receipt["payee"]["bic"], receipt["payee"]["sample"]]), json!(["000000000", true]));
    for field in ["lines", "total_kopecks", "due_kopecks", "pay_by"] {
        assert_eq!(receipt[field], charge[field], "{field}");
    }
    assert_eq!(receipt["lines"].as_array().unwrap().len(), 3);
    assert_eq!(flat.get("/v1/accounts/demo-account/receipts/2026-11").body, json!({"receipt": null}));
    assert_eq!(flat.get("/v1/accounts/demo-account/receipts/november").code(), "INVALID_QUERY");
}
