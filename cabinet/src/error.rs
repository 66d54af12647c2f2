//! What can break in the cabinet itself. Never a resident's fault, never shown to one.

use crate::storage::StorageError;

/// A defect, a full disk, a system without randomness.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The storage.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The operating system gives no randomness.
    #[error("no randomness: {0}")]
    Randomness(getrandom::Error),
    /// Argon2 gets no memory, or finds a stored hash that is none.
    #[error("hashing a password: {0}")]
    Hashing(String),
}
