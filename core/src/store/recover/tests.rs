use std::path::Path;
use std::sync::Arc;

use rusqlite::functions::FunctionFlags;

use super::*;
use crate::domain::Instant;
use crate::store::journal::tests::{capture, open, recovered};
use crate::store::opened::Opened;
use crate::store::{self, RealMedium, Store, StoreError, VisitRow};

pub(super) const DB: &str = "vodomer.db";

fn at(millis: i64) -> Instant {
    chrono::DateTime::from_timestamp_millis(millis).unwrap()
}

/// Two unsent readings, a login with its cursor, a visit and a note.
pub(super) fn lived_in() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    capture(&store, "a", 123);
    capture(&store, "b", 45);
    store
        .write(|db| {
            store::put_login(db, "l", "1204417", true)?;
            store::refreshed(db, "l", "cursor-7", Some(at(5)))?;
            store::set_note(db, "skew", 42)?;
            store::put_visit(db, &visit())
        })
        .unwrap();
    drop(store);
    dir
}

fn visit() -> VisitRow {
    VisitRow {
        id: "v".to_owned(),
        account_id: "a1".to_owned(),
        date: "2026-12-01".parse().unwrap(),
        from: None,
        until: None,
        note: "Поверка".to_owned(),
    }
}

pub(super) fn unsent(store: &Store) -> Vec<String> {
    store
        .read(store::unsent)
        .unwrap()
        .iter()
        .map(|i| format!("{} {}", i.captured.item_id, i.captured.entered))
        .collect()
}

pub(super) fn change(dir: &Path, what: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = std::fs::read(dir.join(DB)).unwrap();
    what(&mut bytes);
    std::fs::write(dir.join(DB), &bytes).unwrap();
    bytes
}

/// Somebody who knows nothing of seals changes a row.
pub(super) fn change_row(dir: &Path, sql: &str) {
    let db = Connection::open(dir.join(DB)).unwrap();
    db.create_scalar_function("seal", -1, FunctionFlags::SQLITE_UTF8, |_| Ok(1)).unwrap();
    assert_eq!(db.execute(sql, []).unwrap(), 1);
}

pub(super) const BOTH: [&str; 2] = ["a 123,5", "b 45,5"];

#[test]
fn a_file_without_its_header_is_set_aside_whole_and_the_readings_are_back() {
    let dir = lived_in();
    let damaged = change(dir.path(), |bytes| bytes[..100].fill(0));
    let store = open(dir.path());
    assert_eq!(unsent(&store), BOTH);
    assert_eq!(recovered(&store), Some(2));
    assert_eq!(std::fs::read(dir.path().join("vodomer.db.aside-1")).unwrap(), damaged);
}

#[test]
fn a_row_that_lies_is_left_out_and_everything_else_comes_over() {
    let dir = lived_in();
    change_row(dir.path(), "UPDATE capture SET value = 9990000 WHERE item_id = 'a'");
    let store = open(dir.path());
    assert_eq!(unsent(&store), BOTH, "from the journal");
    let login = store.read(|db| store::login(db, "1204417")).unwrap().unwrap();
    assert_eq!((login.id.as_str(), login.remember), ("l", true));
    assert_eq!(login.cursor, None, "so that the next refresh brings everything");
    assert_eq!(login.refreshed_at, None, "and until then no screen says as of when it is");
    assert_eq!(store.read(|db| store::visits(db, "2026-01-01".parse().unwrap())).unwrap(), [visit()]);
    assert_eq!(store.read(|db| store::note(db, "skew")).unwrap(), Some(42));
    drop(store);
    assert_eq!(unsent(&open(dir.path())), BOTH);
    assert!(!dir.path().join("vodomer.db.aside-2").exists(), "what was recovered is sound");
}

#[test]
fn what_was_typed_in_without_a_login_comes_over_whether_anything_was_taken_of_it_or_not() {
    let dir = lived_in();
    let store = open(dir.path());
    let meter = store::MeterRow {
        id: "own-m".to_owned(),
        account_id: "own".to_owned(),
        serial: "417283".to_owned(),
        resource: crate::domain::Resource::ColdWater,
        place: "кухня".to_owned(),
        dial: crate::domain::Dial::new(4, 2).unwrap(),
        version: 0,
        verify_by: Some("2029-01-01".parse().unwrap()),
        archived: false,
        zone: None,
        limit: None,
        replaces: None,
    };
    store
        .write(|db| {
            store::put_own_account(db, "own", "77", "Дача", at(7))?;
            store::put_own_meter(db, &meter)
        })
        .unwrap();
    drop(store);
    change_row(dir.path(), "UPDATE capture SET value = 9990000 WHERE item_id = 'a'");
    let store = open(dir.path());
    assert!(recovered(&store).is_some());
    assert_eq!(store.read(|db| store::meter(db, "own-m")).unwrap(), Some(meter));
    let account = store.read(|db| store::account(db, "own")).unwrap().unwrap();
    assert_eq!((account.number.as_str(), account.address.as_str()), ("77", "Дача"));
}

#[test]
fn a_row_of_the_utility_that_lies_takes_its_table_with_it() {
    let dir = lived_in();
    let store = open(dir.path());
    let account = store::AccountRow {
        id: "a1".to_owned(),
        login_id: Some("l".to_owned()),
        number: "1204417".to_owned(),
        address: String::new(),
        balance_kopecks: 100,
        balance_period: None,
        balance_as_of: at(1),
        residents: None,
    };
    store.write(|db| store::put_account(db, &account)).unwrap();
    store
        .write(|db| store::put_account(db, &store::AccountRow { id: "a2".to_owned(), ..account.clone() }))
        .unwrap();
    drop(store);
    change_row(dir.path(), "UPDATE account SET balance_kopecks = 900 WHERE id = 'a2'");
    let store = open(dir.path());
    assert_eq!(store.read(store::accounts).unwrap(), [], "half of the accounts would be a wrong list");
    assert_eq!(store.read(store::logins).unwrap()[0].refreshed_at, None);
    assert_eq!(unsent(&store), BOTH);
}

#[test]
fn a_row_that_opening_does_not_look_at_is_recovered_when_it_is_read() {
    let dir = lived_in();
    let store = open(dir.path());
    store
        .write(|db| db.execute("INSERT INTO charge VALUES ('a1', '2026-10', 5, 5, NULL, '[]', NULL)", []))
        .unwrap();
    drop(store);
    change_row(dir.path(), "UPDATE charge SET total_kopecks = 9");
    let store = open(dir.path());
    assert!(!dir.path().join("vodomer.db.aside-1").exists());
    assert_eq!(store.read(|db| store::charges(db, "a1")).unwrap(), []);
    assert!(dir.path().join("vodomer.db.aside-1").exists());
}

#[test]
fn a_sound_table_of_the_utility_comes_over() {
    let dir = lived_in();
    let store = open(dir.path());
    store
        .write(|db| {
            db.execute("INSERT INTO account VALUES ('a1', 'l', '1204417', '', 100, NULL, 1, NULL, NULL)", [])
        })
        .unwrap();
    drop(store);
    page_that_hangs_nowhere(dir.path());
    let store = open(dir.path());
    assert_eq!(store.read(store::accounts).unwrap().len(), 1);
    assert_eq!(store.read(store::logins).unwrap()[0].refreshed_at, Some(at(5)));
}

#[test]
fn damage_under_an_open_store_is_recovered_in_place_by_a_read() {
    let dir = lived_in();
    let store = open(dir.path());
    change_row(dir.path(), "UPDATE capture SET value = 9990000 WHERE item_id = 'a'");
    assert_eq!(unsent(&store), BOTH);
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    capture(&store, "c", 7);
    drop(store);
    assert_eq!(unsent(&open(dir.path())), ["a 123,5", "b 45,5", "c 7,5"]);
}

#[test]
fn damage_under_an_open_store_is_recovered_in_place_by_a_write() {
    let dir = lived_in();
    let store = open(dir.path());
    change_row(dir.path(), "UPDATE outbox SET idempotency_key = 'other' WHERE item_id = 'a'");
    let seen = store.write(|db| {
        let item = store::by_id(db, "a")?.map(|item| item.idempotency_key);
        store::add(db, &store::journal::tests::reading("c", 7))?;
        Ok(item)
    });
    assert_eq!(seen.unwrap().as_deref(), Some("key-a"));
    assert_eq!(unsent(&store), ["a 123,5", "b 45,5", "c 7,5"]);
}

#[test]
fn what_must_be_written_once_is_not_written_into_a_recovered_file() {
    let dir = lived_in();
    let store = open(dir.path());
    let once = |store: &Store| {
        store.write_once(|db| {
            store::set_note(db, "page", 1)?;
            store::by_id(db, "a").map(drop)
        })
    };
    change_row(dir.path(), "UPDATE capture SET value = 9990000 WHERE item_id = 'a'");
    assert_eq!(once(&store).unwrap(), None);
    assert_eq!(store.read(|db| store::note(db, "page")).unwrap(), None);
    assert_eq!(once(&store).unwrap(), Some(()));
}

#[test]
fn an_error_that_is_no_damage_recovers_nothing() {
    let dir = lived_in();
    let store = open(dir.path());
    assert!(store.read(|db| db.execute("INSERT INTO nowhere VALUES (1)", [])).is_err());
    assert!(
        store.write(|db| store::add(db, &store::journal::tests::reading("a", 1))).is_err(),
        "it is there already"
    );
    assert_eq!(unsent(&store), BOTH);
    assert!(!dir.path().join("vodomer.db.aside-1").exists());
}

#[test]
fn a_look_at_the_whole_file_finds_what_nobody_has_read() {
    let dir = lived_in();
    let store = open(dir.path());
    store.verify().unwrap();
    assert!(!dir.path().join("vodomer.db.aside-1").exists());
    change_row(dir.path(), "UPDATE visit SET note = '' WHERE id = 'v'");
    store.verify().unwrap();
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    assert_eq!(unsent(&store), BOTH);
}

#[test]
fn a_file_that_another_process_has_replaced_is_noticed() {
    let dir = lived_in();
    let ours = open(dir.path());
    assert_eq!(unsent(&ours), BOTH);
    change_row(dir.path(), "UPDATE visit SET note = '' WHERE id = 'v'");
    let theirs = open(dir.path());
    capture(&theirs, "c", 7);
    capture(&ours, "d", 8);
    let all = ["a 123,5", "b 45,5", "c 7,5", "d 8,5"];
    assert_eq!(
        (unsent(&ours), unsent(&theirs)),
        (all.map(str::to_owned).into(), all.map(str::to_owned).into())
    );
    // Whoever closes first must not take the other's log along.
    drop(ours);
    capture(&theirs, "e", 9);
    drop(theirs);
    assert_eq!(unsent(&open(dir.path())).len(), 5);
}

#[test]
fn a_file_that_is_gone_is_noticed_and_what_is_unsent_comes_back() {
    let dir = lived_in();
    let store = open(dir.path());
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.path().join(format!("{DB}{suffix}")));
    }
    assert_eq!(unsent(&store), BOTH);
    assert!(dir.path().join(DB).exists(), "nothing more goes into a file without a name");
    capture(&store, "c", 7);
    drop(store);
    assert_eq!(unsent(&open(dir.path())).len(), 3);
}

#[test]
fn a_store_that_never_noticed_the_exchange_takes_nothing_along_when_it_closes() {
    let dir = lived_in();
    let ours = open(dir.path());
    change_row(dir.path(), "UPDATE visit SET note = '' WHERE id = 'v'");
    let theirs = open(dir.path());
    capture(&theirs, "c", 7);
    drop(ours);
    assert!(dir.path().join("vodomer.db-wal").exists());
    capture(&theirs, "d", 8);
    drop(theirs);
    assert_eq!(unsent(&open(dir.path())).len(), 4);
}

#[test]
fn a_foreign_database_in_the_place_of_ours_is_set_aside_if_our_journal_lies_there() {
    let dir = lived_in();
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.path().join(format!("{DB}{suffix}")));
    }
    let foreign = Connection::open(dir.path().join(DB)).unwrap();
    foreign.execute_batch("CREATE TABLE capture (title TEXT); INSERT INTO capture VALUES ('song')").unwrap();
    drop(foreign);
    let bytes = std::fs::read(dir.path().join(DB)).unwrap();
    assert_eq!(unsent(&open(dir.path())), BOTH);
    assert_eq!(std::fs::read(dir.path().join("vodomer.db.aside-1")).unwrap(), bytes);
}

#[test]
fn a_foreign_file_without_our_journal_is_refused_and_left_alone() {
    for foreign in ["CREATE TABLE capture (title TEXT); INSERT INTO capture VALUES ('song')", ""] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(DB);
        Connection::open(&path).unwrap().execute_batch(foreign).unwrap();
        if foreign.is_empty() {
            std::fs::write(&path, "Показания за ноябрь: 123").unwrap();
        }
        let bytes = std::fs::read(&path).unwrap();
        let refused = Store::open(dir.path(), Arc::new(RealMedium));
        assert!(matches!(refused, Err(StoreError::NotOurs)), "{:?}", refused.err());
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_folder_in_the_place_of_our_file_is_set_aside_if_our_journal_lies_there() {
    let dir = lived_in();
    std::fs::remove_file(dir.path().join(DB)).unwrap();
    std::fs::create_dir(dir.path().join(DB)).unwrap();
    assert_eq!(unsent(&open(dir.path())), BOTH);
    assert!(dir.path().join("vodomer.db.aside-1").is_dir());
}

#[test]
fn a_flipped_bit_of_the_schemas_number_is_damage_and_no_newer_version() {
    let dir = lived_in();
    let number = |number: i64| {
        let db = Connection::open(dir.path().join(DB)).unwrap();
        db.pragma_update(None, "user_version", number).unwrap();
    };
    number(schema::newest() ^ 64);
    let store = open(dir.path());
    assert_eq!(unsent(&store), BOTH);
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    drop(store);
    // What looks like such a bit, and has another schema.
    number(schema::newest() ^ 64);
    Connection::open(dir.path().join(DB)).unwrap().execute_batch("CREATE TABLE tomorrow (x)").unwrap();
    let refused = Store::open(dir.path(), Arc::new(RealMedium));
    assert!(matches!(refused, Err(StoreError::Newer { .. })), "{:?}", refused.err());
}

#[test]
fn damage_that_the_first_look_has_missed_is_recovered_before_anything_is_shown() {
    let dir = lived_in();
    change_row(dir.path(), "UPDATE capture SET value = 9990000 WHERE item_id = 'a'");
    let folder = Folder::new(dir.path(), Arc::new(RealMedium));
    drop(Opened::open(&folder, |_| Ok(())).unwrap());
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    assert_eq!(unsent(&open(dir.path())), BOTH);
}

#[test]
fn a_disk_too_full_for_what_the_journal_lends_back_is_no_damage() {
    let (dir, other) = (lived_in(), tempfile::tempdir().unwrap());
    let store = open(other.path());
    (0..60).for_each(|n| capture(&store, &format!("{}{n:02}", ["x", "y", "z"][n % 3]), 7));
    for n in 57..60 {
        store
            .write(|db| {
                store::freeze_and_send(
                    db,
                    &format!("{}{n:02}", ["x", "y", "z"][n % 3]),
                    Some(&"x".repeat(9_000)),
                    at(5),
                )
            })
            .unwrap();
    }
    drop(store);
    std::fs::copy(other.path().join("vodomer.journal"), dir.path().join("vodomer.journal")).unwrap();
    let folder = Folder::new(dir.path(), Arc::new(RealMedium));
    let opened = Opened::open(&folder, |db| {
        let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
        Ok(db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    });
    assert!(matches!(opened, Err(StoreError::Full)));
    assert!(!dir.path().join("vodomer.db.aside-1").exists());
    drop(opened);
    assert_eq!(unsent(&open(dir.path())).len(), 2 + 3, "as soon as there is room");
}

#[test]
fn a_damaged_file_of_an_older_schema_keeps_what_the_resident_did() {
    let dir = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/001.db");
    std::fs::copy(fixture, dir.path().join(DB)).unwrap();
    let before = open_copy(dir.path());
    page_that_hangs_nowhere(dir.path());
    let store = open(dir.path());
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    assert_eq!(unsent(&store), before);
    assert!(!before.is_empty());
    assert_eq!(store.read(store::accounts).unwrap(), [], "nothing told a right row from a wrong one then");
}

#[test]
fn a_place_in_the_queue_whose_reading_is_gone_takes_nothing_else_with_it() {
    let dir = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/001.db");
    std::fs::copy(fixture, dir.path().join(DB)).unwrap();
    let mut expected = open_copy(dir.path());
    let gone = expected.remove(0);
    let db = Connection::open(dir.path().join(DB)).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let id = gone.split(' ').next().unwrap();
    assert_eq!(db.execute("DELETE FROM capture WHERE item_id = ?1", [id]).unwrap(), 1);
    drop(db);
    page_that_hangs_nowhere(dir.path());
    assert_eq!(unsent(&open(dir.path())), expected);
}

#[test]
fn a_flipped_letter_of_a_columns_name_moves_nothing_elsewhere() {
    let dir = lived_in();
    std::fs::remove_file(dir.path().join("vodomer.journal")).unwrap();
    let db = Connection::open(dir.path().join(DB)).unwrap();
    db.execute_batch(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, ' entered ', ' entdred ') WHERE name = 'capture';",
    )
    .unwrap();
    drop(db);
    assert_eq!(unsent(&open(dir.path())), BOTH);
    assert!(dir.path().join("vodomer.db.aside-1").exists());
}

#[test]
fn a_disk_too_full_for_what_can_be_had_of_a_damaged_file_is_told() {
    let dir = lived_in();
    let store = open(dir.path());
    store.write(|db| store::freeze_and_send(db, "a", Some(&"x".repeat(10_000)), at(5))).unwrap();
    drop(store);
    let old = salvage::connect(&Folder::new(dir.path(), Arc::new(RealMedium))).unwrap();
    let mut new = Connection::open_in_memory().unwrap();
    seal::lend(&new).unwrap();
    schema::upgrade(&mut new).unwrap();
    let pages: i64 = new.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    new.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    let copied = salvage::copy(&old, &new).unwrap_err();
    assert_eq!(copied.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull));
}

/// Nothing of ours is on it, and yet the file is not as it should be.
fn page_that_hangs_nowhere(dir: &Path) {
    change(dir, |bytes| {
        let more = bytes.len() + 4096;
        bytes.resize(more, 7);
        let pages = u32::try_from(more / 4096).unwrap();
        bytes[28..32].copy_from_slice(&pages.to_be_bytes());
    });
}

/// What a file holds, looked at in a copy.
fn open_copy(dir: &Path) -> Vec<String> {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(dir.join(DB), copy.path().join(DB)).unwrap();
    unsent(&open(copy.path()))
}

#[test]
fn nothing_of_a_rebuild_that_was_cut_short_outlives_a_scrub() {
    let dir = lived_in();
    let store = open(dir.path());
    for name in [NEW, "vodomer.db.new-journal"] {
        std::fs::write(dir.path().join(name), "123,5").unwrap();
    }
    store.scrub(false).unwrap();
    assert!(!dir.path().join(NEW).exists() && !dir.path().join("vodomer.db.new-journal").exists());
}
