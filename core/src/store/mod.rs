//! The database on the phone: where nothing captured is ever lost.
//!
//! One connection behind one lock, WAL with `synchronous=FULL`: a transaction that returned is on the disk, and
//! survives the battery. Nothing here knows the network; the lock is never held while a request is under way.

mod accounts;
mod anchor;
mod charges;
mod codec;
mod errand;
mod error;
mod item;
mod lease;
mod medium;
mod notes;
mod open;
mod outbox;
mod readings;
mod schema;
mod seal;
mod visits;
mod writing;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

pub use accounts::{
    AccountRow, LoginRow, MeterRow, account, accounts, all_meters, login, login_of_account, logins, meter,
    meters,
};
pub use accounts::{
    forget_everything, put_account, put_login, put_meter, refreshed, remove_login, set_needs_sign_in,
};
pub use anchor::{Anchor, anchor, set_anchor};
pub use charges::{ChargeRow, charge, charged_readings, charges, newest_charge, put_charge};
pub use errand::{Errand, ErrandKind, LetterText, NewErrand};
pub use error::StoreError;
pub use item::{Channel, HeldLetter, Item, NewCapture, Outcome, Seen, State};
pub use lease::{Clocks, give_back_lease, take_lease};
pub use medium::{Medium, RealMedium};
pub use notes::{
    RECOVERED_AT, RECOVERED_READINGS, forget_note, forget_reminders, forget_reminders_before, note, set_note,
    show_reminder, shown_reminders,
};
pub use open::{FILE_NAME, set_aside};
pub use outbox::{
    Withdrawal, add, add_errand, all_items, batch, by_id, confirm, due_errands, entries, errand, errands,
    forget_items, freeze_and_send, hand_over, hurry, in_doubt, items_of_logins, items_of_meter,
    mark_accounted, mark_declined, mark_kept, mark_letter_read_back, mark_listed_already, mark_read_back,
    mark_superseded_there, mark_there_by_value, mark_withdrawn_there, next_attempts, redatable, redate,
    settle, unsent, waiting_count, withdraw, withdraw_letter,
};
pub use readings::{ReadingRow, actual_readings, put_reading, readings};
pub use visits::{VisitRow, put_visit, remove_visit, visits};
pub use writing::Writing;

/// The open database.
pub struct Store {
    connection: Mutex<Connection>,
    medium: Arc<dyn Medium>,
}

impl Store {
    /// Opens the database in a folder, making or upgrading it.
    ///
    /// # Errors
    /// [`StoreError`] when the file is not ours, newer than this code, or can't be written; the file is then as
    /// it was.
    pub fn open(dir: &Path, medium: Arc<dyn Medium>) -> Result<Self, StoreError> {
        let connection = open::open(dir, medium.as_ref())?;
        Ok(Self { connection: Mutex::new(connection), medium })
    }

    /// Reads.
    ///
    /// # Errors
    /// Whatever the reading meets.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        Ok(work(&self.connection())?)
    }

    /// Writes as one transaction: all of it is on the disk when this returns, or nothing is.
    ///
    /// # Errors
    /// Whatever the writing meets; nothing of it stays then.
    pub fn write<T>(&self, work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let mut connection = self.connection();
        let writing = Writing::begin(&mut connection)?;
        let done = work(&writing)?;
        let _moved = writing.commit()?;
        Ok(done)
    }

    /// Leaves nothing of what was removed in the files: freed pages are overwritten, the log is emptied. `aside` removes
    /// the files that were set aside, too.
    ///
    /// # Errors
    /// Whatever the writing meets.
    pub fn scrub(&self, _aside: bool) -> Result<(), StoreError> {
        let connection = self.connection();
        connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    // A panic elsewhere can't leave half a write behind, so a poisoned lock is as good as any.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
