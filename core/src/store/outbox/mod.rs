//! What the resident sends, and how far each of it has come: the transitions.
//!
//! Rows of `capture` and `errand` are evidence and never change; their row of `outbox` moves through the states.
//! Transitions are named functions here, so that there is one place to look for "how could it get there":
//!
//! - `resident`: what the resident does: takes, corrects, withdraws, writes, confirms, hands over
//! - `queue`: what waits, and what may go now; `order`: which of two readings was meant
//! - `attempt`: a request leaves, and what it came to
//! - `listed`: what the utility's own lists say, which is what counts

mod attempt;
mod listed;
mod order;
mod queue;
mod resident;
#[cfg(test)]
mod tests;

pub use attempt::{freeze_and_send, settle};
pub(super) use listed::mark_another_value;
pub use listed::{
    items_on_reading, mark_accounted, mark_declined, mark_letter_read_back, mark_listed_already,
    mark_read_back, mark_superseded_there, mark_there_by_value, mark_withdrawn_there,
};
pub use queue::{
    batch, by_id, due_errands, entries, errand, errands, hurry, in_doubt, items_of_meter, mark_kept,
    next_attempts, redatable, unsent, waiting_count, withdrawals,
};
pub(super) use resident::give_way;
pub use resident::{
    Redated, Withdrawal, add, add_errand, all_items, confirm, forget_items, hand_over, items_of_logins,
    redate, withdraw, withdraw_letter,
};

/// Waits for its turn on the phone, and is not at the utility for sure.
const WAITING: &str = "('queued', 'needs_answer', 'rejected')";
