//! Checks of a value against the meter's past: they ask, and never forbid.
//!
//! [`judge`] is the way in. A value that is odd ([`Doubt`]) becomes a [`Question`] with the numbers that led to it,
//! and, where the typed digits or the other meters tell, a [`Guess`] at what happened. The resident either takes the
//! guess or says "it is so"; a doubt once answered is not asked again, and goes along with the reading.
//!
//! Only actual readings count (the resident's own, the inspector's), never an estimate: one wrong estimate would
//! otherwise call every honest reading after it a mistake.

mod claim;
mod digits;
mod guess;
mod judge;
mod past;
mod question;
mod siblings;
mod yardstick;

pub use claim::{Claim, ClaimProblem};
pub use guess::explain_misfit;
pub use judge::{Judgement, Taken, judge};
pub use past::Past;
pub use question::{Cause, Doubt, Guess, Question, Suggestion};
pub use siblings::Sibling;

#[cfg(test)]
mod flat;
#[cfg(test)]
mod guess_tests;
#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod property_tests;
