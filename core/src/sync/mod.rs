//! The outbox: what goes out when, what an answer means, and how the account is brought up to date.
//!
//! - [`policy`]: every number, with its reason
//! - [`answers`]: the table of answers: what came back → what becomes of the item
//! - [`clock`]: the utility's time
//! - [`tokens`]: signed in, or in need of the password
//! - [`pass`]: one pass: send what is due, then read back and refresh
//! - `settle`: what an attempt came to, item by item
//! - `refresh`: what the utility told, into the store

pub mod answers;
pub mod clock;
pub mod pass;
pub mod policy;
mod refresh;
mod settle;
pub mod tokens;

pub use pass::{Outcome, Pass, Report, pass};
