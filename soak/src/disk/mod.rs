//! A disk in memory whose battery can be pulled out, and which can fail at any of its operations.
//!
//! One set of files is seen through two doors: an SQLite VFS (named [`VFS_NAME`]) and
//! [`Medium`]. It has full WAL support, shared memory included. Folders are not modelled: any
//! is there.
//!
//! What a power loss may do:
//! - Each file has synced contents, and writes and truncations that wait for a sync, in the order of their making.
//!   Any part of what waits may survive, in any order, torn between sectors of 512 bytes, or as random bytes.
//!   Bytes beside a write are never harmed: SQLite's unix VFS promises `POWERSAFE_OVERWRITE`, and so does this.
//! - A new file's name is durable with the file's first sync. Before that it may be gone, or there with nothing in it.
//! - A sync of the folder makes every change of its names durable. [`Medium::rename`] ends with one, and so do SQLite's
//!   first sync of a log or journal that it opened and a removal that asks for it, as in its unix VFS.
//! - A file that was removed without one (SQLite's log at closing, [`Medium::remove`]) may come back, as it was
//!   synced last.
//! - Locks and shared memory are gone.
//!
//! A disk is used by one thread at a time. SQLite's calls carry only a path, so each disk lies in a folder of its
//! own ([`SimDisk::root`]), which a registry of the thread resolves; there are no global locks.
//!
//! [`Medium`]: vodomer_core::store::Medium
//! [`Medium::rename`]: vodomer_core::store::Medium::rename
//! [`Medium::remove`]: vodomer_core::store::Medium::remove

mod change;
mod fault;
mod files;
mod image;
mod locks;
mod medium;
mod registry;
mod shared_memory;
#[cfg(test)]
mod tests;
mod vfs;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use fault::{Counts, Fault, Kind, Lie, Plan};
pub use image::{Image, Survival};
pub use vfs::VFS_NAME;

use files::State;

/// What the disk's clock always shows: 23 November 2026, 9:00 UTC.
const TIME: i64 = 1_795_424_400_000;

/// The disk; clones are the same disk.
#[derive(Clone)]
pub struct SimDisk {
    root: Arc<str>,
    state: Arc<Mutex<State>>,
}

impl SimDisk {
    /// An empty disk under `/name`. On one thread, disks in use at the same time need different names.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::with(name, State::default())
    }

    /// A disk that holds an image, all of it synced.
    #[must_use]
    pub fn from_image(name: &str, image: &Image) -> Self {
        let disk = Self::new(name);
        disk.state().replace(image);
        disk
    }

    fn with(name: &str, state: State) -> Self {
        let root = format!("/{name}");
        let disk = Self { root: root.into(), state: Arc::new(Mutex::new(state)) };
        disk.mount();
        disk
    }

    /// Makes this thread's SQLite find the disk. Needed only where a disk goes to another thread: making it and
    /// opening a database on it as a `Medium` do so by themselves.
    pub fn mount(&self) {
        vfs::register();
        registry::mount(&self.root, &self.state);
    }

    /// The folder to open a core in.
    #[must_use]
    pub fn root(&self) -> &Path {
        Path::new(&*self.root)
    }

    /// A file's path on the disk.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join(file)
    }

    /// Another disk with the same contents, what waits for a sync included; cheap, as they share the bytes until one
    /// of them writes. It has no plan and no counts.
    #[must_use]
    pub fn fork(&self, name: &str) -> Self {
        Self::with(name, self.state().fork())
    }

    /// A file's bytes as a reader sees them now.
    #[must_use]
    pub fn load(&self, file: &str) -> Option<Vec<u8>> {
        self.state().contents(&local(file))
    }

    /// Puts a file on the disk, synced.
    pub fn save(&self, file: &str, bytes: Vec<u8>) {
        self.state().put(&local(file), bytes);
    }

    /// All files as a reader sees them now.
    #[must_use]
    pub fn image(&self) -> Image {
        self.state().seen()
    }

    /// What a power loss now could leave: one image for each way of [`Survival`], without repetitions.
    #[must_use]
    pub fn images(&self, seed: u64) -> Vec<(Survival, Image)> {
        let mut images: Vec<(Survival, Image)> = Vec::new();
        for survival in Survival::ALL {
            let image = self.survivors(survival, seed);
            if images.iter().all(|(_, known)| *known != image) {
                images.push((survival, image));
            }
        }
        images
    }

    /// What a power loss now would leave, one way; the disk itself goes on.
    #[must_use]
    pub fn survivors(&self, survival: Survival, seed: u64) -> Image {
        image::survivors(&self.state(), survival, seed)
    }

    /// Pulls the battery: from now on every operation of whoever has files open fails.
    pub fn power_off(&self) {
        self.state().die();
    }

    /// Puts an image in place and turns the power on; files that were open stay unusable. The plan is over.
    pub fn restart(&self, image: &Image) {
        self.state().replace(image);
    }

    /// The process is killed: open files become unusable, locks and shared memory are gone, and every byte that was
    /// written is still there, synced or not.
    pub fn kill(&self) {
        self.state().abandon();
    }

    /// What is to go wrong, in the place of what was planned before.
    pub fn plan(&self, plan: Option<Plan>) {
        self.state().faults.plan = plan;
    }

    /// Whether the plan has struck.
    #[must_use]
    pub fn struck(&self) -> bool {
        self.state().faults.struck
    }

    /// A lie that the disk tells of its syncs.
    pub fn lie(&self, lie: Option<Lie>) {
        self.state().faults.lie = lie;
    }

    /// What was done so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.state().faults.counts
    }

    /// The number of the next operation, for a plan.
    #[must_use]
    pub fn operations(&self) -> u64 {
        self.counts().operations
    }

    fn state(&self) -> MutexGuard<'_, State> {
        held(&self.state)
    }
}

/// A panic of a test elsewhere is that test's affair.
fn held(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn local(file: &str) -> String {
    format!("/{}", file.trim_start_matches('/'))
}
