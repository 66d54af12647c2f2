//! An open file of SQLite's: reading, writing, locks, and the shared memory of the log.

use std::ffi::{c_int, c_void};
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::ffi;

use super::super::change::FileId;
use super::super::fault::Failure;
use super::super::files::State;
use super::super::locks::{HandleId, Level};
use super::super::shared_memory::SharedMemory;
use super::super::{held, registry};
use super::code;

/// What SQLite keeps of an open file; the methods come first, as it wants it.
#[repr(C)]
pub(super) struct SimFile {
    base: ffi::sqlite3_file,
    handle: *mut Handle,
}

struct Handle {
    disk: Arc<Mutex<State>>,
    name: Option<String>,
    file: FileId,
    id: HandleId,
    generation: u64,
    delete_on_close: bool,
    /// The unix VFS syncs the folder with the first sync of a journal or log that it may have made.
    folder_waits: bool,
    memory: Option<Arc<SharedMemory>>,
}

const SECTOR_SIZE: c_int = 4096;
/// What the unix VFS says of ext4 and f2fs as SQLite is built here.
const CHARACTERISTICS: c_int = ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE | ffi::SQLITE_IOCAP_SUBPAGE_READ;

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// # Safety
/// `file` has room for a [`SimFile`]; `out_flags` is null or a place for flags.
pub(super) unsafe fn open_file(
    path: Option<&str>,
    file: *mut SimFile,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: as the caller promises. Without methods, SQLite does not close what was not opened.
    unsafe { (*file).base.pMethods = std::ptr::null() };
    // A temporary file lies on a disk of its own.
    let (disk, name) = match path.map(registry::resolve) {
        None => (Arc::default(), None),
        Some(Some((disk, name))) => (disk, Some(name)),
        Some(None) => return ffi::SQLITE_CANTOPEN,
    };
    let mut state = held(&disk);
    let opened = match &name {
        None => Ok(state.nameless()),
        Some(name) => state.open(name, flags & ffi::SQLITE_OPEN_CREATE != 0),
    };
    let (id, generation) = (state.next_handle(), state.generation);
    drop(state);
    let opened = match opened {
        Ok(opened) => opened,
        Err(failure) => return code(failure, ffi::SQLITE_CANTOPEN),
    };
    let delete_on_close = flags & ffi::SQLITE_OPEN_DELETEONCLOSE != 0;
    let journal =
        flags & (ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL) != 0;
    let folder_waits = journal && flags & ffi::SQLITE_OPEN_CREATE != 0;
    let handle =
        Handle { disk, name, file: opened, id, generation, delete_on_close, folder_waits, memory: None };
    // SAFETY: as the caller promises.
    unsafe {
        (*file).handle = Box::into_raw(Box::new(handle));
        (*file).base.pMethods = &METHODS;
        if !out_flags.is_null() {
            *out_flags = flags;
        }
    }
    ffi::SQLITE_OK
}

impl Handle {
    /// The disk, unless the file was opened before the power went.
    fn live(&self) -> Option<MutexGuard<'_, State>> {
        let state = held(&self.disk);
        (state.generation == self.generation).then_some(state)
    }

    fn ask(&self, of_operation: c_int, work: impl FnOnce(&mut State) -> Result<(), Failure>) -> c_int {
        let Some(mut state) = self.live() else {
            return of_operation;
        };
        match work(&mut state) {
            Ok(()) => ffi::SQLITE_OK,
            Err(failure) => code(failure, of_operation),
        }
    }
}

/// # Safety
/// `file` was opened by [`open_file`] and is not closed yet.
unsafe fn handle<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Handle {
    // SAFETY: `open_file` put a handle there, which only `close` takes away; SQLite uses a file on one thread at a time.
    unsafe { &mut *(*file.cast::<SimFile>()).handle }
}

fn at(offset: ffi::sqlite3_int64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn level(number: c_int) -> Level {
    match number {
        ffi::SQLITE_LOCK_NONE => Level::None,
        ffi::SQLITE_LOCK_SHARED => Level::Shared,
        ffi::SQLITE_LOCK_RESERVED => Level::Reserved,
        ffi::SQLITE_LOCK_PENDING => Level::Pending,
        _ => Level::Exclusive,
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file that is open, and does not use it again.
    let handle = unsafe { Box::from_raw((*file.cast::<SimFile>()).handle) };
    if let Some(mut state) = handle.live() {
        state.locks.unlock(handle.file, handle.id, Level::None);
        state.locks.leave(handle.file, handle.id);
        if let (true, Some(name)) = (handle.delete_on_close, &handle.name) {
            // SQLite asks for no answer here.
            let _gone = state.delete(name, false);
        }
        state.close(handle.file);
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    buffer: *mut c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite gives an open file and room for as many bytes.
    let (handle, buffer) = unsafe {
        (
            handle(file),
            std::slice::from_raw_parts_mut(buffer.cast::<u8>(), usize::try_from(length).unwrap_or(0)),
        )
    };
    let mut got = 0;
    let answer = handle.ask(ffi::SQLITE_IOERR_READ, |state| {
        got = state.read(handle.file, at(offset), buffer)?;
        Ok(())
    });
    if answer == ffi::SQLITE_OK && got < buffer.len() {
        buffer[got..].fill(0);
        return ffi::SQLITE_IOERR_SHORT_READ;
    }
    answer
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite gives an open file and as many bytes.
    let (handle, bytes) = unsafe {
        (handle(file), std::slice::from_raw_parts(bytes.cast::<u8>(), usize::try_from(length).unwrap_or(0)))
    };
    handle.ask(ffi::SQLITE_IOERR_WRITE, |state| state.write(handle.file, at(offset), bytes))
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    handle.ask(ffi::SQLITE_IOERR_TRUNCATE, |state| state.truncate(handle.file, at(length)))
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    let folder_of = handle.name.as_deref().filter(|_| handle.folder_waits);
    let answer = handle.ask(ffi::SQLITE_IOERR_FSYNC, |state| state.sync(handle.file, folder_of));
    handle.folder_waits &= answer != ffi::SQLITE_OK;
    answer
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    handle.ask(ffi::SQLITE_IOERR_FSTAT, |state| {
        let size = state.size(handle.file)?;
        // SAFETY: SQLite gives a place for the answer.
        unsafe { *out = i64::try_from(size).unwrap_or(i64::MAX) };
        Ok(())
    })
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    match handle.live().map(|mut state| state.locks.lock(handle.file, handle.id, level(wanted))) {
        Some(Ok(())) => ffi::SQLITE_OK,
        Some(Err(_)) => ffi::SQLITE_BUSY,
        None => ffi::SQLITE_IOERR_LOCK,
    }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, down_to: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    if let Some(mut state) = handle.live() {
        state.locks.unlock(handle.file, handle.id, level(down_to));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    let Some(state) = handle.live() else {
        return ffi::SQLITE_IOERR_CHECKRESERVEDLOCK;
    };
    let most = state.locks.others(handle.file, handle.id).max(state.locks.level(handle.file, handle.id));
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *out = c_int::from(most >= Level::Reserved) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    operation: c_int,
    out: super::Untyped,
) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    let out = out.cast::<c_int>();
    match operation {
        // The unix VFS takes these two as hints, and does nothing without a chunk size.
        ffi::SQLITE_FCNTL_SIZE_HINT | ffi::SQLITE_FCNTL_CHUNK_SIZE => ffi::SQLITE_OK,
        ffi::SQLITE_FCNTL_HAS_MOVED => {
            let state = held(&handle.disk);
            let moved = handle.name.as_ref().is_some_and(|name| !state.is_named(handle.file, name));
            // SAFETY: SQLite gives a place for the answer of this operation.
            unsafe { *out = c_int::from(moved) };
            ffi::SQLITE_OK
        }
        ffi::SQLITE_FCNTL_PERSIST_WAL | ffi::SQLITE_FCNTL_POWERSAFE_OVERWRITE => {
            let on = operation == ffi::SQLITE_FCNTL_POWERSAFE_OVERWRITE;
            // SAFETY: SQLite gives a place for the answer of these operations. Neither can be changed here.
            unsafe { *out = c_int::from(on) };
            ffi::SQLITE_OK
        }
        _ => ffi::SQLITE_NOTFOUND,
    }
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    SECTOR_SIZE
}

unsafe extern "C" fn device_characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    CHARACTERISTICS
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *out = std::ptr::null_mut() };
    let (region, size) = (usize::try_from(region).unwrap_or(0), usize::try_from(size).unwrap_or(0));
    let Some(mut state) = handle.live() else {
        return ffi::SQLITE_IOERR_SHMMAP;
    };
    let memory = match &handle.memory {
        Some(memory) => Arc::clone(memory),
        None => state.locks.join(handle.file, handle.id),
    };
    if !memory.has(region) {
        if extend == 0 {
            drop(state);
            handle.memory = Some(memory);
            return ffi::SQLITE_OK;
        }
        if let Err(failure) = state.map() {
            // The unix VFS calls a full disk an error of the size here.
            let answer =
                if failure == Failure::Full { ffi::SQLITE_IOERR_SHMSIZE } else { ffi::SQLITE_IOERR_SHMMAP };
            drop(state);
            handle.memory = Some(memory);
            return answer;
        }
    }
    drop(state);
    // SAFETY: SQLite gives a place for the answer.
    unsafe { *out = memory.region(region, size) };
    handle.memory = Some(memory);
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    let Some(mut state) = handle.live() else {
        return ffi::SQLITE_IOERR_SHMLOCK;
    };
    let bits = ((1_u32 << count) - 1) << first;
    let done = if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
        state.locks.unlock_bits(handle.file, handle.id, bits);
        Ok(())
    } else if flags & ffi::SQLITE_SHM_SHARED != 0 {
        state.locks.lock_shared(handle.file, handle.id, bits)
    } else {
        state.locks.lock_exclusive(handle.file, handle.id, bits)
    };
    if done.is_ok() { ffi::SQLITE_OK } else { ffi::SQLITE_BUSY }
}

unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {
    std::sync::atomic::fence(std::sync::atomic::Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _delete: c_int) -> c_int {
    // SAFETY: SQLite gives an open file.
    let handle = unsafe { handle(file) };
    if let Some(mut state) = handle.live() {
        state.locks.leave(handle.file, handle.id);
    }
    handle.memory = None;
    ffi::SQLITE_OK
}
