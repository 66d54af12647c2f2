//! The outbox: what goes out when, what an answer means, and how the account is brought up to date.
//!
//! - [`policy`]: every number, with its reason
//! - [`answers`]: the table of answers: what came back → what becomes of the item
//! - [`clock`]: the utility's time
//! - [`tokens`]: signed in, or in need of the password
//! - [`pass`]: one pass: send what is due, then read back and refresh
//! - `readings`, `errands`: what leaves, and how it is frozen before
//! - `request`: a request with its token, and what every answer tells besides
//! - `settle`: what an attempt came to, item by item
//! - [`failures`]: passes in a row that came to nothing
//! - `refresh`: what the utility told, into the store
//! - `take_over`: what was typed in without a login, after signing in

pub mod answers;
pub mod clock;
mod errands;
pub mod failures;
pub mod pass;
pub mod policy;
mod readings;
mod refresh;
mod request;
mod settle;
mod take_over;
#[cfg(test)]
mod tests;
pub mod tokens;

pub use pass::{Outcome, Pass, Report, pass};
pub use request::quiet_until;
pub use take_over::{is_number, same_account, take_over_meter};
