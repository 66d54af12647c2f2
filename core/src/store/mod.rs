//! The database on the phone: where nothing captured is ever lost.
//!
//! One connection behind one lock, WAL with `synchronous=FULL`: a transaction that returned is on the disk, and
//! survives the battery. Nothing here knows the network; the lock is never held while a request is under way.

mod accounts;
mod charges;
mod codec;
mod error;
mod item;
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
pub use accounts::{put_account, put_login, put_meter, refreshed, remove_login, set_needs_sign_in};
pub use charges::{ChargeRow, charge, charged_readings, charges, newest_charge, put_charge};
pub use error::StoreError;
pub use item::{Channel, Item, NewCapture, Outcome, Seen, State};
pub use medium::{Medium, RealMedium};
pub use notes::{forget_reminders, forget_reminders_before, note, set_note, show_reminder, shown_reminders};
pub use open::{FILE_NAME, set_aside};
pub use outbox::{
    add, batch, by_id, confirm, entries, freeze_and_send, hand_over, hurry, items_of_meter, mark_accounted,
    mark_declined, mark_kept, mark_read_back, next_attempt, settle, unsent,
};
pub use readings::{ReadingRow, actual_readings, put_reading, reading_of_item, readings};
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

    // A panic elsewhere can't leave half a write behind, so a poisoned lock is as good as any.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
