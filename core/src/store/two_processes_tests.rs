//! Two processes on one folder: this test program starts itself again, twice.

use std::path::Path;
use std::process::{Child, Command};

use super::journal::tests::{capture, open};
use super::{PATIENCE, Store, StoreError, all_items, patiently};

const FOLDER: &str = "VODOMER_TEST_FOLDER";
const NAME: &str = "VODOMER_TEST_NAME";

/// How many items each of the two captures.
const ITEMS: usize = 40;

fn start(dir: &Path, name: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::two_processes::one_of_two_processes", "--quiet", "--nocapture"])
        .env(FOLDER, dir)
        .env(NAME, name)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

/// What each process does; nothing when the test program runs as such.
#[test]
fn one_of_two_processes() {
    let (Ok(dir), Ok(name)) = (std::env::var(FOLDER), std::env::var(NAME)) else { return };
    hammer(Path::new(&dir), &name);
}

/// Captures, now and then in a freshly opened store; every error ends the process.
fn hammer(dir: &Path, name: &str) {
    let mut store = open(dir);
    for n in 0..ITEMS {
        let item = format!("{name}{n:03}");
        capture(&store, &item, 1);
        assert!(store.read(|db| super::by_id(db, &item)).unwrap().is_some());
        match n % 7 {
            3 => store = open(dir),
            5 => assert!(
                store
                    .write(|db| super::freeze_and_send(db, &item, Some("{}"), chrono::DateTime::UNIX_EPOCH))
                    .unwrap()
            ),
            6 => store
                .read(|db| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
                .map_or((), drop),
            _ => store.verify().unwrap(),
        }
    }
}

fn ids(store: &Store) -> usize {
    store.read(all_items).unwrap().len()
}

#[test]
fn two_processes_on_a_new_folder_keep_everything_that_each_was_told_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    // Both make the folder, the database and the journal at once.
    let mut both = ["a", "b"].map(|name| start(dir.path(), name));
    assert!(both.iter_mut().all(|process| process.wait().unwrap().success()));
    assert_eq!(ids(&open(dir.path())), 2 * ITEMS);
    assert!(!dir.path().join("vodomer.db.aside-1").exists());
    // The journal has all of it, too.
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.path().join(format!("vodomer.db{suffix}")));
    }
    let open_ones = 2 * (ITEMS / 7 + 1);
    assert_eq!(
        ids(&open(dir.path())),
        open_ones,
        "what is in doubt, and the last of each; the others have ended"
    );
}

#[test]
fn a_file_that_is_damaged_under_two_processes_is_recovered_once_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let ours = open(dir.path());
    capture(&ours, "z", 1);
    let mut both = ["a", "b"].map(|name| start(dir.path(), name));
    // Somebody who knows nothing of seals, in the middle of it.
    std::thread::sleep(std::time::Duration::from_millis(60));
    let db = rusqlite::Connection::open(dir.path().join("vodomer.db")).unwrap();
    db.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    db.create_scalar_function("seal", -1, rusqlite::functions::FunctionFlags::SQLITE_UTF8, |_| Ok(1))
        .unwrap();
    db.execute("UPDATE capture SET value = 9 WHERE item_id = 'z'", []).unwrap();
    drop(db);
    assert!(both.iter_mut().all(|process| process.wait().unwrap().success()));
    assert_eq!(ids(&ours), 2 * ITEMS + 1);
    ours.verify().unwrap();
    let z = ours.read(|db| super::by_id(db, "z")).unwrap().unwrap();
    assert_eq!(z.captured.entered, "1,5");
    assert!(dir.path().join("vodomer.db.aside-1").exists());
    assert!(!dir.path().join("vodomer.db.aside-2").exists());
}

#[test]
fn stores_of_one_process_share_a_folder() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let dir = dir.path();
            scope.spawn(move || hammer(dir, name));
        }
    });
    assert_eq!(ids(&open(dir.path())), 2 * ITEMS);
}

#[test]
fn what_another_process_is_in_the_way_of_is_tried_again_and_nothing_else_is() {
    let tries = |code: i32, until: u32| {
        let (mut tries, begin) = (0, std::time::Instant::now());
        let done = patiently(|| {
            tries += 1;
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            if tries < until { Err(StoreError::Sqlite(error)) } else { Ok(()) }
        });
        (done.is_ok(), tries, begin.elapsed().as_millis())
    };
    let (done, tried, waited) = tries(rusqlite::ffi::SQLITE_BUSY, 3);
    assert_eq!((done, tried), (true, 3));
    assert!(waited >= 50 + 100, "{waited} ms: each time longer");
    assert_eq!(tries(rusqlite::ffi::SQLITE_BUSY, 99).1, PATIENCE + 1, "it comes to an end");
    let (done, tried, _) = tries(rusqlite::ffi::SQLITE_CONSTRAINT, 2);
    assert_eq!((done, tried), (false, 1), "it would fail again");
}
