//! Opening the file, or refusing it untouched.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::folder::{FILE_NAME, Folder, beside};
use super::medium::Medium;
use super::schema::{self, APPLICATION_ID};
use super::{StoreError, seal, verify};

/// As many statements as the store has: compiling one, with the triggers that seal its table, takes longer than running
/// it.
const STATEMENTS: usize = 128;

/// Where the header of an SQLite file has the application's number.
const APPLICATION_ID_AT: std::ops::Range<usize> = 68..72;

const COUNT_TABLES: &str = "SELECT count(*) FROM sqlite_schema";

/// Where the header of a rollback journal has the number of pages that the file had before.
const PAGES_BEFORE_AT: std::ops::Range<usize> = 16..20;

/// Opens the folder's database in the newest schema, found sound by a look at it.
///
/// # Errors
/// A file that is refused is as it was, byte for byte.
pub(super) fn open(folder: &Folder, look: verify::Look) -> Result<Connection, StoreError> {
    folder.medium.create_dir(folder.dir()).map_err(|_| StoreError::NotWritable)?;
    let path = folder.database();
    if folder.medium.exists(&path) {
        examine(folder)?;
    }
    let mut connection = connect(&path, OpenFlags::default(), folder.medium.as_ref())?;
    seal::lend(&connection)?;
    look(&connection)?;
    // FULL: with NORMAL a power cut takes acknowledged readings with it. MEMORY: Android has no temp folder.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;",
    )?;
    schema::upgrade(&mut connection)?;
    // SQLite opens for reading alone, without a word, what it can't write.
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;")?;
    Ok(connection)
}

/// Opens what is there to be read, where nothing can be written: a disk that went read-only, or is so full that not even
/// the index of the log has room.
pub(super) fn open_to_read(folder: &Folder) -> Result<Connection, StoreError> {
    let (path, medium) = (folder.database(), folder.medium.as_ref());
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let usual = connect(&path, flags, medium).map_err(StoreError::from).and_then(sound_to_read);
    let log_is_empty = medium.head(&beside(&path, "-wal"), 1).is_ok_and(|head| head.is_empty())
        || !medium.exists(&beside(&path, "-wal"));
    if usual.is_ok() || !log_is_empty {
        return usual;
    }
    // Without a log the file says everything by itself, and needs nothing beside it.
    let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let uri = format!("file:{escaped}?immutable=1");
    let db = connect(Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI, medium)?;
    sound_to_read(db)
}

fn sound_to_read(db: Connection) -> Result<Connection, StoreError> {
    seal::lend(&db)?;
    db.execute_batch("PRAGMA temp_store = MEMORY;")?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version != schema::newest() {
        return Err(StoreError::NotWritable);
    }
    verify::at_opening(&db)?;
    Ok(db)
}

/// Connects, and changes nothing.
///
/// SQLite empties its log into the file when the last connection closes: a damaged file, or one that has lost its name,
/// stays as it is. [`let_go`] does it for a sound one.
pub(super) fn connect(path: &Path, flags: OpenFlags, medium: &dyn Medium) -> rusqlite::Result<Connection> {
    let connection = match medium.vfs() {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        None => Connection::open_with_flags(path, flags),
    }?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // No plan depends on what a parameter is: otherwise each new value compiles the statement anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch("PRAGMA busy_timeout = 10000; PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}

/// Closes a connection whose file still has its name.
pub(super) fn let_go(connection: Connection) {
    if connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).is_err() {
        log::warn!("the database's log is not emptied");
    }
}

/// Looks without writing: a file that is refused must stay as it was.
fn examine(folder: &Folder) -> Result<(), StoreError> {
    let peek = connect(&folder.database(), OpenFlags::SQLITE_OPEN_READ_ONLY, folder.medium.as_ref())?;
    let number = |name| peek.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 = match peek.query_row(COUNT_TABLES, [], |row| row.get(0)) {
        // Its making, or its change to a log, was cut short. SQLite takes that back once it may write.
        Err(error) if wants_a_rollback(&error) && may_roll_back(folder) => {
            let db = connect(&folder.database(), OpenFlags::default(), folder.medium.as_ref())?;
            let _tables: i64 = db.query_row(COUNT_TABLES, [], |row| row.get(0))?;
            drop(db);
            return examine(folder);
        }
        other => other?,
    };
    if number("application_id")? != APPLICATION_ID && tables > 0 {
        return Err(StoreError::NotOurs);
    }
    let (found, known) = (number("user_version")?, schema::newest());
    if found > known {
        // The number of a version to come, on the schema of ours: a flipped bit.
        let flipped = (found ^ known).count_ones() == 1
            && verify::kept_fingerprint(&peek).ok().flatten() == Some(verify::fingerprint(&peek, known)?);
        return Err(if flipped { StoreError::Damaged } else { StoreError::Newer { found, known } });
    }
    if found == 0 && tables > 0 {
        return Err(StoreError::Damaged);
    }
    Ok(())
}

fn wants_a_rollback(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK)
}

/// The file had no page before the change that its rollback journal takes back, or is known to be ours.
fn may_roll_back(folder: &Folder) -> bool {
    let journal = folder.file(&format!("{FILE_NAME}-journal"));
    let head = folder.medium.head(&journal, PAGES_BEFORE_AT.end).unwrap_or_default();
    let was_empty = head.get(PAGES_BEFORE_AT) == Some([0; 4].as_slice());
    was_empty || says_it_is_ours(folder) || super::journal::lies_in(folder)
}

/// The file says by its header that it is ours, whatever else is wrong with it.
pub(super) fn says_it_is_ours(folder: &Folder) -> bool {
    let head = folder.medium.head(&folder.database(), APPLICATION_ID_AT.end).unwrap_or_default();
    let number = head.get(APPLICATION_ID_AT).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
    number.is_some_and(|bytes| i64::from(i32::from_be_bytes(bytes)) == APPLICATION_ID)
}

/// Something else has the file's name: a folder.
pub(super) fn is_no_file(folder: &Folder) -> bool {
    let head = folder.medium.head(&folder.database(), 1);
    head.is_err_and(|error| error.kind() == std::io::ErrorKind::IsADirectory)
}

/// Moves a file that can't be opened aside, with its companions, never deleting a byte: `vodomer.db.aside-1`.
///
/// # Errors
/// [`StoreError::NotWritable`] when the folder does not let it; everything is then as it was.
pub fn set_aside(dir: &Path, medium: std::sync::Arc<dyn Medium>) -> Result<PathBuf, StoreError> {
    let folder = Folder::new(dir, medium);
    let _alone = folder.lock(super::Locking::Alone);
    if !folder.medium.exists(&folder.database()) {
        return Err(StoreError::NotWritable);
    }
    aside(&folder)
}

/// The same under a lock that is held already.
pub(super) fn aside(folder: &Folder) -> Result<PathBuf, StoreError> {
    let free = (1..)
        .map(|n| folder.file(&format!("{FILE_NAME}.aside-{n}")))
        .find(|path| !folder.medium.exists(path))
        .ok_or(StoreError::NotWritable)?;
    folder.rename_with_companions(&folder.database(), &free).map_err(|_| StoreError::NotWritable)?;
    Ok(free)
}

/// Removes the files that were set aside, the last first: their numbers have no gap, whenever it is cut short.
pub(super) fn remove_aside(folder: &Folder) -> Result<(), StoreError> {
    let mut files: Vec<PathBuf> = (1..)
        .map(|n| folder.file(&format!("{FILE_NAME}.aside-{n}")))
        .take_while(|path| folder.medium.exists(path))
        .collect();
    files.reverse();
    files.iter().try_for_each(|path| folder.remove_with_companions(path)).map_err(|_| StoreError::NotWritable)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::medium::RealMedium;
    use super::*;

    fn open(dir: &Path) -> Result<Connection, StoreError> {
        super::open(&Folder::new(dir, Arc::new(RealMedium)), verify::at_opening)
    }

    fn set_aside(dir: &Path) -> Result<PathBuf, StoreError> {
        super::set_aside(dir, Arc::new(RealMedium))
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

    /// Copies a database and its rollback journal in the middle of a change.
    fn cut_short(dir: &Path, before: &str) {
        let elsewhere = tempfile::tempdir().unwrap();
        let from = elsewhere.path().join(FILE_NAME);
        let db = Connection::open(&from).unwrap();
        db.execute_batch(before).unwrap();
        db.execute_batch("PRAGMA cache_size = 1; BEGIN; CREATE TABLE t (x TEXT);").unwrap();
        for _ in 0..20 {
            db.execute("INSERT INTO t VALUES (hex(zeroblob(1000)))", []).unwrap();
        }
        for name in [FILE_NAME.to_owned(), format!("{FILE_NAME}-journal")] {
            std::fs::copy(elsewhere.path().join(&name), dir.join(&name)).unwrap();
        }
    }

    #[test]
    fn a_file_whose_making_was_cut_short_is_made_anew() {
        let dir = tempfile::tempdir().unwrap();
        cut_short(dir.path(), "");
        assert!(std::fs::metadata(dir.path().join(FILE_NAME)).unwrap().len() > 4096, "something was written");
        drop(open(dir.path()).unwrap());
        assert!(!dir.path().join(format!("{FILE_NAME}-journal")).exists());
    }

    #[test]
    fn a_change_of_ours_that_was_cut_short_is_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        cut_short(dir.path(), &format!("CREATE TABLE u (x); PRAGMA application_id = {APPLICATION_ID}"));
        // A table without the schema's number is damage, which is found once the change is taken back.
        assert!(matches!(open(dir.path()), Err(StoreError::Damaged)));
        assert!(!dir.path().join(format!("{FILE_NAME}-journal")).exists());
    }

    #[test]
    fn somebody_elses_change_that_was_cut_short_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        cut_short(dir.path(), "CREATE TABLE song (title TEXT)");
        let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
        let before = (read(FILE_NAME), read(&format!("{FILE_NAME}-journal")));
        open(dir.path()).unwrap_err();
        assert_eq!((read(FILE_NAME), read(&format!("{FILE_NAME}-journal"))), before);
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
    fn a_statement_is_compiled_once_however_often_it_is_asked() {
        let dir = tempfile::tempdir().unwrap();
        let connection = open(dir.path()).unwrap();
        let asks =
            "SELECT item_id FROM outbox WHERE meter_id = ?1 AND period = ?2 AND kind = ?3 AND state = ?4";
        let mut statement = connection.prepare(asks).unwrap();
        for state in ["queued", "sending", "rejected"] {
            assert!(!statement.exists(("m", "2026-11", "reading", state)).unwrap());
        }
        assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
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

    #[test]
    fn of_files_that_were_set_aside_none_stays_when_their_removal_is_cut_short_and_begun_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path(), Arc::new(RealMedium));
        let aside = |n: u32| dir.path().join(format!("{FILE_NAME}.aside-{n}"));
        std::fs::write(aside(1), "first").unwrap();
        // A folder of that name: it can't be removed as a file.
        std::fs::create_dir(aside(2)).unwrap();
        remove_aside(&folder).unwrap_err();
        std::fs::remove_dir(aside(2)).unwrap();
        std::fs::write(aside(2), "second").unwrap();
        remove_aside(&folder).unwrap();
        assert!(!aside(1).exists() && !aside(2).exists());
    }
}
