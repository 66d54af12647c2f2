//! What a capture costs, counted at the door of the disk: one transaction, one sync.
//!
//! A shim over SQLite's file methods counts what goes through it, in this test program only.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod common;

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use common::world::World;
use rusqlite::ffi::{
    self, SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find,
    sqlite3_vfs_register,
};
use vodomer_core::app::{App, CaptureOutcome, CaptureRequest};

static SYNCS: AtomicUsize = AtomicUsize::new(0);
static WRITES: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);
static COMMITS: AtomicUsize = AtomicUsize::new(0);
static REAL_VFS: AtomicPtr<sqlite3_vfs> = AtomicPtr::new(std::ptr::null_mut());
static REAL_METHODS: AtomicPtr<sqlite3_io_methods> = AtomicPtr::new(std::ptr::null_mut());
/// SQLite's tables of file methods (one for the database, one for its log), each with its counting copy.
static TABLES: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// A frame of the write-ahead log begins with 24 bytes, whose second word is not zero in the frame of a commit.
const FRAME_HEADER: c_int = 24;

fn real() -> &'static sqlite3_io_methods {
    // Set by the first opening, from a table that SQLite never frees.
    unsafe { &*REAL_METHODS.load(Ordering::SeqCst) }
}

unsafe extern "C" fn counted_write(
    file: *mut sqlite3_file,
    data: *const c_void,
    length: c_int,
    offset: sqlite3_int64,
) -> c_int {
    WRITES.fetch_add(1, Ordering::SeqCst);
    BYTES.fetch_add(usize::try_from(length).unwrap(), Ordering::SeqCst);
    let commit = length == FRAME_HEADER
        && unsafe { std::slice::from_raw_parts(data.cast::<u8>().add(4), 4) } != [0; 4];
    COMMITS.fetch_add(usize::from(commit), Ordering::SeqCst);
    unsafe { real().xWrite.unwrap()(file, data, length, offset) }
}

unsafe extern "C" fn counted_sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    SYNCS.fetch_add(1, Ordering::SeqCst);
    unsafe { real().xSync.unwrap()(file, flags) }
}

/// The counting copy of a table; all tables write and sync by the same functions.
unsafe fn counting_copy(table: *const sqlite3_io_methods) -> *const sqlite3_io_methods {
    let mut tables = TABLES.lock().unwrap();
    if let Some((_, counting)) = tables.iter().find(|(real, _)| *real == table.addr()) {
        return std::ptr::with_exposed_provenance(*counting);
    }
    let mut counting = unsafe { *table };
    if REAL_METHODS.load(Ordering::SeqCst).is_null() {
        REAL_METHODS.store(table.cast_mut(), Ordering::SeqCst);
    }
    let same = |a: Option<usize>, b: Option<usize>| assert_eq!(a, b, "one way to write and sync");
    same(counting.xWrite.map(|f| f as usize), real().xWrite.map(|f| f as usize));
    same(counting.xSync.map(|f| f as usize), real().xSync.map(|f| f as usize));
    counting.xWrite = Some(counted_write);
    counting.xSync = Some(counted_sync);
    let counting = Box::into_raw(Box::new(counting));
    tables.push((table.addr(), counting.expose_provenance()));
    counting
}

unsafe extern "C" fn counting_open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    unsafe {
        let vfs = REAL_VFS.load(Ordering::SeqCst);
        let opened = (*vfs).xOpen.unwrap()(vfs, name, file, flags, out_flags);
        if opened == SQLITE_OK && !(*file).pMethods.is_null() {
            (*file).pMethods = counting_copy((*file).pMethods);
        }
        opened
    }
}

/// Makes every later opening in this process count.
fn count_everything() {
    unsafe {
        ffi::sqlite3_initialize();
        let real = sqlite3_vfs_find(std::ptr::null());
        assert!(CStr::from_ptr((*real).zName).to_bytes().starts_with(b"unix"));
        REAL_VFS.store(real, Ordering::SeqCst);
        let mut counting = *real;
        counting.zName = c"counting".as_ptr();
        counting.xOpen = Some(counting_open);
        counting.pNext = std::ptr::null_mut();
        assert_eq!(sqlite3_vfs_register(Box::into_raw(Box::new(counting)), 1), SQLITE_OK);
    }
}

/// Syncs, commits, writes and bytes of one capture.
fn cost_of_a_capture(app: &App, typed: &str) -> [usize; 4] {
    let counters = [&SYNCS, &COMMITS, &WRITES, &BYTES];
    for counter in counters {
        counter.store(0, Ordering::SeqCst);
    }
    let request = CaptureRequest {
        meter_id: "demo-cold".to_owned(),
        typed: typed.to_owned(),
        ..CaptureRequest::default()
    };
    assert!(matches!(app.capture(&request).unwrap(), CaptureOutcome::Saved { .. }));
    counters.map(|counter| counter.load(Ordering::SeqCst))
}

#[test]
fn one_capture_is_one_transaction_with_one_sync() {
    count_everything();
    let world = World::new();
    world.set_clock("2026-11-23T12:00:00+03:00");
    let app = world.open();
    app.login(&world.credentials()).unwrap();
    let [syncs, commits, writes, bytes] = cost_of_a_capture(&app, "123");
    eprintln!("a capture: {syncs} sync, {commits} commit, {writes} writes, {bytes} bytes");
    assert_eq!((syncs, commits), (1, 1));
    // 8 pages, each a frame header and a frame.
    assert!(writes <= 16 && bytes <= 8 * (4096 + 24), "{writes} writes, {bytes} bytes");
    let [syncs, commits, ..] = cost_of_a_capture(&app, "124");
    assert_eq!((syncs, commits), (1, 1), "a correction costs no more");
}
