//! What the storage promises, tried on both databases in the same sentences.

mod postgres;
mod samples;
mod schemas;

use std::sync::Barrier;

use chrono::{TimeZone, Utc};
use tempfile::TempDir;
use vodomer_test_postgres::{Cluster, TestDatabase};

use samples::{at, furnish, letter, month, reading};

use super::{Result, Storage, StorageError, Tx};
use crate::database::Database;
use crate::domain::{Source, Status};
use crate::records::{Kept, Letter, LetterKept, Reading};

/// A storage and what it lies in.
struct Place {
    storage: Storage,
    _folder: Option<TempDir>,
    _database: Option<TestDatabase>,
}

fn on_sqlite() -> Place {
    let folder = TempDir::new().expect("a folder");
    let storage = Storage::open(&folder.path().join("cabinet.db").as_path().into()).expect("opens");
    Place { storage, _folder: Some(folder), _database: None }
}

fn on_postgres() -> Place {
    let database = a_database();
    Place { storage: open(&database), _folder: None, _database: Some(database) }
}

/// With tables and without a row.
fn a_database() -> TestDatabase {
    Cluster::of_this_run().database(|url| {
        let address: Database = url.parse().expect("an address");
        drop(Storage::open(&address).expect("opens"));
    })
}

fn open(database: &TestDatabase) -> Storage {
    let address: Database = database.url.parse().expect("an address");
    Storage::open(&address).expect("opens")
}

macro_rules! on_both {
    ($($sentence:ident)+) => {
        mod sqlite { $(#[test] fn $sentence() { super::$sentence(&super::on_sqlite().storage); })+ }
        mod postgresql { $(#[test] fn $sentence() { super::$sentence(&super::on_postgres().storage); })+ }
    };
}

on_both! {
    a_write_that_fails_leaves_nothing_behind_not_even_a_number
    a_write_that_panics_leaves_nothing_behind_and_the_next_goes_on
    a_reading_comes_back_as_it_was_written
    a_letter_comes_back_with_every_character_that_json_can_bring
    hashes_and_answers_come_back_under_their_keys
    a_meters_month_holds_one_reading_that_stands
    what_is_looked_up_before_a_write_still_holds_in_it
    accounts_come_in_the_order_of_their_numbers_bytes
    changes_come_in_pages_whichever_kind_they_are_of
    a_resident_is_let_see_an_account_once_or_twice
    wrong_passwords_are_counted_on_and_forgotten
}

fn write<T>(storage: &Storage, work: impl FnOnce(&Tx) -> Result<T>) -> T {
    storage.write(work).expect("is written")
}

fn read<T>(storage: &Storage, work: impl FnOnce(&Tx) -> Result<T>) -> T {
    storage.read(work).expect("is read")
}

fn a_write_that_fails_leaves_nothing_behind_not_even_a_number(storage: &Storage) {
    furnish(storage);
    let before = read(storage, |tx| tx.last_change());
    let failed: Result<()> = storage.write(|tx| {
        tx.add_reading(&reading("x"))?;
        Err(StorageError::Unreadable("on purpose".to_owned()))
    });
    assert!(matches!(failed, Err(StorageError::Unreadable(_))));
    assert!(read(storage, |tx| tx.readings("a")).is_empty());
    write(storage, |tx| tx.add_reading(&reading("y")));
    assert_eq!(read(storage, |tx| tx.last_change()), before + 1);
}

fn a_write_that_panics_leaves_nothing_behind_and_the_next_goes_on(storage: &Storage) {
    furnish(storage);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<()> = storage.write(|tx| {
            tx.add_reading(&reading("x"))?;
            panic!("on purpose");
        });
    }));
    assert!(panicked.is_err());
    assert!(read(storage, |tx| tx.readings("a")).is_empty());
    write(storage, |tx| tx.add_reading(&reading("y")));
}

fn a_reading_comes_back_as_it_was_written(storage: &Storage) {
    furnish(storage);
    let bare = Reading {
        replacement: None,
        taken_at: None,
        receipt: None,
        client_item_id: None,
        sent_at: None,
        rollover: true,
        source: Source::Estimated,
        status: Status::Superseded,
        kept: Kept::without_evidence("a".to_owned(), month("2026-11")),
        ..reading("bare")
    };
    let whole = Reading {
        kept: Kept { supersedes: Some("bare".to_owned()), ..reading("whole").kept },
        ..reading("whole")
    };
    for written in [bare, whole] {
        write(storage, |tx| tx.add_reading(&written));
        let found = read(storage, |tx| tx.reading("a", &written.id)).expect("is found");
        assert_eq!(format!("{found:?}"), format!("{written:?}"));
    }
    write(storage, |tx| tx.withdraw_reading("whole", at(9)));
    let withdrawn = read(storage, |tx| tx.reading("a", "whole")).expect("is found");
    assert_eq!((withdrawn.status, withdrawn.kept.withdrawn_at), (Status::Withdrawn, Some(at(9))));
}

fn a_letter_comes_back_with_every_character_that_json_can_bring(storage: &Storage) {
    furnish(storage);
    let texts = ["Почему?", "", "'\"\\%$1?2", "a\0b", "\u{10FFFE}0\u{10FFFF}", "💧\u{FEFF}\r\n\t\u{7F}"];
    for (number, text) in texts.iter().enumerate() {
        let written = letter(&format!("item {number}"), text);
        write(storage, |tx| tx.add_letter(&written));
        let found = read(storage, |tx| tx.letter_of_item(None, &written.client_item_id)).expect("is found");
        assert_eq!(format!("{found:?}"), format!("{written:?}"));
    }
    assert!(read(storage, |tx| tx.letter_of_item(None, "item \0")).is_none());
    assert!(read(storage, |tx| tx.letter_of_item(Some("a"), "item 0")).is_none());
}

fn hashes_and_answers_come_back_under_their_keys(storage: &Storage) {
    let hash: Vec<u8> = (0..=255).collect();
    write(storage, |tx| tx.set_key("a", "k", &hash, None, at(0)));
    assert_eq!(read(storage, |tx| tx.key("a", "k")), Some((hash.clone(), None)));
    write(storage, |tx| tx.set_key("a", "k", &hash, Some("{}"), at(50)));
    assert_eq!(read(storage, |tx| tx.key("a", "k")), Some((hash, Some("{}".to_owned()))));
    assert_eq!(read(storage, |tx| tx.key("", "k")), None);
    assert_eq!(write(storage, |tx| tx.forget_keys(at(0))), 0);
    assert_eq!(write(storage, |tx| tx.forget_keys(at(1))), 1);
}

fn a_meters_month_holds_one_reading_that_stands(storage: &Storage) {
    furnish(storage);
    write(storage, |tx| tx.add_reading(&reading("first")));
    let second = Reading { receipt: None, client_item_id: None, ..reading("second") };
    assert!(storage.write(|tx| tx.add_reading(&second)).is_err());
    write(storage, |tx| tx.set_reading_status("first", Status::Superseded));
    write(storage, |tx| tx.add_reading(&second));
    let standing = read(storage, |tx| tx.reading_of("m", month("2026-11")));
    assert_eq!(standing.map(|reading| reading.id), Some("second".to_owned()));
}

fn what_is_looked_up_before_a_write_still_holds_in_it(storage: &Storage) {
    let together = Barrier::new(4);
    let take = || {
        together.wait();
        for number in 0..20 {
            let item = format!("item {number}");
            write(storage, |tx| {
                if tx.letter_of_item(None, &item)?.is_none() {
                    let receipt = tx.next_receipt()?;
                    tx.add_letter(&Letter { receipt, ..letter(&item, "?") })?;
                }
                Ok(())
            });
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(take))));
    let receipts = read(storage, |tx| tx.all_letters()).into_iter().map(|letter| letter.receipt);
    assert_eq!(receipts.collect::<Vec<_>>(), (1..=20).map(|n| format!("{n:08}")).collect::<Vec<_>>());
}

fn accounts_come_in_the_order_of_their_numbers_bytes(storage: &Storage) {
    for number in ["ё", "я", "a-1", "a1", "B", "10", "9"] {
        write(storage, |tx| tx.add_account(number, number, "", 1, at(0)));
    }
    let numbers =
        read(storage, |tx| tx.uncharged(month("2026-11"), "", 99)).into_iter().map(|account| account.1);
    assert_eq!(numbers.collect::<Vec<_>>(), ["10", "9", "B", "a-1", "a1", "я", "ё"]);
}

fn changes_come_in_pages_whichever_kind_they_are_of(storage: &Storage) {
    furnish(storage);
    for number in 0..4 {
        write(storage, |tx| {
            let id = format!("a{number}");
            tx.add_account(&id, &id, "", 1, at(0))?;
            tx.grant("r", &id)?;
            let own = Reading {
                receipt: None,
                client_item_id: None,
                status: Status::Declined,
                ..reading(&format!("reading {number}"))
            };
            tx.add_reading(&own)
        });
    }
    let (mut cursor, mut pages, mut seen) = (0, 0, 0);
    loop {
        let page = read(storage, |tx| tx.changes("r", cursor, 2));
        cursor = page.upto;
        pages += 1;
        seen += page.books.accounts.len() + page.books.meters.len() + page.readings.len();
        if !page.more {
            break;
        }
    }
    // Of five accounts one shares its place with its meter, as it was granted; four readings.
    assert_eq!((seen, pages), (10, 5));
}

fn a_resident_is_let_see_an_account_once_or_twice(storage: &Storage) {
    furnish(storage);
    write(storage, |tx| tx.grant("r", "a"));
    assert_eq!(read(storage, |tx| tx.books().accounts_of("r")).len(), 1);
    assert!(read(storage, |tx| Ok(tx.may_see("r", "a")? && tx.may_see_meter("r", "m")?)));
    assert!(!read(storage, |tx| tx.may_see("r", "a\0")));
}

fn wrong_passwords_are_counted_on_and_forgotten(storage: &Storage) {
    write(storage, |tx| tx.set_failures(b"login", 1, at(0)));
    write(storage, |tx| tx.set_failures(b"login", 2, at(0)));
    let since = Utc.timestamp_millis_opt(at(0).timestamp_millis()).single();
    assert_eq!(read(storage, |tx| tx.failures(b"login")), since.map(|since| (2, since)));
    assert_eq!(write(storage, |tx| tx.forget_failures(at(1))), 1);
    assert_eq!(read(storage, |tx| tx.failures(b"login")), None);
}
