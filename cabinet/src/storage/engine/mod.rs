//! What the storage needs of a database, and the two that give it.
//!
//! SQL is written once, in words that both understand: placeholders `?1`, no functions of one of them alone.

mod postgres;
mod postgres_types;
mod sqlite;
mod value;

pub use postgres::{Postgres, PostgresError, WRITE};
pub use sqlite::Sqlite;
pub(crate) use value::params;
pub use value::{FromValue, Row, ToValue, Value};

use super::{Result, StorageError};

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// All its queries see the same state, whoever writes meanwhile.
    Read,
    /// It is the only one that writes, over all processes, from its beginning to its end.
    Write,
}

/// Statements within a transaction.
pub trait Statements {
    /// The rows that a statement answers.
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>>;

    /// How many rows a statement changed.
    fn run(&self, sql: &str, params: &[Value]) -> Result<usize>;
}

/// A database with transactions.
pub enum Engine {
    /// A file.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

impl Engine {
    /// Commits what the work did when it succeeds, undoes it otherwise.
    pub fn within<T, E: From<StorageError>>(
        &self,
        access: Access,
        work: impl FnOnce(&dyn Statements) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        match self {
            Self::Sqlite(sqlite) => sqlite.within(access, work),
            Self::Postgres(postgres) => postgres.within(access, work),
        }
    }
}
