//! Charging a month: once for all accounts, in one transaction.

mod lines;
mod run;

pub use run::{BillingError, run};
