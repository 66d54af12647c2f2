//! Phones of older versions: files as the released schemas have them, with what was captured on them.
//!
//! - `file`: an empty file of a released schema, signed in
//! - `queue`: what the older version captured and sent, in every state that it knew
//! - `rows`: the same, written into the file
//! - `opening`: the first opening by this version

mod file;
mod opening;
mod queue;
mod rows;

use fastrand::Rng;
use serde_json::value::RawValue;
use vodomer_core::domain::Instant;
use vodomer_core::portal::wire::BatchAnswer;

pub use file::{SCHEMAS, of_schema};
use queue::{Entry, Queue};

use super::device::Dials;
use crate::disk::Image;
use crate::utility::Utility;

/// A phone as an older version has left it.
pub struct Older {
    /// Its files.
    pub image: Image,
    /// What was captured on it, the oldest first.
    pub entries: Vec<Entry>,
    /// What it has said to the utility, and heard.
    pub said: Vec<(Box<RawValue>, Option<BatchAnswer>)>,
}

impl Older {
    /// Some days in the life of an older version; `empty` is a file of its schema, in which nothing was captured yet.
    ///
    /// # Errors
    /// SQLite's, which are a defect of the simulation.
    pub fn lived(
        empty: &Image,
        utility: &Utility,
        dials: &Dials,
        now: Instant,
        rng: &mut Rng,
    ) -> rusqlite::Result<Self> {
        let Queue { entries, said, .. } = Queue::lived(utility, dials, now, rng);
        // It was killed, or has ended in good order.
        let killed = rng.bool();
        let image = rows::written(empty, &entries, killed)?;
        Ok(Self { image, entries, said })
    }

    /// The same without a row of its queue: what a bad upgrade leaves.
    ///
    /// # Errors
    /// As [`Self::lived`].
    pub fn without_queue(self) -> rusqlite::Result<Self> {
        Ok(Self { image: rows::without_queue(&self.image)?, ..self })
    }
}
