//! The JSON of the utility's contract (`contract/openapi.yaml`), as the client reads and writes it.
//!
//! Unknown fields are ignored, so that a newer server may add some; a missing field that we need is an
//! answer we do not understand, which the table of answers leaves in doubt. Statuses and sources stay text here,
//! because a server newer than this client may know more of them. Lists are read element by element ([`tolerant`]),
//! and numbers that no utility means are not let in ([`bounds`]).
//!
//! A key that comes twice in one object makes the object unreadable: nobody could tell which one was meant. Depth is
//! bounded by the reader (128).

mod bounds;
mod changes;
mod errands;
mod problem;
mod readings;
mod session;
mod tolerant;

pub use changes::{Account, Balance, Changes, Charge, Letter, Meter, Reading};
pub use errands::{LetterAnswer, PostedLetter, Withdrawn};
pub use problem::Problem;
pub use readings::{BatchAnswer, ItemAnswer, PostedReading, ReadingBatch};
pub use session::{LoginBody, RefreshBody, Tokens};

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
