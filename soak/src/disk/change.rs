//! What is done to files, and waits for a sync.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A file, whatever its name.
pub(super) type FileId = u64;

/// What a change that waits for a sync does.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Write { offset: usize, bytes: Arc<[u8]> },
    Truncate { length: usize },
    Link { name: String },
    Unlink { name: String },
    Rename { from: String, to: String },
}

#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub file: FileId,
    pub change: Change,
}

impl Change {
    /// The name that it is about, if it is about one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Link { name } | Self::Unlink { name } => Some(name),
            Self::Rename { to, .. } => Some(to),
            Self::Write { .. } | Self::Truncate { .. } => None,
        }
    }
}

/// The folder that a name is in.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Does a write or a truncation.
pub(super) fn apply(contents: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { offset, bytes } => {
            let end = offset + bytes.len();
            if contents.len() < end {
                contents.resize(end, 0);
            }
            contents[*offset..end].copy_from_slice(bytes);
        }
        Change::Truncate { length } => contents.resize(*length, 0),
        Change::Link { .. } | Change::Unlink { .. } | Change::Rename { .. } => {}
    }
}

/// Does what a change does to the names.
pub(super) fn apply_to_names(names: &mut BTreeMap<String, FileId>, waited: &Waiting) {
    let mut drop_if_same = |name: &str| {
        if names.get(name) == Some(&waited.file) {
            names.remove(name);
        }
    };
    match &waited.change {
        Change::Link { name } => {
            names.insert(name.clone(), waited.file);
        }
        Change::Unlink { name } => drop_if_same(name),
        Change::Rename { from, to } => {
            drop_if_same(from);
            names.insert(to.clone(), waited.file);
        }
        Change::Write { .. } | Change::Truncate { .. } => {}
    }
}
