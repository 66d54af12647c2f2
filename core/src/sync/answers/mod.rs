//! The table of answers: what came back → what becomes of what went out.
//!
//! Three lines carry the promise of exactly one effect: a success counts only when it names what the utility now
//! holds; whatever may have arrived is in doubt and goes again with the same key; nothing is ever given up for
//! failing.
//!
//! - [`table`]: every transport failure, status and code that can come instead of an answer
//! - [`readings`]: a batch that failed as a whole, and the verdict on each of its items
//! - [`errands`]: withdrawals and letters, which go one by one
//! - [`reason`]: what keeps an item on the phone

pub mod errands;
pub mod readings;
pub mod reason;
pub mod table;

#[cfg(test)]
mod table_tests;

pub use errands::{ErrandVerdict, judge_letter, judge_withdrawal};
pub use readings::{ItemVerdict, RequestVerdict, judge_item, judge_request, verdict_on};
pub use reason::{Delay, Reason};
pub use table::{reason_of, session_is_over};
