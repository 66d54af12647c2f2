//! A forgotten login or password: whoever names the telephone and the address that the utility knows gets **both anew**, by
//! a letter to that address. The answer says nothing, and comes before anything is looked up.

mod contact;
mod limit;
mod worker;

pub use contact::Contact;
pub use limit::{Limited, count};
pub use worker::{Queue, work};

/// Nobody asks so much at once who means well.
const WAITING: usize = 256;

/// What was asked for, until it is looked up.
pub fn queue() -> (Queue, tokio::sync::mpsc::Receiver<Contact>) {
    tokio::sync::mpsc::channel(WAITING)
}
