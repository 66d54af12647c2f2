//! One opened file: its connection, and the journal that follows it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::Connection;

use super::folder::Folder;
use super::journal::{self, Moves, Record};
use super::medium::Locking;
use super::verify::Look;
use super::{StoreError, Writing, journal::ROOMY, open, recover};

/// The connection and what goes with it.
pub(super) struct Opened {
    pub connection: Connection,
    moves: Moves,
    identity: Option<u64>,
    /// Items whose last state the journal could not be given.
    behind: BTreeSet<String>,
    /// Bytes added to the journal since it was looked at, or written anew.
    journal_grown: usize,
    /// The disk takes nothing: there is only reading, until it does again.
    pub only_to_read: bool,
}

impl Opened {
    /// Opens, recovers what is damaged, and makes journal and database agree.
    pub fn open(folder: &Folder, look: Look) -> Result<Self, StoreError> {
        folder.medium.create_dir(folder.dir()).map_err(|_| StoreError::NotWritable)?;
        let _alone = folder.lock(Locking::Alone);
        let (connection, only_to_read) = match Self::connect(folder, look) {
            Err(error @ (StoreError::NotWritable | StoreError::Full)) if !recover::is_half_done(folder) => {
                (open::open_to_read(folder).map_err(|_| error)?, true)
            }
            done => (done?, false),
        };
        let mut opened = Self::on(folder, connection, only_to_read)?;
        if only_to_read {
            return Ok(opened);
        }
        match opened.agree_with_the_journal(folder) {
            // Damaged since it was looked at, a moment ago.
            Err(error) if error.may_be_damage() => {
                drop(opened);
                recover::rebuild(folder)?;
                opened = Self::on(folder, open::open(folder, look)?, false)?;
                opened.agree_with_the_journal(folder)?;
            }
            done => done?,
        }
        Ok(opened)
    }

    fn on(folder: &Folder, connection: Connection, only_to_read: bool) -> Result<Self, StoreError> {
        let moves = if only_to_read { Moves::default() } else { Moves::of(&connection)? };
        Ok(Self {
            connection,
            moves,
            identity: folder.identity(),
            behind: BTreeSet::new(),
            journal_grown: 0,
            only_to_read,
        })
    }

    /// Connects to a sound file, made or recovered if need be.
    fn connect(folder: &Folder, look: Look) -> Result<Connection, StoreError> {
        recover::resume(folder)?;
        match open::open(folder, look) {
            Err(error) if (error.may_be_damage() || open::is_no_file(folder)) && is_ours(folder) => {
                recover::rebuild(folder)?;
                open::open(folder, look)
            }
            done => done,
        }
    }

    fn agree_with_the_journal(&mut self, folder: &Folder) -> Result<(), StoreError> {
        let said = journal::read(folder);
        if !said.items.is_empty() {
            let transaction = self.connection.transaction()?;
            let readings = journal::put_back(&transaction, &said)?;
            if readings > 0 {
                recover::note(&transaction, folder, i64::try_from(readings).unwrap_or(i64::MAX))?;
            }
            transaction.commit()?;
        }
        if let Err(error) = journal::catch_up(folder, &self.connection, &said)? {
            log::warn!("the journal could not be written: {:?}", error.kind());
        }
        self.moves.clear();
        Ok(())
    }

    /// The file still has its name.
    pub fn is_in_place(&self, folder: &Folder) -> bool {
        folder.identity().is_none_or(|now| self.identity.is_none_or(|then| then == now))
    }

    /// Reads as of one moment, whatever another process writes meanwhile.
    pub fn read<T>(
        &self,
        work: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        Ok(work(&transaction)?)
    }

    /// Writes as one transaction, and tells the journal.
    pub fn write<T>(
        &mut self,
        folder: &Folder,
        work: &mut impl FnMut(&Writing<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.moves.clear();
        let writing = Writing::begin(&mut self.connection)?;
        let done = work(&writing)?;
        writing.commit()?;
        self.behind.append(&mut self.moves.take());
        self.tell_the_journal(folder);
        Ok(done)
    }

    /// Never fails: the database has promised already, and what the journal lacks it gets the next time.
    fn tell_the_journal(&mut self, folder: &Folder) {
        if self.behind.is_empty() {
            return;
        }
        let records: rusqlite::Result<Vec<Record>> =
            self.behind.iter().filter_map(|id| Record::of(&self.connection, id).transpose()).collect();
        let told = records.map(|records| journal::append(folder, &records));
        match told {
            Ok(Ok(added)) => {
                self.journal_grown += added;
                self.behind.clear();
            }
            Ok(Err(error)) => log::warn!("the journal could not be written: {:?}", error.kind()),
            Err(_) => log::warn!("what has moved could not be read for the journal"),
        }
    }

    /// The journal has grown enough to be written anew.
    pub fn journal_is_long(&self) -> bool {
        self.journal_grown > ROOMY
    }

    /// Writes the journal anew with what has not come to its end. The lock of the folder is held alone.
    pub fn shorten_the_journal(&mut self, folder: &Folder) {
        if !journal::shorten(folder, &self.connection).unwrap_or(false) {
            log::info!("the journal could not be shortened yet");
        }
        self.journal_grown = 0;
    }

    /// A transaction that takes items away, in the journal first: one that a crash cuts short takes away nothing. One that
    /// breaks off takes away nothing either. The lock of the folder is held alone.
    pub fn wipe<T>(
        &mut self,
        folder: &Folder,
        work: &mut impl FnMut(&Writing<'_>) -> rusqlite::Result<ControlFlow<T>>,
    ) -> Result<ControlFlow<T>, StoreError> {
        self.connection.execute_batch("PRAGMA secure_delete = ON")?;
        self.moves.clear();
        let writing = Writing::begin(&mut self.connection)?;
        if let ControlFlow::Break(why) = work(&writing)? {
            return Ok(ControlFlow::Break(why));
        }
        let said = journal::read(folder);
        let told = journal::rewrite_from(folder, &writing, &said)?.map_err(|_| StoreError::NotWritable);
        if let Err(error) = told.and_then(|()| Ok(writing.commit()?)) {
            // Nothing is taken away: what the journal may just have forgotten, it is told again.
            self.behind.extend(said.items.into_iter().map(|record| record.item_id));
            self.tell_the_journal(folder);
            return Err(error);
        }
        self.moves.clear();
        self.behind.clear();
        // Neither a free page nor the log keeps what was taken away.
        let emptied =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        if emptied.unwrap_or(1) != 0 {
            log::warn!("the database's log could not be emptied yet");
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Closes; a file that has lost its name is left as it is.
    pub fn close(self, folder: &Folder) {
        if self.is_in_place(folder) {
            open::let_go(self.connection);
        }
    }
}

/// Ours by its own word, or by the journal that lies beside it.
fn is_ours(folder: &Folder) -> bool {
    journal::lies_in(folder) || open::says_it_is_ours(folder)
}
