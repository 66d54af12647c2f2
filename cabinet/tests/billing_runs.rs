//! A billing run among everything else: cut, begun twice, and while residents send.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on must stop")]

mod common;

use common::{Flat, but, cold, instant};
use serde_json::json;
use vodomer_cabinet::{BillingError, BillingRun};

const NOVEMBER: &str = "2026-11";

/// So many flats more, `flat-1` and on, each with a meter that has no history, so that it goes by the norm: 60 roubles
/// for one head, 4 m³ of cold water and of sewage.
fn add_flats(flat: &Flat, count: u32) {
    flat.home.change(&format!(
        "WITH RECURSIVE flat (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM flat WHERE n < {count})
         INSERT INTO accounts SELECT 'flat-' || n, 'n' || (1000 + n), '', 1, 0, NULL, 0, 1 FROM flat;
         INSERT INTO meters (id, account_id, serial, resource, place, whole_digits, fraction_digits, version,
             archived, seq)
         SELECT 'meter of ' || id, id, '1', 'cold_water', '', 5, 3, 1, 0, 1 FROM accounts WHERE id LIKE 'flat-%'"
    ));
}

fn run(flat: &Flat, period: &str) -> Result<BillingRun, BillingError> {
    flat.running.control().billing_run(period.parse().unwrap())
}

/// How many charges November has, and what they come to.
fn charged(flat: &Flat) -> (i64, i64) {
    let of_november = |what: &str| {
        let sql = format!("SELECT CAST(coalesce({what}, 0) AS BIGINT) FROM charges WHERE period = '2026-11'");
        flat.home.number(&sql)
    };
    (of_november("count(*)"), of_november("sum(total_kopecks)"))
}

#[test]
fn a_run_that_was_cut_goes_on_where_it_stopped_and_charges_nothing_twice() {
    let flat = Flat::new();
    add_flats(&flat, 4);
    flat.set_clock("2026-11-27T09:00:00Z");
    flat.home.change("UPDATE accounts SET balance_period = 'damaged' WHERE id = 'flat-3'");
    assert!(matches!(run(&flat, NOVEMBER), Err(BillingError::Broken(_))));
    let (count, total) = charged(&flat);
    assert_eq!(count, 3, "the demonstration's flat and the first two");
    assert_eq!(flat.home.number("SELECT count(*) FROM billing_runs WHERE period = '2026-11'"), 0);

    flat.home.change("UPDATE accounts SET balance_period = NULL WHERE id = 'flat-3'");
    let done = run(&flat, NOVEMBER).unwrap();
    assert_eq!((done.accounts, done.total_kopecks), (5, total + 2 * 6000));
    assert_eq!(charged(&flat), (done.accounts, done.total_kopecks));
    assert_eq!(run(&flat, NOVEMBER).unwrap(), done);
    assert_eq!(charged(&flat), (5, done.total_kopecks));
    let owed = "SELECT CAST(sum(balance_kopecks) AS BIGINT) FROM accounts WHERE id LIKE 'flat-%'";
    assert_eq!(flat.home.number(owed), 4 * 6000);
}

#[test]
fn an_account_that_a_cut_run_has_charged_takes_no_more_readings_for_the_month_and_the_others_do() {
    let flat = Flat::new();
    add_flats(&flat, 1);
    flat.home.change(
        "INSERT INTO resident_accounts VALUES ('demo-resident', 'flat-1');
         UPDATE accounts SET balance_period = 'damaged' WHERE id = 'flat-1'",
    );
    let received = flat.received(&cold("before", "122"));
    flat.set_clock("2026-11-27T09:00:00Z");
    assert!(run(&flat, NOVEMBER).is_err());
    flat.home.change("UPDATE accounts SET balance_period = NULL WHERE id = 'flat-1'");
    let flat = flat.sign_in_again();
    let hot = but(cold("charged", "85"), json!({"meter_id": common::HOT}));
    assert_eq!(flat.refusal(&hot).0, "PERIOD_CLOSED");
    assert_eq!(flat.withdraw(&received, "w").code(), "ALREADY_ACCOUNTED");
    let item = but(cold("not-yet", "5"), json!({"meter_id": "meter of flat-1"}));
    let answer = flat.post_to("/v1/accounts/flat-1/readings", &json!({ "items": [item] }));
    assert_eq!(answer.item()["status"], "received", "{:?}", answer.body);
    assert_eq!(run(&flat, NOVEMBER).unwrap().accounts, 2);
    assert_eq!(flat.stored("meter of flat-1", NOVEMBER)[0].2, "accounted");
}

#[test]
fn another_month_waits_until_a_cut_run_is_finished() {
    let flat = Flat::new();
    add_flats(&flat, 1);
    flat.home.change("UPDATE accounts SET balance_period = 'damaged' WHERE id = 'flat-1'");
    flat.set_clock("2026-12-27T09:00:00Z");
    assert!(run(&flat, NOVEMBER).is_err());
    let refused = run(&flat, "2026-12");
    assert!(matches!(refused, Err(BillingError::Unfinished(period)) if period.to_string() == NOVEMBER));
    flat.home.change("UPDATE accounts SET balance_period = NULL WHERE id = 'flat-1'");
    run(&flat, NOVEMBER).unwrap();
    assert_eq!(run(&flat, "2026-12").unwrap().accounts, 2);
}

#[test]
fn two_runs_of_a_month_at_once_charge_it_once() {
    let flat = Flat::new();
    add_flats(&flat, 30);
    flat.set_clock("2026-11-27T09:00:00Z");
    let runs = std::thread::scope(|scope| {
        [scope.spawn(|| run(&flat, NOVEMBER)), scope.spawn(|| run(&flat, NOVEMBER))]
            .map(|run| run.join().unwrap().unwrap())
    });
    assert_eq!(runs[0], runs[1]);
    assert_eq!(charged(&flat), (31, runs[0].total_kopecks));
}

#[test]
fn residents_readings_are_taken_while_a_month_is_charged() {
    let flat = Flat::at("2026-11-25T20:59:00Z");
    add_flats(&flat, 300);
    // December's window, and the run of November.
    flat.running.control().set_clock(instant("2026-12-24T12:00:00Z"));
    let flat = flat.sign_in_again();
    let taken_meanwhile = std::thread::scope(|scope| {
        let billing = scope.spawn(|| run(&flat, NOVEMBER).unwrap());
        let mut taken = 0;
        for number in 0..1000 {
            let december = json!({"period": "2026-12", "taken_at": "2026-12-24T11:00:00Z"});
            let item = but(cold(&format!("{number}"), "140"), december);
            assert_eq!(flat.post(&item).status, 200);
            if billing.is_finished() {
                break;
            }
            taken += 1;
        }
        assert_eq!(billing.join().unwrap().accounts, 301);
        taken
    });
    assert!(taken_meanwhile > 0);
}
