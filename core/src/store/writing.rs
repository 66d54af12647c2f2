//! A transaction that remembers which items it moved.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// A transaction under way. Transitions of the outbox take it, and tell it of the item that they move.
pub struct Writing<'a> {
    transaction: Transaction<'a>,
    moved: RefCell<BTreeSet<String>>,
}

impl<'a> Writing<'a> {
    /// Begins, and waits for whoever writes now.
    pub(super) fn begin(connection: &'a mut Connection) -> rusqlite::Result<Self> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self { transaction, moved: RefCell::default() })
    }

    /// An item was made, moved or changed.
    pub(super) fn moved(&self, item_id: &str) {
        self.moved.borrow_mut().insert(item_id.to_owned());
    }

    /// Puts everything on the disk; gives the items that moved.
    pub(super) fn commit(self) -> rusqlite::Result<BTreeSet<String>> {
        self.transaction.commit()?;
        Ok(self.moved.into_inner())
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}
