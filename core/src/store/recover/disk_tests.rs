//! Disks that are full, take nothing, tell nothing, or die.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::tests::{BOTH, DB, change, lived_in, unsent};
use crate::store::journal::tests::{capture, open, recovered};
use crate::store::{self, Medium, RealMedium, Store, StoreError};

/// A disk with something wrong.
struct BadDisk {
    /// It does so many things and then no more: the phone dies there.
    left: AtomicUsize,
    /// It does not tell which file is which.
    nameless: AtomicBool,
    /// SQLite's way to it.
    vfs: Option<&'static str>,
}

impl BadDisk {
    fn after(steps: usize) -> Arc<Self> {
        Arc::new(Self { left: AtomicUsize::new(steps), nameless: AtomicBool::new(false), vfs: None })
    }

    fn step(&self) -> io::Result<()> {
        let lives = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        lives.map(drop).map_err(|_| io::Error::other("the phone is dead"))
    }
}

impl Medium for BadDisk {
    fn vfs(&self) -> Option<&'static str> {
        self.vfs
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        RealMedium.create_dir(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        RealMedium.read(path)
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        RealMedium.append(path, bytes)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if let Err(dead) = self.step() {
            RealMedium.write(path, &bytes[..bytes.len() / 2])?;
            return Err(dead);
        }
        RealMedium.write(path, bytes)
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealMedium.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        RealMedium.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        RealMedium.remove(path)
    }
    fn exists(&self, path: &Path) -> bool {
        RealMedium.exists(path)
    }
    fn identity(&self, path: &Path) -> io::Result<u64> {
        if self.nameless.load(Ordering::SeqCst) {
            return Err(io::Error::other("it will not say"));
        }
        RealMedium.identity(path)
    }
}

#[test]
fn a_file_that_the_disk_tells_nothing_of_stays_open() {
    let dir = lived_in();
    let medium = BadDisk::after(usize::MAX);
    let store = Store::open(dir.path(), medium.clone()).unwrap();
    let pages = |sql: &str| store.read(|db| db.query_row(sql, [], |row| row.get::<_, i64>(0))).unwrap();
    // What only this connection knows.
    assert_eq!(pages("PRAGMA max_page_count = 12345"), 12_345);
    medium.nameless.store(true, Ordering::SeqCst);
    assert_eq!(pages("PRAGMA max_page_count"), 12_345);
}

#[test]
fn a_file_that_says_it_is_ours_is_recovered_without_a_journal_on_every_disk() {
    for medium in [Arc::new(RealMedium) as Arc<dyn Medium>, BadDisk::after(usize::MAX)] {
        let dir = lived_in();
        std::fs::remove_file(dir.path().join("vodomer.journal")).unwrap();
        change(dir.path(), |bytes| bytes[40..60].fill(7));
        drop(Store::open(dir.path(), medium).unwrap());
        assert!(dir.path().join("vodomer.db.aside-1").exists());
    }
}

#[test]
fn a_folder_is_made_where_there_is_none_and_what_can_not_be_done_in_it_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let deep = dir.path().join("files/db");
    capture(&open(&deep), "a", 1);
    assert_eq!(open(&deep).read(store::unsent).unwrap().len(), 1);
    let gone = deep.join("gone");
    assert!(RealMedium.sync(&gone).is_err() && RealMedium.rename(&gone, &deep.join("new")).is_err());
    assert!(RealMedium.remove(&gone).is_ok(), "what is not there need not be removed");
    assert!(RealMedium.remove(&deep).is_err(), "what can't be removed is still there");
}

#[test]
fn where_not_even_the_index_of_the_log_can_be_made_the_file_is_read_if_it_says_everything() {
    // A way to the file that knows no shared memory.
    let medium = || -> Arc<dyn Medium> {
        Arc::new(BadDisk {
            left: AtomicUsize::new(usize::MAX),
            nameless: AtomicBool::new(false),
            vfs: Some("unix-none"),
        })
    };
    for log in [None, Some("")] {
        let dir = lived_in();
        if let Some(log) = log {
            std::fs::write(dir.path().join(format!("{DB}-wal")), log).unwrap();
        }
        let store = Store::open(dir.path(), medium()).unwrap();
        assert_eq!(unsent(&store), BOTH);
        let refused = store.write(|db| store::set_note(db, "skew", 1));
        assert!(matches!(refused, Err(StoreError::NotWritable)), "{refused:?}");
    }
    let dir = lived_in();
    let store = open(dir.path());
    capture(&store, "c", 7);
    let refused = Store::open(dir.path(), medium());
    assert!(matches!(refused, Err(StoreError::NotWritable)), "without its log the file lacks a reading");
}

#[test]
fn a_disk_that_takes_nothing_still_shows_what_it_has_and_claims_to_save_nothing() {
    let dir = lived_in();
    // SQLite needs a file of that name to write.
    let in_the_way = dir.path().join("vodomer.db-shm");
    std::fs::create_dir(&in_the_way).unwrap();
    let store = open(dir.path());
    assert_eq!(unsent(&store), BOTH);
    let refused = store.write(|db| store::add(db, &store::journal::tests::reading("c", 7)));
    assert!(matches!(refused, Err(StoreError::NotWritable)), "{refused:?}");
    assert_eq!(unsent(&store), BOTH);
    std::fs::remove_dir(&in_the_way).unwrap();
    capture(&store, "c", 7);
    drop(store);
    assert_eq!(unsent(&open(dir.path())).len(), 3, "as soon as it can be, it is saved");
}

#[test]
fn a_full_disk_is_said_to_be_full_and_nothing_is_half_saved() {
    let dir = lived_in();
    let store = open(dir.path());
    let pages: i64 = store.read(|db| db.pragma_query_value(None, "page_count", |row| row.get(0))).unwrap();
    let limit = |pages: i64| {
        store.read(|db| db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))).unwrap();
    };
    limit(pages);
    let mut saved = vec![];
    let full = (0..200).find_map(|n| {
        let item = format!("{}{n:03}", ['c', 'd', 'e'][n % 3]);
        match store.write(|db| store::add(db, &store::journal::tests::reading(&item, 7))) {
            Ok(()) => {
                saved.push(item);
                None
            }
            Err(error) => Some(error),
        }
    });
    assert!(matches!(full, Some(StoreError::Full)), "{full:?}");
    let kept = store.read(store::all_items).unwrap();
    assert_eq!(kept.len(), 2 + saved.len(), "what was refused is not there");
    limit(1_000_000);
    capture(&store, "f", 7);
    drop(store);
    assert_eq!(open(dir.path()).read(store::all_items).unwrap().len(), 3 + saved.len());
}

#[test]
fn a_recovery_that_dies_at_any_step_starts_over_or_goes_on() {
    let mut deaths = 0;
    for steps in 0.. {
        let dir = lived_in();
        // An unchecked log lies beside it, which has to go aside together with its file.
        std::fs::write(dir.path().join("vodomer.db-wal"), b"no log").unwrap();
        let damaged = change(dir.path(), |bytes| bytes[40..4000].fill(7));
        let died = Store::open(dir.path(), BadDisk::after(steps)).is_err();
        deaths += usize::from(died);
        // The next start dies as well, one step further on; then the phone lives.
        drop(Store::open(dir.path(), BadDisk::after(steps + 1)));
        let store = open(dir.path());
        assert_eq!(unsent(&store), BOTH, "after {steps} steps");
        assert_eq!(recovered(&store), Some(2), "after {steps} steps");
        assert_eq!(std::fs::read(dir.path().join("vodomer.db.aside-1")).unwrap(), damaged);
        assert_eq!(std::fs::read(dir.path().join("vodomer.db.aside-1-wal")).unwrap(), b"no log");
        assert!(!dir.path().join("vodomer.db.aside-2").exists(), "after {steps} steps");
        drop(store);
        let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert!(
            !left
                .iter()
                .any(|n| n.to_string_lossy().contains(".new") || n.to_string_lossy().contains("ready"))
        );
        if !died {
            break;
        }
    }
    assert!(deaths >= 8, "{deaths} steps to die at");
}
