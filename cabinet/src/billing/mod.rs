//! Charging a month: once for all accounts, in one transaction.

mod adjustment;
mod lines;
mod run;

pub use adjustment::{Adjustment, AdjustmentKind, adjust};
pub use run::{BillingError, run};
