//! A file of a released schema with what the utility has told.

use rusqlite::{Connection, OpenFlags};
use vodomer_core::store::{FILE_NAME, StoreError, lend_seal, make_released};

use crate::disk::{Image, SimDisk, VFS_NAME};

/// "Vdmr".
const APPLICATION_ID: i64 = 0x5664_6d72;

/// The released steps of files whose rows bore no seals; later ones are made by the code that seals.
const UNSEALED: [&str; 2] = [
    include_str!("../../../../core/migrations/001_first.sql"),
    include_str!("../../../../core/migrations/002_claims_zones_visits.sql"),
];

/// How many older schemas were released.
pub const SCHEMAS: usize = 3;

/// What the utility has told, and who has signed in.
const TOLD: [&str; 5] = ["login", "account", "meter", "reading", "charge"];

/// A file of the schema of that number, from 1, with what a phone of this version knows of the utility.
///
/// # Errors
/// SQLite's, which are a defect of the simulation.
pub fn of_schema(schema: usize, known: &Image) -> rusqlite::Result<Image> {
    let (newest, disk) = (SimDisk::from_image("newest", known), SimDisk::new("older"));
    let mut db = connect(&disk)?;
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    let version = i64::try_from(schema).unwrap_or(0);
    if schema > UNSEALED.len() {
        make_released(&mut db, version).map_err(of_sqlite)?;
    } else {
        UNSEALED.iter().take(schema).try_for_each(|step| db.execute_batch(step))?;
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
        db.pragma_update(None, "user_version", version)?;
    }
    db.execute("ATTACH ?1 AS newest", [newest.path(FILE_NAME).display().to_string()])?;
    for table in TOLD {
        let columns: Vec<String> = db
            .prepare(&format!("SELECT name FROM pragma_table_info('{table}', 'main')"))?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let columns = columns.join(", ");
        db.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newest.{table}"
        ))?;
    }
    db.execute_batch("INSERT INTO note (name, value) VALUES ('skew', 0); DETACH newest;")?;
    drop(db);
    Ok(disk.image())
}

pub(super) fn connect(disk: &SimDisk) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags_and_vfs(disk.path(FILE_NAME), OpenFlags::default(), VFS_NAME)?;
    lend_seal(&db).map_err(of_sqlite)?;
    Ok(db)
}

fn of_sqlite(error: StoreError) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

    use super::*;
    use crate::sim::Template;

    fn tables(db: &Connection) -> Vec<(String, String)> {
        let mut statement = db
            .prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1")
            .unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn an_older_file_has_the_tables_of_the_released_one() {
        let template = Template::new().unwrap();
        for (schema, released) in (1..).zip(["001.db", "002.db", "003.db"]) {
            let dir = tempfile::tempdir().unwrap();
            let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/tests/schemas");
            // SQLite puts companions beside whatever it reads.
            std::fs::copy(fixtures.join(released), dir.path().join(released)).unwrap();
            let released = Connection::open(dir.path().join(released)).unwrap();
            let made = SimDisk::from_image("made", &template.older[0][schema - 1]);
            assert_eq!(tables(&connect(&made).unwrap()), tables(&released));
        }
    }
}
