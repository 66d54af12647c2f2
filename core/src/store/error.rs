//! What can go wrong with the file, by what the resident can do about it.

use rusqlite::ErrorCode;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is no database of ours; it was left as it is.
    #[error("the file is not a Vodomer database")]
    NotOurs,
    /// The file is damaged; it was left as it is.
    #[error("the database is damaged")]
    Damaged,
    /// A newer version of the app wrote the file; it was left as it is.
    #[error("the database has schema {found}, this code knows up to {known}")]
    Newer {
        /// Schema of the file.
        found: i64,
        /// The newest schema that this code knows.
        known: i64,
    },
    /// No space is left; nothing was written.
    #[error("no space left on the device")]
    Full,
    /// The folder or file can't be written.
    #[error("the database can't be written")]
    NotWritable,
    /// Anything else SQLite met.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // A column that holds what it can't, or a row whose seal does not fit.
        if matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..)
        ) {
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Self::NotWritable,
            Some(_) | None => Self::Sqlite(error),
        }
    }
}
