//! A transaction that writes.

use std::ops::Deref;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// A transaction under way: what a transition of the outbox takes, so that none happens outside one. Which items it moved
/// the journal hears from the database itself.
pub struct Writing<'a>(Transaction<'a>);

impl<'a> Writing<'a> {
    /// Begins, and waits for whoever writes now.
    pub(super) fn begin(connection: &'a mut Connection) -> rusqlite::Result<Self> {
        Ok(Self(connection.transaction_with_behavior(TransactionBehavior::Immediate)?))
    }

    /// Puts everything on the disk.
    pub(super) fn commit(self) -> rusqlite::Result<()> {
        self.0.commit()
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}
