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
    let env = Env::new(Arc::new(FakeClock::default()), Arc::new(FakeSecrets::default()), String::new());
    App::open(&options, env).unwrap()
}

/// Every row of what the resident did, by the columns that the fixture has.
fn kept(file: &Path, columns_of: &Path) -> Vec<(String, Vec<Vec<Value>>)> {
    let read_only = |path| Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let (db, old) = (read_only(file), read_only(columns_of));
    ["capture", "outbox", "reminder", "login"]
        .map(|table| {
            let columns: Vec<String> = old
                .prepare(&format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"))
                .unwrap()
                .query_map([], |row| row.get(0))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let sql = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(", "));
            let mut statement = db.prepare(&sql).unwrap();
            let rows = statement
                .query_map([], |row| (0..columns.len()).map(|i| row.get(i)).collect())
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            (table.to_owned(), rows)
        })
        .into()
}

#[test]
fn a_file_of_every_released_schema_is_upgraded_without_losing_what_the_resident_did() {
    assert!(!fixtures().is_empty());
    for fixture in fixtures() {
        let dir = tempfile::tempdir().unwrap();
        let (file, old) = (dir.path().join("vodomer.db"), dir.path().join("old.db"));
        std::fs::copy(&fixture, &file).unwrap();
        // SQLite puts companions beside whatever it reads, so that the fixture itself is never opened.
        std::fs::copy(&fixture, &old).unwrap();
        let before = kept(&old, &old);
        assert!(before[0].1.len() >= 4, "{}: captures are there to be lost", fixture.display());

        let app = open(dir.path());
        let listed = app.outbox().unwrap();
        drop(app);

        assert_eq!(kept(&file, &old), before, "{}", fixture.display());
        assert_eq!(listed.len(), 3, "{}: all but the superseded one are shown", fixture.display());
    }
}
