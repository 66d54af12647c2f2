//! A deterministic simulation of phones and their utility: one seed, one trace, and promises that are looked at after
//! every step.
//!
//! - `world`: months of events in the order of a virtual clock; `beginning`: what it begins with
//! - `device`: one phone with its resident; `resident`: what is done with it; `blows`: what is done to it;
//!   `night`: hours in which nobody holds it; `healthy`: a day on which nothing is done to it
//! - `faults`: what may go wrong, by names; `fate`: everything that is drawn: which of it, and how often;
//!   `defect`: what goes wrong on purpose
//! - `older`: phones whose files an older version has left
//! - `line`: the network between a phone and the utility; `watch`: what may be said on it
//! - `ledger`: what was captured, and what must be true of it
//! - `phone`: an app on a disk, with clocks and a secret store
//! - `trace`: every event, hashed; `template`: the signed-in phones that every world begins with
//! - `many`: millions of device-months on all cores; `command`: the same on the command line

mod beginning;
mod blows;
pub mod command;
mod defect;
mod device;
mod fate;
mod faults;
mod healthy;
mod ledger;
mod line;
pub mod many;
mod night;
mod older;
mod phone;
mod resident;
mod template;
mod trace;
mod watch;
mod world;

pub use defect::Defect;
pub use faults::{Fault, Faults};
pub use template::Template;
pub use trace::Tally;
pub use world::{Broken, Done, Scenario, run};
