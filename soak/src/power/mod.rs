//! Power loss, I/O errors, short reads and a full disk at every operation of everything the store does.
//!
//! A [`Scenario`] is a list of calls from a prepared phone. It runs once undisturbed, and what the phone shows after each
//! call is noted ([`View`]). Then it runs once for each of its disk operations, which goes wrong:
//!
//! - [`lose_power`]: the battery is pulled in the middle of it, and every image that this may leave is opened.
//! - [`meet_faults`]: it fails, or gets half, or finds the disk full: once, and from then on.
//!
//! Whatever was left must open, be sound, show each item as it was after the last call that returned or as far as the
//! interrupted one would have brought it, and still send every waiting item under its own key ([`check`]).

mod check;
mod faults;
mod losses;
mod run;
mod scenarios;
mod view;

pub use check::check;
pub use faults::{FaultFigures, meet_faults};
pub use losses::{LossFigures, lose_power};
pub use run::{Prepared, Reference, Run, Scenario, Sends};
pub use scenarios::all;
pub use view::View;

/// What is not as it must be, in a sentence that says where.
pub type Violation = String;
