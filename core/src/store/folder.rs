//! The folder of the database: what lies in it, and who may touch it.

use std::any::Any;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::medium::{Locking, Medium};

/// The name of the database in its folder.
pub const FILE_NAME: &str = "vodomer.db";

/// A file that processes lock, never written.
const LOCK: &str = "vodomer.lock";

/// What SQLite puts beside a database.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The folder, on its disk.
pub(super) struct Folder {
    dir: PathBuf,
    pub medium: Arc<dyn Medium>,
}

impl Folder {
    pub fn new(dir: &Path, medium: Arc<dyn Medium>) -> Self {
        Self { dir: dir.to_owned(), medium }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    pub fn database(&self) -> PathBuf {
        self.file(FILE_NAME)
    }

    /// Waits for the lock of the folder: writers share it, whoever changes the files themselves has it alone.
    ///
    /// A file system without locks has one process at most, or nobody would have made it an app's private folder.
    pub fn lock(&self, locking: Locking) -> Option<Box<dyn Any>> {
        self.medium.lock(&self.file(LOCK), locking).ok()
    }

    /// Tells the database's file from one that has taken its name since; none when that can't be told.
    pub fn identity(&self) -> Option<u64> {
        match self.medium.identity(&self.database()) {
            Ok(identity) => Some(identity),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(0),
            Err(_) => None,
        }
    }

    /// Gives a file and what lies beside it another name; what is not there stays away.
    pub fn rename_with_companions(&self, from: &Path, to: &Path) -> io::Result<()> {
        for suffix in COMPANIONS.iter().chain(&[""]) {
            let from = beside(from, suffix);
            if self.medium.exists(&from) {
                self.medium.rename(&from, &beside(to, suffix))?;
            }
        }
        Ok(())
    }

    /// Removes a file with what lies beside it.
    pub fn remove_with_companions(&self, path: &Path) -> io::Result<()> {
        COMPANIONS.iter().chain(&[""]).try_for_each(|suffix| self.medium.remove(&beside(path, suffix)))
    }
}

/// A file's name with something after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    PathBuf::from(name)
}
