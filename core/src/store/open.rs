//! Opening the file, or refusing it untouched.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::medium::Medium;
use super::schema::{self, APPLICATION_ID};
use super::{StoreError, seal};

/// The name of the database in its folder.
pub const FILE_NAME: &str = "vodomer.db";

const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";

pub(super) fn open(dir: &Path, medium: &dyn Medium) -> Result<Connection, StoreError> {
    medium.create_dir(dir).map_err(|_| StoreError::NotWritable)?;
    let path = dir.join(FILE_NAME);
    refuse_what_is_not_ours(&path, medium)?;
    let mut connection = connect(&path, OpenFlags::default(), medium)?;
    seal::lend(&connection)?;
    // FULL: with NORMAL a power cut takes acknowledged readings with it. MEMORY: Android has no temp folder.
    connection.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;",
    )?;
    schema::upgrade(&mut connection)?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags, medium: &dyn Medium) -> rusqlite::Result<Connection> {
    match medium.vfs() {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        None => Connection::open_with_flags(path, flags),
    }
}

/// Looks without writing: a file that is refused must stay as it was, byte for byte.
fn refuse_what_is_not_ours(path: &Path, medium: &dyn Medium) -> Result<(), StoreError> {
    let head = match medium.head(path, SQLITE_MAGIC.len()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(|_| StoreError::NotWritable)?,
    };
    if head.is_empty() {
        return Ok(());
    }
    if head != SQLITE_MAGIC {
        return Err(StoreError::NotOurs);
    }
    let peek = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, medium)?;
    let application: i64 = peek.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = peek.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = peek.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(StoreError::NotOurs);
    }
    if version > schema::newest() {
        return Err(StoreError::Newer { found: version, known: schema::newest() });
    }
    Ok(())
}

/// Moves a file that can't be opened aside, with its companions, never deleting a byte: `vodomer.db.aside-1`.
///
/// # Errors
/// [`StoreError::NotWritable`] when the folder does not let it; everything is then as it was.
pub fn set_aside(dir: &Path, medium: &dyn Medium) -> Result<PathBuf, StoreError> {
    let free = (1..)
        .map(|n| dir.join(format!("{FILE_NAME}.aside-{n}")))
        .find(|path| !medium.exists(path))
        .ok_or(StoreError::NotWritable)?;
    medium.rename(&dir.join(FILE_NAME), &free).map_err(|_| StoreError::NotWritable)?;
    for companion in ["-wal", "-shm"] {
        let from = dir.join(format!("{FILE_NAME}{companion}"));
        let mut to = free.clone().into_os_string();
        to.push(companion);
        if medium.exists(&from) {
            medium.rename(&from, Path::new(&to)).map_err(|_| StoreError::NotWritable)?;
        }
    }
    Ok(free)
}

#[cfg(test)]
mod tests {
    use super::super::medium::RealMedium;
    use super::*;

    fn open(dir: &Path) -> Result<Connection, StoreError> {
        super::open(dir, &RealMedium)
    }

    fn set_aside(dir: &Path) -> Result<PathBuf, StoreError> {
        super::set_aside(dir, &RealMedium)
    }

    fn refused(content: impl FnOnce(&Path)) -> StoreError {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE_NAME);
        content(&path);
        let before = std::fs::read(&path).unwrap();
        let error = open(dir.path()).unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), before, "a refused file stays as it was");
        error
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_and_left_alone() {
        let error = refused(|path| std::fs::write(path, "Показания за ноябрь: 123").unwrap());
        assert!(matches!(error, StoreError::NotOurs), "{error:?}");
    }

    #[test]
    fn somebody_elses_database_is_refused_and_left_alone() {
        let error = refused(|path| {
            Connection::open(path).unwrap().execute_batch("CREATE TABLE song (title TEXT)").unwrap();
        });
        assert!(matches!(error, StoreError::NotOurs), "{error:?}");
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let error = refused(|path| {
            drop(open(path.parent().unwrap()).unwrap());
            Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        });
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    }

    #[test]
    fn what_is_set_aside_keeps_its_bytes_and_makes_room() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE_NAME), "damaged").unwrap();
        let aside = set_aside(dir.path()).unwrap();
        assert_eq!(std::fs::read(&aside).unwrap(), b"damaged");
        open(dir.path()).unwrap();
        std::fs::write(dir.path().join(FILE_NAME), "again").unwrap();
        assert_ne!(set_aside(dir.path()).unwrap(), aside);
    }

    #[test]
    fn an_open_database_writes_through_to_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let connection = open(dir.path()).unwrap();
        let pragma = |name| connection.pragma_query_value(None, name, |r| r.get::<_, i64>(0)).unwrap();
        assert_eq!(pragma("synchronous"), 2);
        let mode: String = connection.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }
}
