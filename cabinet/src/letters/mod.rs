//! What residents write: requests for a specialist, questions, and appeals, which need no account.
//!
//! A letter is judged by its form alone, stored once however often it is sent, and answered by the utility's people.

mod posted;
mod refusal;
mod take;

pub use refusal::Refusal;
pub use take::{LetterAnswer, NotTaken, Sender, take};
