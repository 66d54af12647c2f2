use std::time::Instant as Moment;

use super::*;
use crate::domain::{Dial, Period, Resource, Volume};
use crate::store::journal::tests::{capture, open};
use crate::store::{self, AccountRow, ChargeRow, MeterRow, ReadingRow, Store};

/// Eight meters read for ten years, a charge a month, and a hundred captures: what a phone has after long use.
fn fill(store: &Store) {
    let day = chrono::DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
    let months: Vec<Period> =
        std::iter::successors(Some("2016-12".parse().unwrap()), |p: &Period| Some(p.next()))
            .take(120)
            .collect();
    store
        .write(|db| {
            store::put_login(db, "l", "1204417", true)?;
            store::put_account(
                db,
                &AccountRow {
                    id: "a1".to_owned(),
                    login_id: Some("l".to_owned()),
                    number: "1204417".to_owned(),
                    address: "ул. Примерная, 12".to_owned(),
                    balance_kopecks: 0,
                    balance_period: None,
                    balance_as_of: day,
                    residents: Some(3),
                },
            )?;
            for meter in 0..8_i64 {
                let id = format!("meter-{meter}");
                store::put_meter(
                    db,
                    &MeterRow {
                        id: id.clone(),
                        account_id: "a1".to_owned(),
                        serial: format!("0455{meter}"),
                        resource: Resource::ColdWater,
                        place: "кухня".to_owned(),
                        dial: Dial::new(5, 3).unwrap(),
                        version: 1,
                        verify_by: None,
                        archived: false,
                        zone: None,
                        limit: None,
                        replaces: None,
                    },
                )?;
                for (n, period) in (0_i64..).zip(&months) {
                    store::put_reading(
                        db,
                        &ReadingRow {
                            id: uuid::Builder::from_bytes([u8::try_from(n % 251).unwrap(); 16])
                                .into_uuid()
                                .to_string()
                                + &n.to_string()
                                + &id,
                            meter_id: id.clone(),
                            period: *period,
                            value: Volume::from_units(n * 5),
                            taken_at: Some(day),
                            received_at: day,
                            sent_at: None,
                            source: "app".to_owned(),
                            status: "accounted".to_owned(),
                            receipt: Some(format!("{n:08}")),
                            item_id: Some(format!("item-{meter}-{n}")),
                            rollover: false,
                            replacement: None,
                        },
                    )?;
                }
            }
            for period in &months {
                let line = r#"{"kind":"cold_water","tariff_kopecks":5342,"volume":"4","amount_kopecks":21368,"reading_id":"0198c0de-0000-7000-8000-000000000000"}"#;
                store::put_charge(
                    db,
                    &ChargeRow {
                        account_id: "a1".to_owned(),
                        period: *period,
                        total_kopecks: 1,
                        due_kopecks: 1,
                        pay_by: None,
                        lines: format!("[{}]", [line; 9].join(",")),
                    },
                )?;
            }
            Ok(())
        })
        .unwrap();
    for n in 0..100 {
        capture(store, &format!("{}{n:03}", char::from(b'a' + u8::try_from(n % 8).unwrap())), i64::from(n));
    }
}

fn micros<T>(of: impl Fn() -> T) -> u128 {
    let mut times: Vec<u128> = (0..60)
        .map(|_| {
            let start = Moment::now();
            of();
            start.elapsed().as_micros()
        })
        .collect();
    times.sort_unstable();
    times[0]
}

#[test]
fn an_opening_looks_at_the_whole_file_and_says_what_that_costs() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    fill(&store);
    drop(store);
    let size = std::fs::metadata(dir.path().join("vodomer.db")).unwrap().len();
    let store = open(dir.path());
    let db = |of: &dyn Fn(&Connection)| {
        micros(|| {
            store
                .read(|db| {
                    of(db);
                    Ok(())
                })
                .unwrap();
        })
    };
    let whole = db(&|db| super::whole(db).unwrap());
    let first = db(&|db| at_opening(db).unwrap());
    let pages = db(&|db| assert!(pages_are_sound(db, None).unwrap()));
    let quick = db(&|db| db.query_row("PRAGMA quick_check", [], |_| Ok(())).unwrap());
    let seals = db(&|db| {
        for table in seal::tables(db).unwrap() {
            assert_eq!(seal::count_broken(db, &table).unwrap(), 0, "{table}");
        }
    });
    let print = db(&|db| assert!(kept_fingerprint(db).unwrap().is_some()));
    let opening = micros(|| open(dir.path()));
    eprintln!(
        "{size} bytes: all {whole} µs, at opening {first} µs (pages {pages} µs, quick_check {quick} µs, seals {seals} µs, note {print} µs); \
         a second opening {opening} µs"
    );
    drop(store);
    let opening = micros(|| open(dir.path()));
    eprintln!("the only opening and closing {opening} µs");
}

#[test]
fn a_schema_that_this_code_did_not_make_is_damage() {
    for change in ["DROP TRIGGER capture_sealed_new", "CREATE INDEX faster ON outbox (state)"] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        capture(&store, "a", 1);
        store.verify().unwrap();
        drop(store);
        let db = Connection::open(dir.path().join("vodomer.db")).unwrap();
        db.execute_batch(change).unwrap();
        drop(db);
        assert_eq!(open(dir.path()).read(store::unsent).unwrap().len(), 1);
        assert!(dir.path().join("vodomer.db.aside-1").exists(), "{change}");
    }
}

#[test]
fn a_page_that_the_disk_would_not_give_is_no_damage_and_a_file_that_ends_too_soon_is() {
    use rusqlite::ffi::{SQLITE_CORRUPT, SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ};
    let met = |code: i32| {
        failure_of_the_disk(&format!(
            "Tree 5 page 7: unable to get the page. error code={code}\nTree 6 page 8"
        ))
    };
    assert_eq!(met(SQLITE_IOERR_READ), Some(SQLITE_IOERR_READ));
    assert_eq!([met(SQLITE_IOERR_SHORT_READ), met(SQLITE_CORRUPT)], [None, None]);
    assert_eq!(["ok", "Tree 5 page 7: never used"].map(failure_of_the_disk), [None, None]);
}
