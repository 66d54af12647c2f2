//! Single values, and which reminders were shown.

use rusqlite::{Connection, OptionalExtension, params};

use super::codec;
use super::seal::sealed;
use crate::domain::{Instant, Shown};

/// When a damaged database was made anew, UTC milliseconds; gone once the resident was told.
pub const RECOVERED_AT: &str = "recovered_at";
/// How many readings that were not at the utility came back with it.
pub const RECOVERED_READINGS: &str = "recovered_readings";

/// A single value.
pub fn note(db: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT * FROM note WHERE name = ?1")?
        .query_row([name], |row| sealed(row).and_then(|()| row.get("value")))
        .optional()
}

/// Stores a single value.
pub fn set_note(db: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO note VALUES (?1, ?2, NULL)")?.execute(params![name, value])?;
    Ok(())
}

/// Forgets a single value.
pub fn forget_note(db: &Connection, name: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM note WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// Every reminder that the resident has been shown.
pub fn shown_reminders(db: &Connection) -> rusqlite::Result<Vec<Shown>> {
    db.prepare_cached("SELECT * FROM reminder ORDER BY id")?
        .query_map([], |row| {
            sealed(row)?;
            Ok(Shown { id: row.get("id")?, at: codec::instant(row, "shown_at")? })
        })?
        .collect()
}

/// Forgets that some were shown.
pub fn forget_reminders(db: &Connection, ids: &[String]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached("DELETE FROM reminder WHERE id = ?1")?;
    ids.iter().try_for_each(|id| statement.execute([id]).map(drop))
}

/// Notes that a reminder was shown.
pub fn show_reminder(db: &Connection, id: &str, at: Instant) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO reminder VALUES (?1, ?2, NULL)")?
        .execute(params![id, codec::millis(at)])?;
    Ok(())
}

/// Forgets reminders of long ago.
pub fn forget_reminders_before(db: &Connection, at: Instant) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM reminder WHERE shown_at < ?1")?.execute([codec::millis(at)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::journal::tests::open;

    #[test]
    fn reminders_of_long_ago_are_forgotten_and_the_others_are_not_shown_twice() {
        let dir = tempfile::tempdir().unwrap();
        let at = |day: i64| chrono::DateTime::from_timestamp_millis(day * 86_400_000).unwrap();
        let shown = open(dir.path()).write(|db| {
            for (id, day) in [("old", 1), ("new", 10), ("new", 12)] {
                show_reminder(db, id, at(day))?;
            }
            forget_reminders_before(db, at(10))?;
            shown_reminders(db)
        });
        assert_eq!(shown.unwrap(), [Shown { id: "new".to_owned(), at: at(10) }]);
    }
}
