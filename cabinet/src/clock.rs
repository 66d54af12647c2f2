//! The cabinet's clock: the system's, or one that stands where a test or the demo has set it.

use std::sync::Mutex;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time to everything in the cabinet, the `Date` header included.
#[derive(Debug, Default)]
pub struct Clock {
    standing: Mutex<Option<DateTime<Utc>>>,
}

impl Clock {
    /// Now, to the millisecond that the database keeps.
    pub fn now(&self) -> DateTime<Utc> {
        self.standing().unwrap_or_else(|| Utc::now().trunc_subsecs(3))
    }

    /// Lets the clock stand at an instant until it is set again; `None` gives it back to the system.
    pub fn set(&self, now: Option<DateTime<Utc>>) {
        *self.standing() = now.map(|now| now.trunc_subsecs(3));
    }

    fn standing(&self) -> std::sync::MutexGuard<'_, Option<DateTime<Utc>>> {
        self.standing.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
