//! The files: what is synced, what waits for a sync, and which name leads where.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::{Change, FileId, Waiting, apply, apply_to_names, folder};
use super::fault::{Failure, Faults, Kind, Leave, Lie};
use super::image::Image;
use super::locks::{HandleId, Locks};

#[derive(Debug, Clone, Default)]
pub(super) struct Contents {
    pub synced: Arc<Vec<u8>>,
    /// With everything that waits.
    pub seen: Arc<Vec<u8>>,
    handles: u32,
}

/// The disk's state.
#[derive(Default)]
pub(super) struct State {
    pub files: BTreeMap<FileId, Contents>,
    pub names: BTreeMap<String, FileId>,
    pub synced_names: BTreeMap<String, FileId>,
    /// Of all files, in the order of their making.
    pub waiting: Vec<Waiting>,
    pub faults: Faults,
    pub locks: Locks,
    /// Which power-on this is: files opened in an earlier one are unusable.
    pub generation: u64,
    dead: bool,
    last_file: FileId,
    last_handle: HandleId,
}

impl State {
    pub fn exists(&mut self, name: &str) -> Result<bool, Failure> {
        self.look()?;
        Ok(self.names.contains_key(name))
    }

    pub fn size(&mut self, file: FileId) -> Result<usize, Failure> {
        self.look()?;
        Ok(self.seen_of(file)?.len())
    }

    pub fn id(&mut self, name: &str) -> Result<FileId, Failure> {
        self.look()?;
        self.names.get(name).copied().ok_or(Failure::Missing)
    }

    /// Opens a file, and makes it if that is wanted; to be closed by [`State::close`].
    pub fn open(&mut self, name: &str, make: bool) -> Result<FileId, Failure> {
        let known = self.names.get(name).copied();
        let leave = self.admit(if known.is_none() && make { Kind::Create } else { Kind::Open })?;
        let file = match known {
            Some(file) => file,
            None if make => {
                let file = self.nameless();
                self.names.insert(name.to_owned(), file);
                self.wait(file, Change::Link { name: name.to_owned() });
                file
            }
            None => return Err(Failure::Missing),
        };
        self.survive(leave)?;
        if let Some(contents) = self.files.get_mut(&file) {
            contents.handles += 1;
        }
        Ok(file)
    }

    /// A file without a name, for SQLite's temporary ones.
    pub fn nameless(&mut self) -> FileId {
        self.last_file += 1;
        self.files.insert(self.last_file, Contents::default());
        self.last_file
    }

    pub fn close(&mut self, file: FileId) {
        if let Some(contents) = self.files.get_mut(&file) {
            contents.handles = contents.handles.saturating_sub(1);
        }
        self.forget_if_unreachable(file);
    }

    /// Fills the buffer from the offset; gives how much there was.
    pub fn read(&mut self, file: FileId, offset: usize, buffer: &mut [u8]) -> Result<usize, Failure> {
        let leave = self.admit(Kind::Read)?;
        self.survive(leave)?;
        let seen = self.seen_of(file)?;
        let there = seen.get(offset..).unwrap_or_default();
        let wanted = if leave == Leave::Cut { buffer.len() / 2 } else { buffer.len() };
        let length = wanted.min(there.len());
        buffer[..length].copy_from_slice(&there[..length]);
        if leave == Leave::Cut { Err(Failure::Io) } else { Ok(length) }
    }

    pub fn write(&mut self, file: FileId, offset: usize, bytes: &[u8]) -> Result<(), Failure> {
        let leave = self.admit(Kind::Write)?;
        let landing = if leave == Leave::Cut { &bytes[..bytes.len() / 2] } else { bytes };
        self.faults.counts.bytes_written += landing.len() as u64;
        self.do_and_wait(file, Change::Write { offset, bytes: landing.into() })?;
        self.survive(leave)?;
        if leave == Leave::Cut { Err(Failure::Full) } else { Ok(()) }
    }

    pub fn truncate(&mut self, file: FileId, length: usize) -> Result<(), Failure> {
        let leave = self.admit(Kind::Truncate)?;
        self.do_and_wait(file, Change::Truncate { length })?;
        self.survive(leave)
    }

    /// Syncs a file, and the folder of a name if one is given.
    pub fn sync(&mut self, file: FileId, folder_of: Option<&str>) -> Result<(), Failure> {
        let leave = self.admit(Kind::Sync)?;
        self.survive(leave)?;
        if !self.lies_about(file) {
            self.settle(|waited| waited.file == file);
            if let Some(name) = folder_of {
                self.sync_folder(name);
            }
        }
        Ok(())
    }

    pub fn delete(&mut self, name: &str, folder_synced: bool) -> Result<(), Failure> {
        let leave = self.admit(Kind::Delete)?;
        let file = self.names.remove(name).ok_or(Failure::Missing)?;
        self.wait(file, Change::Unlink { name: name.to_owned() });
        self.survive(leave)?;
        if folder_synced {
            self.sync_folder(name);
        }
        self.forget_if_unreachable(file);
        Ok(())
    }

    /// Renames, and syncs the folder.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Failure> {
        let leave = self.admit(Kind::Rename)?;
        let file = self.names.remove(from).ok_or(Failure::Missing)?;
        self.names.insert(to.to_owned(), file);
        self.wait(file, Change::Rename { from: from.to_owned(), to: to.to_owned() });
        self.survive(leave)?;
        self.sync_folder(to);
        Ok(())
    }

    /// Shared memory grows.
    pub fn map(&mut self) -> Result<(), Failure> {
        let leave = self.admit(Kind::Map)?;
        self.survive(leave)
    }

    pub fn is_empty(&self, name: &str) -> bool {
        self.names
            .get(name)
            .and_then(|file| self.files.get(file))
            .is_none_or(|contents| contents.seen.is_empty())
    }

    /// A number for an open file.
    pub fn next_handle(&mut self) -> HandleId {
        self.last_handle += 1;
        self.last_handle
    }

    /// Whether a name leads to the file still.
    pub fn is_named(&self, file: FileId, name: &str) -> bool {
        self.names.get(name) == Some(&file)
    }

    pub fn contents(&self, name: &str) -> Option<Vec<u8>> {
        let file = self.names.get(name)?;
        Some(self.files.get(file)?.seen.to_vec())
    }

    pub fn put(&mut self, name: &str, bytes: Vec<u8>) {
        let file = self.nameless();
        let bytes = Arc::new(bytes);
        self.files.insert(file, Contents { synced: Arc::clone(&bytes), seen: bytes, handles: 0 });
        self.names.insert(name.to_owned(), file);
        self.synced_names.insert(name.to_owned(), file);
    }

    pub fn seen(&self) -> Image {
        let named = self.names.iter();
        Image(
            named
                .filter_map(|(name, file)| Some((name.clone(), Arc::clone(&self.files.get(file)?.seen))))
                .collect(),
        )
    }

    pub fn fork(&self) -> Self {
        let mut files = self.files.clone();
        files.values_mut().for_each(|contents| contents.handles = 0);
        Self {
            files,
            names: self.names.clone(),
            synced_names: self.synced_names.clone(),
            waiting: self.waiting.clone(),
            last_file: self.last_file,
            ..Self::default()
        }
    }

    pub fn die(&mut self) {
        self.dead = true;
    }

    /// Turns the power on with these files.
    pub fn replace(&mut self, image: &Image) {
        self.abandon();
        self.files.clear();
        self.names.clear();
        self.waiting.clear();
        for (name, bytes) in &image.0 {
            let file = self.nameless();
            self.files
                .insert(file, Contents { synced: Arc::clone(bytes), seen: Arc::clone(bytes), handles: 0 });
            self.names.insert(name.clone(), file);
        }
        self.synced_names = self.names.clone();
        self.faults.plan = None;
        self.dead = false;
    }

    /// Whoever had files open is gone.
    pub fn abandon(&mut self) {
        self.generation += 1;
        self.locks = Locks::default();
        self.files.values_mut().for_each(|contents| contents.handles = 0);
    }

    fn admit(&mut self, kind: Kind) -> Result<Leave, Failure> {
        if self.dead {
            return Err(Failure::Io);
        }
        let leave = self.faults.admit(kind)?;
        self.dead = leave == Leave::LastBreath;
        Ok(leave)
    }

    fn look(&mut self) -> Result<(), Failure> {
        let leave = self.admit(Kind::Look)?;
        self.survive(leave)
    }

    /// Nobody hears of what was done in the last breath.
    fn survive(&self, leave: Leave) -> Result<(), Failure> {
        if leave == Leave::LastBreath { Err(Failure::Io) } else { Ok(()) }
    }

    fn seen_of(&self, file: FileId) -> Result<&[u8], Failure> {
        self.files.get(&file).map(|contents| contents.seen.as_slice()).ok_or(Failure::Missing)
    }

    fn wait(&mut self, file: FileId, change: Change) {
        self.waiting.push(Waiting { file, change });
    }

    fn do_and_wait(&mut self, file: FileId, change: Change) -> Result<(), Failure> {
        let contents = self.files.get_mut(&file).ok_or(Failure::Missing)?;
        apply(Arc::make_mut(&mut contents.seen), &change);
        self.wait(file, change);
        Ok(())
    }

    fn sync_folder(&mut self, of: &str) {
        if self.faults.lie != Some(Lie::AllSyncs) {
            let wanted = folder(of).to_owned();
            self.settle(|waited| waited.change.name().is_some_and(|name| folder(name) == wanted));
        }
    }

    /// Makes durable what is chosen of what waits, and what a chosen name was before: its past is over.
    fn settle(&mut self, chosen: impl Fn(&Waiting) -> bool) {
        let waiting = std::mem::take(&mut self.waiting);
        let settled: Vec<usize> = (0..waiting.len()).filter(|index| chosen(&waiting[*index])).collect();
        let names =
            settled.iter().filter_map(|index| Some((waiting[*index].change.name()?.to_owned(), *index)));
        let last: BTreeMap<String, usize> = names.collect();
        for (index, waited) in waiting.into_iter().enumerate() {
            let past = waited.change.name().and_then(|name| last.get(name)).is_some_and(|last| index < *last);
            if past || settled.binary_search(&index).is_ok() {
                self.make_durable(waited);
            } else {
                self.waiting.push(waited);
            }
        }
    }

    fn make_durable(&mut self, waited: Waiting) {
        apply_to_names(&mut self.synced_names, &waited);
        if let Some(contents) = self.files.get_mut(&waited.file)
            && matches!(waited.change, Change::Write { .. } | Change::Truncate { .. })
        {
            apply(Arc::make_mut(&mut contents.synced), &waited.change);
        }
    }

    fn lies_about(&self, file: FileId) -> bool {
        match self.faults.lie {
            None => false,
            Some(Lie::AllSyncs) => true,
            Some(Lie::LogSyncs) => self.names.iter().any(|(name, id)| *id == file && name.ends_with("-wal")),
        }
    }

    fn forget_if_unreachable(&mut self, file: FileId) {
        let named = self.names.values().chain(self.synced_names.values()).any(|id| *id == file);
        let linking =
            |w: &Waiting| w.file == file && matches!(w.change, Change::Link { .. } | Change::Rename { .. });
        let open = self.files.get(&file).is_some_and(|contents| contents.handles > 0);
        if !named && !open && !self.waiting.iter().any(linking) {
            self.files.remove(&file);
            self.waiting.retain(|w| w.file != file);
        }
    }
}
