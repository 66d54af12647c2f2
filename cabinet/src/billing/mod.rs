//! Charging a month: all accounts, each once, in a transaction of its own.

mod adjustment;
mod lines;
mod run;

pub use adjustment::{Adjustment, AdjustmentKind, adjust};
pub use run::{BillingError, run};
