//! Submission windows (сроки передачи показаний): when a utility takes the readings of a period.
//!
//! A rule names a day for each end, of the period's own month or of the next one, so that 23–25, 15 → 3rd of
//! the next month and 28 → 1st all fit. Days are the utility's: the 25th ends at midnight in its zone,
//! wherever the phone is.

mod calendar;
mod local;
mod outside;
mod position;
mod rule;
mod validation;

pub use calendar::Calendar;
pub(crate) use local::{local_date, local_instant, supported};
pub use outside::{EarlyReadings, LateReadings, Placement, TakenWhen};
pub use position::{Position, Window};
pub use rule::{Day, LastDay, WindowEnd, WindowRule};
pub use validation::WindowProblem;
