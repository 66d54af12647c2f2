//! The disk, as far as the store asks it anything besides SQL: a seam, so that a test can pull the battery out.

use std::any::Any;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// How a lock is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locking {
    /// Together with others who share it.
    Shared,
    /// Alone.
    Alone,
}

/// What the store does with files.
pub trait Medium: Send + Sync {
    /// The name of SQLite's own way to the files; none for the system's.
    fn vfs(&self) -> Option<&'static str> {
        None
    }

    /// Makes a folder, if it is not there.
    ///
    /// # Errors
    /// Whatever the disk says; this holds for all of these.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// A file's bytes; an error of the kind `NotFound` when there is none.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// A file's first bytes.
    fn head(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.read(path)?;
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Adds bytes to a file's end, and makes the file if needed. Nothing is synced.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Writes a whole file and syncs it.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Syncs a file.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Gives a file another name, in the place of what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file; one that is not there is no error.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Whether a file is there.
    fn exists(&self, path: &Path) -> bool;

    /// Tells a file from another that has taken its name since.
    fn identity(&self, path: &Path) -> io::Result<u64>;

    /// The time that files are stamped with, UTC milliseconds.
    fn time(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// Waits for a lock on a file, against other processes; it ends when what is given is dropped. A disk in memory
    /// has one process, and needs none.
    fn lock(&self, _path: &Path, _locking: Locking) -> io::Result<Box<dyn Any>> {
        Ok(Box::new(()))
    }
}

/// The system's files.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealMedium;

impl Medium for RealMedium {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn head(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).create(true).open(path)?.write_all(bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)?;
        // The new name is on the disk only when its folder is.
        to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn identity(&self, path: &Path) -> io::Result<u64> {
        use std::os::unix::fs::MetadataExt;
        Ok(path.metadata()?.ino())
    }

    fn lock(&self, path: &Path, locking: Locking) -> io::Result<Box<dyn Any>> {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        match locking {
            Locking::Shared => file.lock_shared()?,
            Locking::Alone => file.lock()?,
        }
        Ok(Box::new(file))
    }
}
