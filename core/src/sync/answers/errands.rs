//! Withdrawals and letters: each goes alone, and its refusal is a problem of its own.
//!
//! Here a code of the utility is always said of the one thing that was sent, so it is refused with it, and its row
//! stays. That holds for `NOT_FOUND` and `METHOD_NOT_ALLOWED` too: a utility's server that takes no letters has said
//! so, and the resident turns elsewhere sooner by knowing it. Without a code of the utility they wait like readings.
//!
//! Both functions give back the failure where the errand waits: [`judge_request`](super::judge_request) says how.

use serde_json::{Map, Value};

use super::table::{Meaning, is_code, meaning};
use crate::domain::Instant;
use crate::portal::Failure;
use crate::portal::wire::{LetterAnswer, Withdrawn};

/// What an errand came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrandVerdict {
    /// The utility has the letter, or has taken the reading out.
    Received {
        /// The utility's id of the letter, or of the reading.
        id: String,
        /// The number that it is registered under.
        receipt: Option<String>,
        /// When it got it first.
        received_at: Instant,
    },
    /// The reading that was to be taken back is not there (any more): nothing is left to do.
    AlreadyGone,
    /// Refused: the row stays, with the code. The reading was charged by, its month is over, the letter is too long …
    Rejected {
        /// The utility's code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

/// Judges the answer to the withdrawal of a reading.
///
/// # Errors
/// What keeps it: not delivered, in doubt, or no token.
pub fn judge_withdrawal(
    answer: Result<Withdrawn, Failure>,
    reading_id: &str,
) -> Result<ErrandVerdict, Failure> {
    match answer {
        Ok(done) if done.reading_id == reading_id => {
            Ok(ErrandVerdict::Received { id: done.reading_id, receipt: None, received_at: done.withdrawn_at })
        }
        // A word about another reading says nothing of this one.
        Ok(_) => Err(Failure::Unreadable),
        Err(failure) => match refused(&failure) {
            Some(("NO_SUCH_READING" | "ALREADY_WITHDRAWN", _)) => Ok(ErrandVerdict::AlreadyGone),
            Some((code, params)) => Ok(rejected(code, params)),
            None => Err(failure),
        },
    }
}

/// Judges the answer to a letter, which went with a token or (an appeal) without.
///
/// # Errors
/// What keeps it: not delivered, in doubt, or no token.
pub fn judge_letter(
    answer: Result<LetterAnswer, Failure>,
    with_token: bool,
) -> Result<ErrandVerdict, Failure> {
    match answer {
        Ok(held) if held.letter_id.is_empty() => Err(Failure::Unreadable),
        Ok(held) => Ok(ErrandVerdict::Received {
            id: held.letter_id,
            receipt: held.receipt,
            received_at: held.received_at,
        }),
        // A reception that is open to everyone asks nobody for a token.
        Err(Failure::Refused { status: 401, .. }) if !with_token => {
            Err(Failure::NotTheUtility { status: 401 })
        }
        Err(failure) => match refused(&failure) {
            Some((code, params)) => Ok(rejected(code, params)),
            None => Err(failure),
        },
    }
}

/// The utility's own word about the one thing that was sent.
fn refused(failure: &Failure) -> Option<(&str, &Map<String, Value>)> {
    match (meaning(failure), failure) {
        (Meaning::Said { code, params, .. }, _) => Some((code, params)),
        // What is written can't be made shorter here. If the utility itself says so, the resident can do it; a
        // gateway may be set up otherwise tomorrow.
        (Meaning::TooLarge { .. }, Failure::Refused { code: Some(code), params, .. }) if is_code(code) => {
            Some((code, params))
        }
        _ => None,
    }
}

fn rejected(code: &str, params: &Map<String, Value>) -> ErrandVerdict {
    ErrandVerdict::Rejected { code: code.to_owned(), params: serde_json::json!(params).to_string() }
}
