//! Whether a file is sound from its first page to the last row.
//!
//! SQLite looks whether its pages hang together and every index says what its table says; the seals, whether each row
//! says what was written; the fingerprint, whether the schema is the one that this code made.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::{StoreError, schema, seal};

/// The note that keeps the fingerprint.
pub(super) const FINGERPRINT: &str = "schema";

/// The large tables. Each of their rows is held against its seal when it is read, and no flipped bit hides one from the
/// question that is asked of it: the keys stand in an index as well. Elsewhere a `0` of a column that is asked for is one
/// bit from a `1`.
const LARGE: [&str; 2] = ["reading", "charge"];

/// How much is looked at.
pub(super) type Look = fn(&Connection) -> Result<(), StoreError>;

/// Refuses a file that could show anything wrong, or hide anything.
///
/// # Errors
/// [`StoreError::Damaged`], or what kept it from being looked at.
pub(super) fn at_opening(db: &Connection) -> Result<(), StoreError> {
    look(db, &LARGE)
}

/// Refuses a file of which anything is damaged, whether it is ever read or not.
///
/// # Errors
/// As [`at_opening`].
pub(super) fn whole(db: &Connection) -> Result<(), StoreError> {
    look(db, &[])
}

fn look(db: &Connection, but: &[&str]) -> Result<(), StoreError> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let sound = pages_are_sound(db, None)?
        && seal::tables(db)?
            .iter()
            .filter(|table| !but.contains(&table.as_str()))
            .try_fold(true, |sound, table| {
                Ok::<_, rusqlite::Error>(sound && seal::count_broken(db, table)? == 0)
            })?
        && (version < schema::newest() || kept_fingerprint(db)? == Some(fingerprint(db, version)?));
    if sound { Ok(()) } else { Err(StoreError::Damaged) }
}

/// Whether the pages hang together: all of them, or one table's with its indices.
pub(super) fn pages_are_sound(db: &Connection, table: Option<&str>) -> rusqlite::Result<bool> {
    let argument = table.map_or_else(String::new, |table| format!("('{table}')"));
    let said: String = db.query_row(&format!("PRAGMA integrity_check{argument}"), [], |row| row.get(0))?;
    match failure_of_the_disk(&said) {
        Some(code) => Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), Some(said))),
        None => Ok(said == "ok"),
    }
}

/// A page that the disk would not give is no damage of the file: SQLite tells it in the same breath, with the code of the
/// error. That the file ends too soon is damage.
fn failure_of_the_disk(said: &str) -> Option<i32> {
    const UNREADABLE: &str = "unable to get the page. error code=";
    let (_, after) = said.split_once(UNREADABLE)?;
    let code: i32 = after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let of_the_disk =
        code & 0xff == rusqlite::ffi::SQLITE_IOERR && code != rusqlite::ffi::SQLITE_IOERR_SHORT_READ;
    of_the_disk.then_some(code)
}

/// A number for the schema as it stands in the file, were it of the version given.
pub(super) fn fingerprint(db: &Connection, version: i64) -> rusqlite::Result<i64> {
    let mut hash = Sha256::new();
    hash.update(version.to_le_bytes());
    hash.update(db.pragma_query_value(None, "application_id", |row| row.get::<_, i64>(0))?.to_le_bytes());
    let mut statement =
        db.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY 1, 2")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for index in 0..4 {
            let text: String = row.get(index)?;
            hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(text);
        }
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    Ok(i64::from_le_bytes(first))
}

/// The fingerprint that the last step of the schema left.
pub(super) fn kept_fingerprint(db: &Connection) -> rusqlite::Result<Option<i64>> {
    db.query_row("SELECT value FROM note WHERE name = ?1", [FINGERPRINT], |row| row.get(0)).optional()
}

/// Notes the schema's fingerprint, at the end of a step.
pub(super) fn keep_fingerprint(db: &Connection, version: i64) -> rusqlite::Result<()> {
    let fingerprint = fingerprint(db, version)?;
    db.execute(
        "INSERT INTO note (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (FINGERPRINT, fingerprint),
    )?;
    Ok(())
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
