//! Everything that knows SQL. The rest of the cabinet sees [`Storage`], its transactions [`Tx`], and records.
//!
//! The database is SQLite or PostgreSQL, which differ in `engine` and in `schema` alone. A new table is a new step of
//! the same number in `migrations/sqlite` and `migrations/postgres` (`INTEGER` there is `BIGINT` here, `BLOB` is `BYTEA`,
//! `TEXT` is `TEXT COLLATE "C"`), listed in `schema.rs`; a test holds the two against each other. Its queries are a file
//! here like `letters.rs`, written once, and a sentence in `tests.rs` that is tried on both.

mod accounts;
mod books;
mod changes;
mod charges;
mod engine;
mod keys;
mod letters;
mod notices;
mod payments;
mod readings;
mod recovery;
mod registrations;
mod residents;
mod row;
mod schema;
mod sessions;
#[cfg(test)]
mod tests;

use engine::{Access, Engine, Postgres, Row, Sqlite, Statements, Value};

pub use accounts::NewMeter;
pub use books::{Books, ChangedBooks, Span};
pub use charges::BillingRun;
pub use engine::PostgresError;
pub use keys::PUBLIC;

use crate::database::Database;

/// The database of one cabinet, or of several.
pub struct Storage {
    engine: Engine,
}

/// What is asked of the storage in one transaction; nothing of it is kept if the work fails.
pub struct Tx<'a> {
    sql: &'a dyn Statements,
}

/// Why the storage can't do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// SQLite's own words.
    #[error("the database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL's, or those of the way to it.
    #[error("the database: {0}")]
    Postgres(PostgresError),
    /// The utility's books, where they are not the cabinet's own.
    #[error("the utility's books: {0}")]
    Elsewhere(String),
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
    /// Opens the database, makes its tables if they are missing, and brings them up to date.
    ///
    /// # Errors
    /// When it can't be opened, is no database, or is newer than this program.
    pub fn open(database: &Database) -> Result<Self> {
        let engine = match database {
            Database::File(file) => Engine::Sqlite(Sqlite::open(file)?),
            Database::Server(server) => Engine::Postgres(Postgres::open(server)?),
        };
        Ok(Self { engine })
    }

    /// One transaction that writes: committed when the work succeeds, undone otherwise. No other writes meanwhile, in
    /// this process or in another.
    ///
    /// # Errors
    /// The work's own, and the storage's. After one of the way to a server the work may have been kept all the same.
    pub fn write<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.within(Access::Write, |sql| work(&Tx { sql }))
    }

    /// One transaction that only reads: all its queries see the same state.
    ///
    /// # Errors
    /// The work's own, and the storage's.
    pub fn read<T, E: From<StorageError>>(
        &self,
        work: impl FnOnce(&Tx) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.engine.within(Access::Read, |sql| work(&Tx { sql }))
    }
}

impl Tx<'_> {
    fn all<T>(&self, sql: &str, params: &[Value], map: fn(&Row) -> Result<T>) -> Result<Vec<T>> {
        self.sql.query(sql, params)?.iter().map(map).collect()
    }

    fn one<T>(&self, sql: &str, params: &[Value], map: fn(&Row) -> Result<T>) -> Result<Option<T>> {
        self.sql.query(sql, params)?.first().map(map).transpose()
    }

    fn run(&self, sql: &str, params: &[Value]) -> Result<usize> {
        self.sql.run(sql, params)
    }

    /// Counts a sequence on; its numbers have no gaps, since it is undone with the transaction.
    fn next(&self, sequence: &str) -> Result<i64> {
        let sql = "UPDATE sequences SET last = last + 1 WHERE name = ?1 RETURNING last";
        let next = self.one(sql, engine::params![sequence], |row| row.get(0))?;
        next.ok_or_else(|| StorageError::Unreadable(format!("the sequence {sequence}")))
    }
}
