//! Memory that the connections of one database share: SQLite's index of its log.

use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

/// Zeroed regions that never move; a connection that outlives the power keeps its own alive.
#[derive(Default)]
pub(super) struct SharedMemory {
    regions: Mutex<Vec<Box<[AtomicU64]>>>,
}

impl SharedMemory {
    /// Whether a region is there.
    pub fn has(&self, index: usize) -> bool {
        self.regions.lock().unwrap_or_else(PoisonError::into_inner).len() > index
    }

    /// Where a region begins; it is made, with all before it, when it is not there.
    pub fn region(&self, index: usize, size: usize) -> *mut std::ffi::c_void {
        let mut regions = self.regions.lock().unwrap_or_else(PoisonError::into_inner);
        while regions.len() <= index {
            regions.push((0..size.div_ceil(8)).map(|_| AtomicU64::new(0)).collect());
        }
        regions[index].as_ptr().cast_mut().cast()
    }
}
