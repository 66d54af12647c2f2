//! Who holds which lock: of a database file, and of its shared memory. All of it ends with the power.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::FileId;
use super::shared_memory::SharedMemory;

/// An open file.
pub(super) type HandleId = u64;

/// How much of a database a connection has for itself; the order is SQLite's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Level {
    #[default]
    None,
    Shared,
    Reserved,
    Pending,
    Exclusive,
}

/// Somebody else has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken;

#[derive(Default)]
pub(super) struct Locks {
    levels: BTreeMap<(FileId, HandleId), Level>,
    shared: BTreeMap<FileId, Node>,
}

/// The shared memory of one database, and the bits of its locks by holder.
#[derive(Default)]
struct Node {
    memory: Arc<SharedMemory>,
    holders: BTreeMap<HandleId, Held>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    shared: u32,
    exclusive: u32,
}

impl Locks {
    pub fn level(&self, file: FileId, handle: HandleId) -> Level {
        self.levels.get(&(file, handle)).copied().unwrap_or_default()
    }

    /// The most that anybody else has.
    pub fn others(&self, file: FileId, handle: HandleId) -> Level {
        let of_file = self.levels.range((file, 0)..=(file, HandleId::MAX));
        of_file.filter(|((_, id), _)| *id != handle).map(|(_, level)| *level).max().unwrap_or_default()
    }

    pub fn lock(&mut self, file: FileId, handle: HandleId, wanted: Level) -> Result<(), Taken> {
        if self.level(file, handle) >= wanted {
            return Ok(());
        }
        let others = self.others(file, handle);
        let granted = match wanted {
            Level::None | Level::Shared => others < Level::Pending,
            Level::Reserved | Level::Pending => others < Level::Reserved,
            Level::Exclusive if others >= Level::Reserved => false,
            Level::Exclusive => {
                let level = if others == Level::None { Level::Exclusive } else { Level::Pending };
                self.levels.insert((file, handle), level);
                return if level == Level::Exclusive { Ok(()) } else { Err(Taken) };
            }
        };
        if !granted {
            return Err(Taken);
        }
        self.levels.insert((file, handle), wanted);
        Ok(())
    }

    pub fn unlock(&mut self, file: FileId, handle: HandleId, down_to: Level) {
        if down_to == Level::None {
            self.levels.remove(&(file, handle));
        } else if self.level(file, handle) > down_to {
            self.levels.insert((file, handle), down_to);
        }
    }

    /// The shared memory of a database, joined.
    pub fn join(&mut self, file: FileId, handle: HandleId) -> Arc<SharedMemory> {
        let node = self.shared.entry(file).or_default();
        node.holders.entry(handle).or_default();
        Arc::clone(&node.memory)
    }

    /// The last to leave takes the memory with it: the next one recovers from the log, as on a phone.
    pub fn leave(&mut self, file: FileId, handle: HandleId) {
        if let Some(node) = self.shared.get_mut(&file) {
            node.holders.remove(&handle);
            if node.holders.is_empty() {
                self.shared.remove(&file);
            }
        }
    }

    pub fn lock_shared(&mut self, file: FileId, handle: HandleId, bits: u32) -> Result<(), Taken> {
        self.try_lock(file, handle, bits, |held| held.exclusive, |held| held.shared |= bits)
    }

    pub fn lock_exclusive(&mut self, file: FileId, handle: HandleId, bits: u32) -> Result<(), Taken> {
        self.try_lock(file, handle, bits, |held| held.exclusive | held.shared, |held| held.exclusive |= bits)
    }

    pub fn unlock_bits(&mut self, file: FileId, handle: HandleId, bits: u32) {
        if let Some(held) = self.shared.get_mut(&file).and_then(|node| node.holders.get_mut(&handle)) {
            held.shared &= !bits;
            held.exclusive &= !bits;
        }
    }

    fn try_lock(
        &mut self,
        file: FileId,
        handle: HandleId,
        bits: u32,
        hinders: impl Fn(&Held) -> u32,
        take: impl FnOnce(&mut Held),
    ) -> Result<(), Taken> {
        let node = self.shared.entry(file).or_default();
        if node.holders.iter().any(|(id, held)| *id != handle && hinders(held) & bits != 0) {
            return Err(Taken);
        }
        take(node.holders.entry(handle).or_default());
        Ok(())
    }
}
