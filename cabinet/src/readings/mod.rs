//! Posted readings: judged one by one, answered one by one, stored in one transaction; readings that
//! came another way, readings taken back, and the codes that prove them.

mod answer;
mod batch;
mod entry;
mod item;
mod judge;
mod proof;
mod refusal;
mod timing;
mod value;
mod withdrawal;

pub use answer::ItemAnswer;
pub use batch::{MAX_ITEMS, accept};
pub use entry::{Channel, Entry, EntryError, enter};
pub use item::{Batch, Envelope, NotABatch, PostedReading, is_name, take_apart};
pub use proof::confirms;
pub use refusal::Refusal;
pub use withdrawal::{NotWithdrawn, Withdrawn, withdraw};
