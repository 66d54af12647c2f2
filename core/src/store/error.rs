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

impl StoreError {
    /// The file itself may be to blame: worth looking at it as a whole.
    pub(super) fn may_be_damage(&self) -> bool {
        match self {
            Self::NotOurs | Self::Damaged => true,
            Self::Newer { .. } | Self::Full | Self::NotWritable => false,
            // A table that is not there, a constraint that nothing should break: also seen of pages that lie.
            Self::Sqlite(error) => !is_busy(error),
        }
    }
}

/// Somebody else is at work in the file.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed)
    )
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // A column that holds what it can't, or a row whose seal does not fit.
        if matches!(
            error,
            rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::InvalidColumnName(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..)
        ) {
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::SystemIoFailure) if has_lost_data(&error) => Self::Damaged,
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

/// The disk gave the bytes, and knows that they are wrong.
fn has_lost_data(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA};
    let code = error.sqlite_error().map(|error| error.extended_code);
    code.is_some_and(|code| [SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA].contains(&code))
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    fn met(code: i32) -> StoreError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn what_the_disk_says_is_told_by_what_the_resident_can_do_about_it() {
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_IOERR_DATA, ffi::SQLITE_IOERR_CORRUPTFS] {
            assert!(matches!(met(code), StoreError::Damaged), "{code}: the bytes are wrong");
        }
        for code in [
            ffi::SQLITE_READONLY,
            ffi::SQLITE_CANTOPEN,
            ffi::SQLITE_PERM,
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR_FSYNC,
        ] {
            assert!(matches!(met(code), StoreError::NotWritable), "{code}: the disk fails");
        }
        assert!(matches!(met(ffi::SQLITE_FULL), StoreError::Full));
        assert!(matches!(met(ffi::SQLITE_NOTADB), StoreError::NotOurs));
    }

    #[test]
    fn a_file_that_another_process_is_at_work_in_is_not_taken_for_a_damaged_one() {
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_BUSY_SNAPSHOT, ffi::SQLITE_LOCKED, ffi::SQLITE_PROTOCOL] {
            assert!(!met(code).may_be_damage(), "{code}");
        }
        for code in [ffi::SQLITE_CONSTRAINT, ffi::SQLITE_ERROR, ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB] {
            assert!(met(code).may_be_damage(), "{code}");
        }
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_WRITE] {
            assert!(!met(code).may_be_damage(), "{code}");
        }
    }
}
