//! Passes that came to nothing, one after the other: a phone that nobody holds comes back ever more seldom.
//!
//! An item's own wait is not enough: a pass that ends at the first does not try the others, and they stay due.

use rusqlite::Connection;

use super::policy;
use crate::domain::Instant;
use crate::env::Env;
use crate::store::{self, Writing};

const IN_A_ROW: &str = "failed_passes";

/// Counts a pass that came to something, or once more to nothing.
pub fn count(db: &Writing<'_>, came_to_something: bool) -> rusqlite::Result<()> {
    let before = store::note(db, IN_A_ROW)?;
    match before {
        Some(_) if came_to_something => store::forget_note(db, IN_A_ROW),
        None if came_to_something => Ok(()),
        _ => store::set_note(db, IN_A_ROW, before.unwrap_or(0).saturating_add(1)),
    }
}

/// No job is worth its battery before, after a pass that failed; a window that closes meanwhile leaves time for another.
///
/// A part of what an item waits that failed as often: it keeps loops away, and hardly makes what was tried come later.
pub fn over(db: &Connection, env: &Env, now: Instant, closes_at: Instant) -> rusqlite::Result<Instant> {
    let in_a_row = store::note(db, IN_A_ROW)?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    let wait = policy::wait(in_a_row.max(1), None, |limit| env.up_to(limit)) / 4;
    Ok(policy::within_window(now + wait, now, Some(closes_at)).max(now + policy::SHORTEST_WAIT))
}
