//! Files that released versions have written are upgraded, and nothing captured is lost on the way.
//!
//! `schemas/NNN.db` is a real file of schema NNN with items in every state; each new migration adds one.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use vodomer_core::app::{App, OpenOptions};
use vodomer_core::env::Env;
use vodomer_core::env::fake::{FakeClock, FakeSecrets};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

fn open(dir: &Path) -> App {
    let options = OpenOptions {
        dir: dir.to_str().unwrap().to_owned(),
        profile_json: None,
        app_version: "test".to_owned(),
    };
    // The moment at which the newest of the fixtures was made: what waits for its window is told by the time.
    let clock = FakeClock::default();
    clock.set(chrono::DateTime::from_timestamp_millis(1_795_424_400_000).unwrap());
    let env = Env::new(Arc::new(clock), Arc::new(FakeSecrets::default()), String::new());
    App::open(&options, env).unwrap()
}

/// Every row of every table, by the columns that a file of before has.
fn kept(file: &Path, columns_of: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let read_only = |path| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let (db, old) = (read_only(file), read_only(columns_of));
    let names = |sql: &str| -> Vec<String> {
        let mut statement = old.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let mut tables = names("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    tables.retain(|table| !table.starts_with("sqlite_"));
    let rows = |table: &str| -> Vec<Vec<Value>> {
        // A seal is over the whole row, new columns included: that each fits is seen when the file is opened.
        let columns = names(&format!(
            "SELECT name FROM pragma_table_info('{table}') WHERE name <> 'seal' ORDER BY cid"
        ));
        // The one note that is about the file itself.
        let all = if table == "note" { "WHERE name <> 'schema'" } else { "" };
        let sql = format!("SELECT {} FROM {table} {all} ORDER BY 1, 2", columns.join(", "));
        let mut statement = db.prepare(&sql).unwrap();
        let rows = statement.query_map([], |row| (0..columns.len()).map(|i| row.get(i)).collect()).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    tables.iter().map(|table| (table.clone(), rows(table))).collect()
}

/// Readings that were corrected before they left, or taken back.
fn given_up(file: &Path) -> usize {
    let db = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql =
        "SELECT count(*) FROM outbox WHERE meter_id IS NOT NULL AND state IN ('superseded', 'withdrawn')";
    db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
}

/// The file alone, as it lies on the disk once its log is emptied.
fn settled(dir: &Path) -> Vec<u8> {
    assert!(!dir.join("vodomer.db-wal").exists(), "the log was emptied at closing");
    std::fs::read(dir.join("vodomer.db")).unwrap()
}

#[test]
fn a_file_of_every_released_schema_is_upgraded_without_losing_a_row_or_a_column() {
    let versions: Vec<_> = fixtures().iter().map(|f| f.file_name().unwrap().to_owned()).collect();
    assert!(versions.len() >= 3, "one of each released schema");
    for fixture in fixtures() {
        let name = fixture.display();
        let dir = tempfile::tempdir().unwrap();
        let (file, old) = (dir.path().join("vodomer.db"), dir.path().join("old.db"));
        std::fs::copy(&fixture, &file).unwrap();
        // SQLite puts companions beside whatever it reads, so that the fixture itself is never opened.
        std::fs::copy(&fixture, &old).unwrap();
        let before = kept(&old, &old);
        let captures =
            before.iter().find(|(table, _)| table == "capture").map(|(_, rows)| rows.len()).unwrap();
        assert!(captures >= 4, "{name}: captures are there to be lost");

        let app = open(dir.path());
        let (listed, proofs) = shown(&app);
        drop(app);

        let once = settled(dir.path());
        let looked_at = dir.path().join("copy.db");
        std::fs::copy(&file, &looked_at).unwrap();
        assert_eq!(kept(&looked_at, &old), before, "{name}");
        assert_eq!(listed.len(), captures - given_up(&old), "{name}: all are shown that were not given up");
        // Once upgraded, it is opened like any other: sealed, and changed by nothing.
        let app = open(dir.path());
        assert_eq!(shown(&app), (listed, proofs), "{name}: the same is shown again");
        assert_eq!(app.recovered().unwrap(), None, "{name}: every seal fits");
        drop(app);
        assert_eq!(settled(dir.path()), once, "{name}: upgraded twice is upgraded once");
    }
}

#[test]
fn what_was_unsent_in_an_old_file_is_in_the_journal_after_the_upgrade() {
    for fixture in fixtures() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("vodomer.db");
        std::fs::copy(&fixture, &file).unwrap();
        let before = shown(&open(dir.path()));
        std::fs::remove_file(&file).unwrap();
        let app = open(dir.path());
        let (_, proofs) = shown(&app);
        assert!(app.recovered().unwrap().unwrap().readings > 0);
        let open_before: Vec<_> = before.1.into_iter().filter(|p| !p.contains("Accounted,")).collect();
        assert_eq!(proofs, open_before, "{}", fixture.display());
    }
}

/// The queue, and the proof of every item in it.
fn shown(app: &App) -> (Vec<String>, Vec<String>) {
    let listed = app.outbox().unwrap();
    let mut proofs: Vec<String> =
        listed.iter().map(|entry| format!("{:?}", app.proof(&entry.item_id).unwrap())).collect();
    proofs.sort();
    (listed.iter().map(|entry| format!("{entry:?}")).collect(), proofs)
}
