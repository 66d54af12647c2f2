//! Posted readings: judged one by one, answered one by one, stored in one transaction; and readings taken back.

mod answer;
mod batch;
mod item;
mod judge;
mod refusal;
mod timing;
mod value;
mod withdrawal;

pub use answer::ItemAnswer;
pub use batch::{MAX_ITEMS, accept};
pub use item::{Batch, Envelope, NotABatch, PostedReading, is_name, take_apart};
pub use refusal::Refusal;
pub use withdrawal::{NotWithdrawn, Withdrawn, withdraw};
