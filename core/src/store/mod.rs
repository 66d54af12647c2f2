//! The database on the phone: where nothing captured is ever lost.
//!
//! One connection behind one lock, WAL with `synchronous=FULL`: a transaction that returned is on the disk, and
//! survives the battery. Nothing here knows the network; the lock is never held while a request is under way.

mod accounts;
mod anchor;
mod by_hand;
mod charges;
mod codec;
mod errand;
mod error;
mod folder;
mod item;
mod journal;
mod lease;
mod medium;
mod notes;
mod open;
mod opened;
mod outbox;
mod readings;
mod recover;
mod schema;
mod seal;
mod verify;
mod visits;
mod writing;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use folder::Folder;
use opened::Opened;

pub use accounts::{
    AccountRow, LoginRow, MeterRow, account, accounts, all_meters, login, login_of_account, logins, meter,
    meters,
};
pub use accounts::{
    forget_cursors, forget_everything, put_account, put_login, put_meter, refreshed, remove_login,
    set_needs_sign_in,
};
pub use anchor::{Anchor, anchor, set_anchor};
pub use by_hand::{
    become_the_utilitys, items_of_account, leave_to_the_utilitys, own_account, own_accounts, own_meter,
    own_meters, put_own_account, put_own_meter, remove_own_account,
};
pub use charges::{ChargeRow, charge, charged_readings, charges, newest_charge, put_charge};
pub use errand::{Errand, ErrandKind, LetterText, NewErrand};
pub use error::StoreError;
pub use folder::FILE_NAME;
pub use item::{Channel, HeldLetter, Item, NewCapture, Outcome, Seen, State};
pub use lease::{Clocks, give_back_lease, take_lease};
pub use medium::{Locking, Medium, RealMedium};
pub use notes::{
    RECOVERED_AT, RECOVERED_READINGS, forget_note, forget_reminders, forget_reminders_before, note, set_note,
    show_reminder, shown_reminders,
};
pub use open::set_aside;
pub use outbox::{
    Redated, Withdrawal, add, add_errand, all_items, batch, by_id, confirm, due_errands, entries, errand,
    errands, forget_items, freeze_and_send, hand_over, hurry, in_doubt, items_of_logins, items_of_meter,
    items_on_reading, mark_accounted, mark_declined, mark_kept, mark_letter_read_back, mark_listed_already,
    mark_read_back, mark_superseded_there, mark_there_by_value, mark_withdrawn_there, next_attempts,
    redatable, redate, settle, unsent, waiting_count, withdraw, withdraw_letter, withdrawals,
};
pub use readings::{ReadingRow, actual_readings, put_reading, readings};
pub use schema::{lend_seal, make_released};
pub use visits::{VisitRow, put_visit, remove_visit, visits};
pub use writing::Writing;

/// The open database.
pub struct Store {
    folder: Folder,
    /// None after a recovery that failed: the next call tries again.
    opened: Mutex<Option<Opened>>,
}

/// How often a write waits for others that are in its way, each time up to SQLite's own patience.
const PATIENCE: u32 = 3;

impl Store {
    /// Opens the database in a folder, making or upgrading it. A damaged one is set aside, and a new one made of what
    /// can be had of it and of the journal.
    ///
    /// # Errors
    /// [`StoreError`] when the file is not ours, newer than this code, or can't be written; the file is then as
    /// it was.
    pub fn open(dir: &Path, medium: Arc<dyn Medium>) -> Result<Self, StoreError> {
        let folder = Folder::new(dir, medium);
        let opened = patiently(|| Opened::open(&folder, verify::at_opening))?;
        Ok(Self { folder, opened: Mutex::new(Some(opened)) })
    }

    /// Reads, as of one moment. What meets damage is read once more from the recovered file.
    ///
    /// # Errors
    /// Whatever the reading meets.
    pub fn read<T>(&self, mut work: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        self.twice(|opened, _| opened.read(&mut work), false)
    }

    /// Writes as one transaction: all of it is on the disk when this returns, or nothing is. What meets damage is
    /// written once more into the recovered file.
    ///
    /// # Errors
    /// Whatever the writing meets; nothing of it stays then.
    pub fn write<T>(
        &self,
        mut work: impl FnMut(&Writing<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.twice(|opened, folder| opened.write(folder, &mut work), true)
    }

    /// Writes what must not be written into a recovered file: a page of the utility's answer that does not follow what
    /// is left there. None when the file had to be recovered, and nothing was written.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_once<T>(
        &self,
        work: impl FnOnce(&Writing<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut work = Some(work);
        self.write(|db| work.take().map(|work| work(db)).transpose())
    }

    /// Takes items away for good: from the database, from its log, and from the journal; or nothing, where the work breaks
    /// off.
    ///
    /// # Errors
    /// As [`Store::write`]; [`StoreError::NotWritable`] when the journal can't be written, and nothing is gone then.
    pub fn wipe<T>(
        &self,
        mut work: impl FnMut(&Writing<'_>) -> rusqlite::Result<ControlFlow<T>>,
    ) -> Result<ControlFlow<T>, StoreError> {
        let mut opened = self.opened();
        self.in_place(&mut opened)?;
        let _alone = self.folder.lock(Locking::Alone);
        match opened.as_mut() {
            Some(opened) => patiently(|| opened.wipe(&self.folder, &mut work)),
            None => Err(StoreError::NotWritable),
        }
    }

    /// Looks at the whole file, and recovers it where it is damaged: opening leaves out what is looked at when it is read.
    ///
    /// # Errors
    /// Whatever the recovery meets.
    pub fn verify(&self) -> Result<(), StoreError> {
        self.twice(|opened, _| verify::whole(&opened.connection), false)
    }

    /// Leaves nothing of what was removed in the files: freed pages are overwritten, the log is emptied, a recovery that
    /// was cut short leaves no file. `aside` removes the files that were set aside, too.
    ///
    /// # Errors
    /// Whatever the writing meets.
    pub fn scrub(&self, aside: bool) -> Result<(), StoreError> {
        let mut opened = self.opened();
        self.in_place(&mut opened)?;
        let _alone = self.folder.lock(Locking::Alone);
        if let Some(opened) = opened.as_mut() {
            patiently(|| Ok(opened.connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")?))?;
        }
        recover::remove_unfinished(&self.folder)?;
        if aside { open::remove_aside(&self.folder) } else { Ok(()) }
    }

    /// Does something with the opened file; once more, if the file turns out to be damaged and was recovered.
    fn twice<T>(
        &self,
        mut work: impl FnMut(&mut Opened, &Folder) -> Result<T, StoreError>,
        writes: bool,
    ) -> Result<T, StoreError> {
        let mut opened = self.opened();
        if writes && opened.as_ref().is_some_and(|opened| opened.only_to_read) {
            // Perhaps the disk takes something again.
            self.reopen(&mut opened, verify::at_opening)?;
        }
        let mut once = |opened: &mut Option<Opened>| {
            patiently(|| {
                let _shared = self.in_place(opened)?.filter(|_| writes);
                opened.as_mut().map_or(Err(StoreError::NotWritable), |opened| work(opened, &self.folder))
            })
        };
        let done = match once(&mut opened) {
            Err(error) if error.may_be_damage() => {
                // Opened with a look at all of it, which recovers what is damaged; what is sound stays as it is.
                self.reopen(&mut opened, verify::whole)?;
                once(&mut opened)
            }
            done => done,
        };
        if writes && let Some(opened) = opened.as_mut().filter(|opened| opened.journal_is_long()) {
            let _alone = self.folder.lock(Locking::Alone);
            opened.shorten_the_journal(&self.folder);
        }
        done
    }

    /// Makes sure that the opened file is the one that has the name, and gives the lock that keeps it so.
    fn in_place(&self, opened: &mut Option<Opened>) -> Result<Option<Box<dyn std::any::Any>>, StoreError> {
        for _ in 0..PATIENCE {
            let shared = self.folder.lock(Locking::Shared);
            if opened.as_ref().is_some_and(|opened| opened.is_in_place(&self.folder)) {
                return Ok(shared);
            }
            drop(shared);
            self.reopen(opened, verify::at_opening)?;
        }
        Ok(self.folder.lock(Locking::Shared))
    }

    fn reopen(&self, opened: &mut Option<Opened>, look: verify::Look) -> Result<(), StoreError> {
        // Dropped without emptying its log: the file may have lost its name, or be damaged.
        *opened = None;
        *opened = Some(Opened::open(&self.folder, look)?);
        Ok(())
    }

    // A panic elsewhere can't leave half a write behind, so a poisoned lock is as good as any.
    fn opened(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _shared = self.folder.lock(Locking::Shared);
        if let Some(opened) = self.opened().take() {
            opened.close(&self.folder);
        }
    }
}

/// Tries again what another process was in the way of.
fn patiently<T>(mut work: impl FnMut() -> Result<T, StoreError>) -> Result<T, StoreError> {
    for tried in 1..=PATIENCE {
        match work() {
            Err(StoreError::Sqlite(error)) if error::is_busy(&error) => {
                log::info!("another process is at work in the database");
                std::thread::sleep(Duration::from_millis(50) * tried);
            }
            done => return done,
        }
    }
    work()
}

#[cfg(test)]
#[path = "two_processes_tests.rs"]
mod two_processes;
