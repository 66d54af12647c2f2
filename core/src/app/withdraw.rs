//! Taking back what was taken or written.

use super::{App, Error};
use crate::store::{self, ErrandKind, NewErrand, Withdrawal};

/// What became of a withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// It had not left the phone: it is off the queue.
    AtOnce,
    /// The utility may have it: it will be asked to give it back, and the queue shows what it says.
    Queued,
    /// A charge was made from it, or a letter has arrived: it can't be taken back here.
    TooLate,
}

impl App {
    /// Takes a reading or a letter back. Asked twice, it is one withdrawal.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an item that is not there, or was withdrawn or corrected already.
    pub fn withdraw(&self, item_id: &str) -> Result<Withdrawn, Error> {
        let now = self.now()?;
        let done = self.store.write(|db| {
            let Some(item) = store::by_id(db, item_id)? else {
                return store::withdraw_letter(db, item_id);
            };
            let new = NewErrand {
                item_id: self.env.new_id(now),
                kind: ErrandKind::Withdrawal,
                account_id: Some(item.account_id),
                letter: None,
                written_at: now,
                idempotency_key: self.env.new_key(),
            };
            store::withdraw(db, item_id, &new)
        })?;
        match done {
            Withdrawal::AtOnce => Ok(Withdrawn::AtOnce),
            Withdrawal::Queued => Ok(Withdrawn::Queued),
            Withdrawal::TooLate => Ok(Withdrawn::TooLate),
            Withdrawal::NoSuch => Err(Error::not_found("item")),
        }
    }
}

#[cfg(test)]
#[path = "withdraw_tests.rs"]
mod tests;
