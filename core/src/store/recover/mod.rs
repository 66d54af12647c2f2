//! A damaged file is set aside, and a new one takes its place with everything that can still be had.
//!
//! What is readable and fits its seal is copied, then the journal is merged. The new file is built under a name of its
//! own; once it is whole and synced it is called `ready`, and from then on every opening finishes the exchange. A crash
//! before that starts over, a crash after that goes on: nothing is ever deleted but the unfinished new file.

mod salvage;

use rusqlite::{Connection, OpenFlags};

use super::folder::Folder;
use super::notes::{self, RECOVERED_AT, RECOVERED_READINGS};
use super::{StoreError, journal, open, schema, seal};

/// Under construction.
const NEW: &str = "vodomer.db.new";
/// Whole, and about to take the place.
const READY: &str = "vodomer.db.ready";

/// An exchange is half done: nobody may touch what has the file's name.
pub(super) fn is_half_done(folder: &Folder) -> bool {
    folder.medium.exists(&folder.file(READY))
}

/// Finishes an exchange that a crash cut short.
pub(super) fn resume(folder: &Folder) -> Result<(), StoreError> {
    let ready = folder.file(READY);
    if !is_half_done(folder) {
        return Ok(());
    }
    if folder.medium.exists(&folder.database()) {
        open::aside(folder)?;
    }
    folder.medium.rename(&ready, &folder.database()).map_err(|_| StoreError::NotWritable)
}

/// Removes a new file whose building was cut short. The lock of the folder is held alone.
pub(super) fn remove_unfinished(folder: &Folder) -> Result<(), StoreError> {
    folder.remove_with_companions(&folder.file(NEW)).map_err(|_| StoreError::NotWritable)
}

/// Builds the new file and exchanges the two. The lock of the folder is held alone.
///
/// # Errors
/// [`StoreError::Full`] and its like; the damaged file is then where it was.
pub(super) fn rebuild(folder: &Folder) -> Result<(), StoreError> {
    log::warn!("the database is damaged; what can be had of it goes into a new one");
    remove_unfinished(folder)?;
    let new = folder.file(NEW);
    let mut db = open::connect(&new, OpenFlags::default(), folder.medium.as_ref())?;
    seal::lend(&db)?;
    // No log of its own: one that is not finished is never read.
    db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;")?;
    if let Ok(old) = salvage::connect(folder) {
        // In the schema that it was written in, which then goes through the same steps as any other.
        schema::upgrade_until(&mut db, salvage::version(&old))?;
        let transaction = db.transaction()?;
        salvage::copy(&old, &transaction)?;
        transaction.commit()?;
    }
    schema::upgrade(&mut db)?;
    let transaction = db.transaction()?;
    journal::put_back(&transaction, &journal::read(folder))?;
    let unsent = transaction.query_row(
        "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')",
        [],
        |row| row.get(0),
    )?;
    note(&transaction, folder, unsent)?;
    transaction.commit()?;
    db.close().map_err(|(_, error)| error)?;
    let failed = |_| StoreError::NotWritable;
    folder.medium.sync(&new).map_err(failed)?;
    folder.medium.rename(&new, &folder.file(READY)).map_err(failed)?;
    resume(folder)
}

/// Notes for the resident that readings have come back.
pub(super) fn note(db: &Connection, folder: &Folder, readings: i64) -> rusqlite::Result<()> {
    notes::set_note(db, RECOVERED_AT, folder.medium.time())?;
    notes::set_note(db, RECOVERED_READINGS, notes::note(db, RECOVERED_READINGS)?.unwrap_or(0) + readings)
}

#[cfg(test)]
mod disk_tests;
#[cfg(test)]
#[path = "tests.rs"]
mod tests;
