//! Answers that get lost on the way, on request: for the demo and for tests.

use std::sync::atomic::{AtomicU32, Ordering};

/// How many answers to posted readings are still to be lost.
#[derive(Debug, Default)]
pub struct Faults {
    answers_to_lose: AtomicU32,
}

impl Faults {
    /// The next so many answers to posted readings are lost, after the readings were stored.
    pub fn lose_answers(&self, count: u32) {
        self.answers_to_lose.store(count, Ordering::SeqCst);
    }

    /// Whether this one is.
    pub fn takes_one(&self) -> bool {
        let one_less = |left: u32| left.checked_sub(1);
        self.answers_to_lose.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok()
    }
}
