//! What of a damaged file can still be believed.
//!
//! What the resident did is copied row by row, each by itself. What the utility told is copied a table at a time or
//! not at all: it comes again with the next refresh, and half of a meter's past would show a wrong use.

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use crate::store::folder::Folder;
use crate::store::seal::{self, sealed};
use crate::store::{StoreError, open, schema, verify};

/// What only the resident and this phone know.
const OURS: [&str; 9] =
    ["capture", "errand", "outbox", "own_account", "own_meter", "visit", "reminder", "clock", "note"];

/// What the utility told, each after the one without which it says nothing.
const UTILITYS: [(&str, &str); 4] =
    [("account", "login"), ("meter", "account"), ("reading", "meter"), ("charge", "account")];

/// Connects to the damaged file, with its log, and changes neither.
pub(super) fn connect(folder: &Folder) -> Result<Connection, StoreError> {
    let medium = folder.medium.as_ref();
    let old = open::connect(&folder.database(), OpenFlags::SQLITE_OPEN_READ_ONLY, medium)?;
    seal::lend(&old)?;
    // A line of the schema that can't be read hides its own table only.
    old.execute_batch("PRAGMA writable_schema = ON; PRAGMA temp_store = MEMORY;")?;
    Ok(old)
}

/// The version of the schema that the file was written in, as far as it can be told.
pub(super) fn version(old: &Connection) -> i64 {
    let newest = schema::newest();
    let says = old.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap_or(newest);
    let is_newest = verify::kept_fingerprint(old).ok().flatten() == verify::fingerprint(old, newest).ok();
    if is_newest || !(1..newest).contains(&says) { newest } else { says }
}

/// Copies what can be believed.
pub(super) fn copy(old: &Connection, new: &Connection) -> rusqlite::Result<()> {
    let mut all = true;
    for table in OURS {
        all &= copy_table(old, new, table)?;
    }
    let mut whole = vec![];
    if copy_table(old, new, "login")? {
        whole.push("login");
    }
    for (table, rests_on) in UTILITYS {
        if whole.contains(&rests_on) && copy_table(old, new, table)? {
            whole.push(table);
        } else {
            new.execute(&format!("DELETE FROM {table}"), [])?;
        }
    }
    // The next refresh brings everything again. Where something is missing, no screen may say as of when it is.
    all &= whole.len() == UTILITYS.len() + 1;
    new.execute("UPDATE login SET cursor = NULL, refreshed_at = iif(?1, refreshed_at, NULL)", [all])?;
    Ok(())
}

/// Copies the rows of a table that fit their seals; tells whether that is surely all of it.
fn copy_table(old: &Connection, new: &Connection, table: &str) -> rusqlite::Result<bool> {
    let known = columns(new, table)?;
    let Ok(found) = columns(old, table) else { return Ok(false) };
    if known.is_empty() {
        return Ok(false);
    }
    // Before the schema had seals, nothing tells a right row from a wrong one; what the resident did comes over as it is.
    let has_seals = found.iter().any(|(name, _)| name == seal::COLUMN);
    let mut whole = has_seals && verify::pages_are_sound(old, Some(table)).unwrap_or(false);
    let key: Vec<&str> = known.iter().filter(|(_, key)| *key).map(|(name, _)| name.as_str()).collect();
    // By place where the columns are the same, so that a flipped letter of a name moves nothing elsewhere.
    let same = known.len() == found.len();
    let names: Vec<&str> = if same { &known } else { &found }.iter().map(|(name, _)| name.as_str()).collect();
    let kept: Vec<usize> = (0..names.len())
        .filter(|index| known.iter().any(|(name, _)| name == names[*index]) && names[*index] != seal::COLUMN)
        .collect();
    if kept.is_empty() {
        return Ok(false);
    }
    let into = kept.iter().map(|index| names[*index]).collect::<Vec<_>>().join(", ");
    let marks = vec!["?"; kept.len()].join(", ");
    let mut insert = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({into}) VALUES ({marks})"))?;
    // From both ends, so that a page in the middle takes only its own rows with it.
    for direction in ["ASC", "DESC"] {
        let order = key.iter().map(|name| format!("{name} {direction}")).collect::<Vec<_>>().join(", ");
        let (rows, to_the_end) = rows(old, &format!("SELECT * FROM {table} ORDER BY {order}"), has_seals);
        whole &= to_the_end;
        for row in &rows {
            match insert.execute(rusqlite::params_from_iter(kept.iter().map(|index| &row[*index]))) {
                Ok(_) => {}
                Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                    whole = false;
                }
                Err(error) => return Err(error),
            }
        }
        if whole {
            break;
        }
    }
    Ok(whole)
}

/// Reads until the end or the first page that can't be read; tells whether nothing was left out.
fn rows(db: &Connection, sql: &str, has_seals: bool) -> (Vec<Vec<Value>>, bool) {
    let mut read = vec![];
    let mut all = true;
    let mut each = || -> rusqlite::Result<()> {
        let mut statement = db.prepare(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let values: rusqlite::Result<Vec<Value>> = (0..width).map(|index| row.get(index)).collect();
            match values {
                Ok(values) if !has_seals || sealed(row).is_ok() => read.push(values),
                Ok(_) | Err(_) => all = false,
            }
        }
        Ok(())
    };
    let ended = each().is_ok();
    (read, ended && all)
}

/// The columns of a table, and whether each is of its key.
fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<(String, bool)>> {
    db.prepare("SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid")?
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
