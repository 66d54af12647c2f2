//! A seal on every row: a hash over its columns, so that a bit flipped on the disk is damage and never a value shown.
//!
//! SQLite checks the shape of its pages, not what stands in them. The seal is kept by triggers, which call a function
//! that only this code lends to the connection; every reading of a row compares it.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Row, Transaction};
use sha2::{Digest, Sha256};

/// The column that holds it.
pub(super) const COLUMN: &str = "seal";

/// Lends the connection the function that the triggers call.
pub(super) fn lend(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_scalar_function(COLUMN, -1, FunctionFlags::SQLITE_UTF8, |arguments| {
        Ok(seal((0..arguments.len()).map(|index| arguments.get_raw(index))))
    })
}

/// Makes the triggers of every table that has the column, and seals what is there: the end of every step of the schema.
pub(super) fn seal_tables(db: &Transaction<'_>) -> rusqlite::Result<()> {
    tables(db)?.iter().try_for_each(|table| seal_table(db, table))
}

/// The tables that have the column.
pub(super) fn tables(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare(
        "SELECT name FROM sqlite_schema AS t WHERE type = 'table'
         AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'seal')",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}

/// How many rows of a table have a seal that does not fit.
pub(super) fn count_broken(db: &Connection, table: &str) -> rusqlite::Result<i64> {
    let columns: Vec<String> = db
        .prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> 'seal' ORDER BY cid")?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let sql = format!("SELECT count(*) FROM {table} WHERE seal IS NOT seal({})", columns.join(", "));
    db.query_row(&sql, [], |row| row.get(0))
}

fn seal_table(db: &Transaction<'_>, table: &str) -> rusqlite::Result<()> {
    let columns: Vec<(String, bool)> = db
        .prepare("SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid")?
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let sealed: Vec<&str> =
        columns.iter().map(|(name, _)| name.as_str()).filter(|name| *name != COLUMN).collect();
    let key: Vec<&str> = columns.iter().filter(|(_, key)| *key).map(|(name, _)| name.as_str()).collect();
    let same = key.iter().map(|name| format!("{name} = new.{name}")).collect::<Vec<_>>().join(" AND ");
    let of_new = sealed.iter().map(|name| format!("new.{name}")).collect::<Vec<_>>().join(", ");
    let of_row = sealed.join(", ");
    // The update that the triggers make themselves changes the seal, and needs no further one.
    db.execute_batch(&format!(
        "DROP TRIGGER IF EXISTS {table}_sealed_new;
         DROP TRIGGER IF EXISTS {table}_sealed_anew;
         CREATE TRIGGER {table}_sealed_new AFTER INSERT ON {table} BEGIN
             UPDATE {table} SET seal = seal({of_new}) WHERE {same};
         END;
         CREATE TRIGGER {table}_sealed_anew AFTER UPDATE ON {table} WHEN new.seal IS old.seal BEGIN
             UPDATE {table} SET seal = seal({of_new}) WHERE {same};
         END;
         UPDATE {table} SET seal = seal({of_row});"
    ))
}

/// Refuses a row of one table, all columns of it, whose seal does not fit.
pub(super) fn sealed(row: &Row<'_>) -> rusqlite::Result<()> {
    sealed_part(row, 0..row.as_ref().column_count())
}

/// The same for some columns of a joined row: those of one table.
pub(super) fn sealed_part(row: &Row<'_>, columns: std::ops::Range<usize>) -> rusqlite::Result<()> {
    let mut kept = None;
    let mut values = Vec::with_capacity(columns.len());
    for index in columns {
        if row.as_ref().column_name(index)? == COLUMN {
            kept = row.get::<_, Option<i64>>(index)?;
        } else {
            values.push(row.get_ref(index)?);
        }
    }
    if kept == Some(seal(values.into_iter())) {
        return Ok(());
    }
    Err(rusqlite::Error::FromSqlConversionFailure(0, Type::Integer, "a row's seal does not fit".into()))
}

fn seal<'a>(values: impl Iterator<Item = ValueRef<'a>>) -> i64 {
    let mut row = Vec::with_capacity(512);
    for value in values {
        // Type and length go before each value, so that no two rows are written alike.
        match value {
            ValueRef::Null => row.push(b'n'),
            ValueRef::Integer(number) => {
                row.push(b'i');
                row.extend_from_slice(&number.to_le_bytes());
            }
            ValueRef::Real(number) => {
                row.push(b'r');
                row.extend_from_slice(&number.to_le_bytes());
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                row.push(b't');
                // Of the same width on every phone: a file outlives a change of its processor.
                row.extend_from_slice(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
                row.extend_from_slice(bytes);
            }
        }
    }
    let mut first = [0; 8];
    first.copy_from_slice(&Sha256::digest(&row)[..8]);
    i64::from_le_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_tells_every_row_from_every_other() {
        let of = |values: &[ValueRef<'_>]| seal(values.iter().copied());
        let rows: [&[ValueRef<'_>]; 6] = [
            &[ValueRef::Integer(1), ValueRef::Null],
            &[ValueRef::Null, ValueRef::Integer(1)],
            &[ValueRef::Text(b"1"), ValueRef::Null],
            &[ValueRef::Text(b"1n")],
            &[ValueRef::Text(b"a"), ValueRef::Text(b"bc")],
            &[ValueRef::Text(b"ab"), ValueRef::Text(b"c")],
        ];
        for (n, row) in rows.iter().enumerate() {
            assert_eq!(of(row), of(row));
            assert!(rows[..n].iter().all(|other| of(other) != of(row)), "row {n}");
        }
    }
}
