//! What the resident is told after a damaged database was set aside and made anew.

use super::{App, Error};
use crate::domain::Instant;
use crate::store;

/// A recovery that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// When.
    pub at: Instant,
    /// Readings that were not at the utility yet, and are back in the queue.
    pub readings: i32,
}

impl App {
    /// The recovery that the resident has not been told of.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn recovered(&self) -> Result<Option<Recovered>, Error> {
        let noted = self.store.read(|db| {
            Ok((store::note(db, store::RECOVERED_AT)?, store::note(db, store::RECOVERED_READINGS)?))
        })?;
        let at = noted.0.and_then(chrono::DateTime::from_timestamp_millis);
        let readings = i32::try_from(noted.1.unwrap_or(0)).unwrap_or(i32::MAX);
        Ok(at.map(|at| Recovered { at, readings }))
    }

    /// The resident has been told.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn recovery_told(&self) -> Result<(), Error> {
        Ok(self.store.write(|db| {
            store::forget_note(db, store::RECOVERED_AT)?;
            store::forget_note(db, store::RECOVERED_READINGS)
        })?)
    }
}
