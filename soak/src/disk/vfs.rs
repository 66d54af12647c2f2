//! SQLite's door to the files: the VFS, as its C interface wants it.
#![allow(unsafe_code, reason = "SQLite calls a VFS through C pointers")]

mod file;

use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Once;

use fastrand::Rng;
use rusqlite::ffi;

use super::fault::Failure;
use super::{TIME, held, registry};
use file::{SimFile, open_file};

/// The name to open a connection with.
pub const VFS_NAME: &str = "simdisk";

const NAME: &CStr = c"simdisk";
const LONGEST_PATH: c_int = 512;
/// The disk's time in milliseconds of SQLite's Julian calendar.
const NOW: i64 = 210_866_760_000_000 + TIME;

thread_local! {
    static RANDOM: RefCell<Rng> = const { RefCell::new(Rng::with_seed(1)) };
}

/// Makes the VFS known to SQLite, once a process.
pub(super) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Counting every allocation under one lock would make all threads wait for each other. Where SQLite runs
        // already, it says no, and that is all.
        // SAFETY: the option takes one C int.
        unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0 as c_int) };
        let vfs = ffi::sqlite3_vfs {
            iVersion: 2,
            szOsFile: c_int::try_from(size_of::<SimFile>()).unwrap_or(c_int::MAX),
            mxPathname: LONGEST_PATH,
            pNext: std::ptr::null_mut(),
            zName: NAME.as_ptr(),
            pAppData: std::ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_pathname),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(current_time),
            xGetLastError: Some(last_error),
            xCurrentTimeInt64: Some(current_time_millis),
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        };
        // SAFETY: the structure lives for ever, and its callbacks are of the right types.
        unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0) };
    });
}

/// SQLite's code of a failure; the generic one where the operation has none of its own.
fn code(failure: Failure, of_operation: c_int) -> c_int {
    match failure {
        Failure::Io | Failure::Missing => of_operation,
        Failure::Full => ffi::SQLITE_FULL,
    }
}

/// # Safety
/// The name is null or a C string, as SQLite gives it.
unsafe fn text<'a>(name: *const c_char) -> Option<&'a str> {
    // SAFETY: as the caller promises.
    (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) }.to_str().ok()).flatten()
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives a name, or none for a temporary file, and room for `szOsFile` bytes.
    unsafe { open_file(text(name), file.cast(), flags, out_flags) }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: SQLite gives a name.
    let Some((disk, name)) = unsafe { text(name) }.and_then(registry::resolve) else {
        return ffi::SQLITE_IOERR_DELETE;
    };
    match held(&disk).delete(&name, sync_folder != 0) {
        Ok(()) => ffi::SQLITE_OK,
        Err(Failure::Missing) => ffi::SQLITE_IOERR_DELETE_NOENT,
        Err(failure) => code(failure, ffi::SQLITE_IOERR_DELETE),
    }
}

unsafe extern "C" fn access(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    found: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives a name.
    let Some((disk, name)) = unsafe { text(name) }.and_then(registry::resolve) else {
        return ffi::SQLITE_IOERR_ACCESS;
    };
    let mut state = held(&disk);
    let there = state.exists(&name).map(|there| {
        // As the unix VFS has it: an empty file does not exist.
        there && (flags != ffi::SQLITE_ACCESS_EXISTS || !state.is_empty(&name))
    });
    match there {
        Ok(there) => {
            // SAFETY: SQLite gives a place for the answer.
            unsafe { *found = c_int::from(there) };
            ffi::SQLITE_OK
        }
        Err(failure) => code(failure, ffi::SQLITE_IOERR_ACCESS),
    }
}

unsafe extern "C" fn full_pathname(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite gives a name.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if usize::try_from(room).is_ok_and(|room| bytes.len() > room) {
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: there is room for as many bytes, as was just looked.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr().cast(), out, bytes.len()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, length: c_int, out: *mut c_char) -> c_int {
    // SAFETY: SQLite gives room for as many bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(out.cast(), usize::try_from(length).unwrap_or(0)) };
    RANDOM.with_borrow_mut(|random| random.fill(bytes));
    length
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    microseconds
}

unsafe extern "C" fn current_time(_: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *out = NOW as f64 / 86_400_000.0 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn current_time_millis(_: *mut ffi::sqlite3_vfs, out: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *out = NOW };
    ffi::SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut ffi::sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    0
}

/// For the callbacks that SQLite hands untyped memory.
type Untyped = *mut c_void;
