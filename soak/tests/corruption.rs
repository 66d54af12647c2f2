//! Whatever becomes of a phone's files, nothing that is shown is wrong, and everything unsent is back.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it is not as told")]

use std::path::Path;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use vodomer_soak::corrupt::{Phone, Report, double, folder, judge, show, single};

fn sound(report: &Report, at_least: usize) {
    println!(
        "checked {} ways to damage the files: {} set aside, {} with something absent until the next refresh",
        report.cases, report.set_aside, report.absent
    );
    let failures = report.failures.join("\n");
    assert!(
        report.failures.is_empty(),
        "{} failures\n{}",
        report.failures.len(),
        &failures[..failures.len().min(6_000)]
    );
    assert!(report.cases >= at_least, "{} cases", report.cases);
}

/// What is shown after something was done to the files.
fn after(phone: &Phone, damage: impl FnOnce(&Path)) -> Vec<String> {
    let dir = folder();
    phone.copy_to(dir.path());
    damage(dir.path());
    judge(phone, &show(dir.path()).unwrap(), false)
}

#[test]
fn a_sound_phone_shows_what_it_showed() {
    let phone = Phone::lived_in(2);
    assert_eq!(after(&phone, |_| ()), [""; 0]);
    assert!(phone.sound.complete && phone.sound.facts.len() > 300, "{} facts", phone.sound.facts.len());
    assert_ne!(phone.sound.facts, phone.before.facts);
}

#[test]
fn any_damage_of_any_sector_shows_nothing_wrong_and_loses_nothing_unsent() {
    sound(&single(&Phone::lived_in(2), 17), 200);
}

#[test]
fn a_database_and_a_journal_hit_at_once_show_nothing_wrong() {
    sound(&double(&Phone::lived_in(2), 30, 7), 30);
}

#[test]
fn a_foreign_an_empty_or_a_missing_file_loses_nothing_unsent() {
    let phone = Phone::lived_in(2);
    let without_companions = |dir: &Path| {
        for suffix in ["", "-wal", "-shm"] {
            std::fs::remove_file(dir.join(format!("vodomer.db{suffix}"))).unwrap();
        }
    };
    assert_eq!(after(&phone, without_companions), [""; 0], "missing");
    let empty = |dir: &Path| std::fs::write(dir.join("vodomer.db"), b"").unwrap();
    assert_eq!(after(&phone, empty), [""; 0], "empty");
    let foreign = |dir: &Path| {
        without_companions(dir);
        let db = Connection::open(dir.join("vodomer.db")).unwrap();
        db.execute_batch("CREATE TABLE outbox (item_id TEXT); INSERT INTO outbox VALUES ('song')").unwrap();
    };
    assert_eq!(after(&phone, foreign), [""; 0], "somebody else's");
    let text = |dir: &Path| std::fs::write(dir.join("vodomer.db"), "Показания за ноябрь").unwrap();
    assert_eq!(after(&phone, text), [""; 0], "no database at all");
    let folder = |dir: &Path| {
        without_companions(dir);
        std::fs::create_dir(dir.join("vodomer.db")).unwrap();
    };
    assert_eq!(after(&phone, folder), [""; 0], "a folder");
    let no_journal = |dir: &Path| std::fs::remove_file(dir.join("vodomer.journal")).unwrap();
    assert_eq!(after(&phone, no_journal), [""; 0], "no journal, and a sound database");
}

#[test]
fn without_seals_a_flipped_bit_would_show() {
    let phone = Phone::lived_in(2);
    let changes =
        ["UPDATE reading SET value = value + 1", "UPDATE account SET balance_kopecks = balance_kopecks + 1"];
    for change in changes {
        let by = |seal: fn(&[ValueRef<'_>]) -> i64| {
            after(&phone, |dir| {
                let db = Connection::open(dir.join("vodomer.db")).unwrap();
                db.create_scalar_function("seal", -1, FunctionFlags::SQLITE_UTF8, move |all| {
                    Ok(seal(&(0..all.len()).map(|n| all.get_raw(n)).collect::<Vec<_>>()))
                })
                .unwrap();
                assert!(db.execute(change, []).unwrap() > 0);
            })
        };
        assert_eq!(by(|_| 7), [""; 0], "a change that does not fit its seal is not shown");
        let shown = by(true_seal);
        assert!(!shown.is_empty() && shown[0].contains("is shown as"), "one that fits is: {shown:?}");
    }
}

/// The seal by its definition: type, length and bytes of every column, hashed.
fn true_seal(row: &[ValueRef<'_>]) -> i64 {
    let mut bytes = vec![];
    for value in row {
        match value {
            ValueRef::Null => bytes.push(b'n'),
            ValueRef::Integer(number) => bytes.extend([&b"i"[..], &number.to_le_bytes()].concat()),
            ValueRef::Text(text) => {
                bytes.extend([&b"t"[..], &(text.len() as u64).to_le_bytes(), text].concat())
            }
            ValueRef::Real(_) | ValueRef::Blob(_) => panic!("no such column"),
        }
    }
    i64::from_le_bytes(Sha256::digest(bytes)[..8].try_into().unwrap())
}

#[test]
fn without_the_journal_a_damaged_file_would_lose_what_is_unsent() {
    let phone = Phone::lived_in(2);
    let lost = after(&phone, |dir| {
        std::fs::remove_file(dir.join("vodomer.journal")).unwrap();
        for part in ["vodomer.db", "vodomer.db-wal"] {
            let mut bytes = std::fs::read(dir.join(part)).unwrap();
            // All but the header, which says whose it is.
            bytes[100..].fill(0x5A);
            std::fs::write(dir.join(part), bytes).unwrap();
        }
    });
    assert_eq!(lost.iter().filter(|what| what.contains("is lost")).count(), phone.unsent.len(), "{lost:?}");
}
