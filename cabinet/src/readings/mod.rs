//! Posted readings: judged one by one, answered one by one, stored in one transaction.

mod answer;
mod batch;
mod item;
mod judge;
mod refusal;
mod timing;
mod value;

pub use answer::ItemAnswer;
pub use batch::{MAX_ITEMS, accept};
pub use item::{Envelope, NotABatch, PostedReading, envelopes};
pub use refusal::Refusal;
