//! The store's own door to the files.

use std::io;
use std::path::Path;

use vodomer_core::store::Medium;

use super::change::FileId;
use super::fault::Failure;
use super::files::State;
use super::{SimDisk, TIME, VFS_NAME};

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Io => Self::other("the disk failed"),
            Failure::Full => Self::from(io::ErrorKind::StorageFull),
            Failure::Missing => Self::from(io::ErrorKind::NotFound),
        }
    }
}

impl SimDisk {
    fn name(&self, path: &Path) -> io::Result<String> {
        let rest = path.strip_prefix(self.root()).map_err(|_| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(format!("/{}", rest.display()))
    }

    fn with_file<T>(
        &self,
        path: &Path,
        make: bool,
        work: impl FnOnce(&mut State, FileId) -> Result<T, Failure>,
    ) -> io::Result<T> {
        let name = self.name(path)?;
        let mut state = self.state();
        let file = state.open(&name, make)?;
        let done = work(&mut state, file);
        state.close(file);
        Ok(done?)
    }
}

fn whole(state: &mut State, file: FileId) -> Result<Vec<u8>, Failure> {
    let mut bytes = vec![0; state.size(file)?];
    let length = state.read(file, 0, &mut bytes)?;
    bytes.truncate(length);
    Ok(bytes)
}

impl Medium for SimDisk {
    fn vfs(&self) -> Option<&'static str> {
        self.mount();
        Some(VFS_NAME)
    }

    fn create_dir(&self, _path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.with_file(path, false, whole)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.with_file(path, true, |state, file| {
            let end = state.size(file)?;
            state.write(file, end, bytes)
        })
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.with_file(path, true, |state, file| {
            state.truncate(file, 0)?;
            state.write(file, 0, bytes)?;
            state.sync(file, None)
        })
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.with_file(path, false, |state, file| state.sync(file, None))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (self.name(from)?, self.name(to)?);
        Ok(self.state().rename(&from, &to)?)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let name = self.name(path)?;
        match self.state().delete(&name, false) {
            Err(Failure::Missing) => Ok(()),
            other => Ok(other?),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        self.name(path).is_ok_and(|name| self.state().exists(&name).unwrap_or(false))
    }

    fn identity(&self, path: &Path) -> io::Result<u64> {
        let name = self.name(path)?;
        Ok(self.state().id(&name)?)
    }

    fn time(&self) -> i64 {
        TIME
    }
}
