//! Everything that knows SQL. The rest of the cabinet sees [`Storage`], its transactions [`Tx`], and records.
//!
//! One SQLite connection behind a lock: a writer at a time is what SQLite has anyway, and every request here
//! takes well under a millisecond in it. `synchronous=FULL`, since an answered reading must outlive a power cut.

mod accounts;
mod changes;
mod charges;
mod keys;
mod letters;
mod readings;
mod residents;
mod row;
mod schema;
mod sessions;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Params, Row, TransactionBehavior};

pub use accounts::NewMeter;
pub use charges::BillingRun;
pub use keys::PUBLIC;

/// The database file of one cabinet.
pub struct Storage {
    connection: Mutex<Connection>,
}

/// What is asked of the storage in one transaction; nothing of it is kept if the work fails.
pub struct Tx<'a> {
    sql: rusqlite::Transaction<'a>,
}

/// Why the storage can't do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// SQLite's own words.
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Written by a later version of this program; left alone.
    #[error("the database is of version {0}, this program knows {known}", known = schema::VERSION)]
    Newer(u32),
    /// A column holds what this program never wrote there.
    #[error("the database holds what can't be read: {0}")]
    Unreadable(String),
}

/// What every query of the storage answers.
pub type Result<T> = std::result::Result<T, StorageError>;

impl Storage {
    /// Opens the file, makes it if it is missing, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file can't be opened, is no database, or is newer than this program.
    pub fn open(file: &Path) -> Result<Self> {
        let mut connection = Connection::open(file)?;
        schema::refuse_newer(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// One transaction that writes: committed when the work succeeds, undone otherwise.
    ///
    /// # Errors
    /// The work's own, and the storage's.
    pub fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.within(TransactionBehavior::Immediate, work)
    }

    /// One transaction that only reads: all its queries see the same state.
    ///
    /// # Errors
    /// The work's own, and the storage's.
    pub fn read<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.within(TransactionBehavior::Deferred, work)
    }

    fn within<T, E: From<StorageError>>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        // A panic while the lock was held has undone its transaction, so the connection is sound.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let sql = connection.transaction_with_behavior(behavior).map_err(StorageError::from)?;
        let tx = Tx { sql };
        let done = work(&tx)?;
        tx.sql.commit().map_err(StorageError::from)?;
        Ok(done)
    }
}

impl Tx<'_> {
    fn all<T>(&self, sql: &str, params: impl Params, map: fn(&Row) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement.query_map(params, map)?.collect::<rusqlite::Result<_>>()?)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: fn(&Row) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement.query_map(params, map)?.next().transpose()?)
    }

    fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.sql.prepare_cached(sql)?.execute(params)?)
    }

    /// Counts a sequence on; its numbers have no gaps, since it is undone with the transaction.
    fn next(&self, sequence: &str) -> Result<i64> {
        let sql = "UPDATE sequences SET last = last + 1 WHERE name = ?1 RETURNING last";
        Ok(self.sql.prepare_cached(sql)?.query_row([sequence], |row| row.get(0))?)
    }
}
