//! The billing run of a month.

use chrono::{DateTime, NaiveDate, Utc};

use super::lines::charge_lines;
use crate::config::Rules;
use crate::domain::Period;
use crate::error::Broken;
use crate::records::{Account, Charge};
use crate::storage::{BillingRun, Storage, StorageError, Tx};

/// Payment is due on this day of the month after (since 1 March 2026).
const PAY_BY_DAY: u32 = 15;

/// Why a month is not charged.
#[derive(Debug, thiserror::Error)]
pub enum BillingError {
    /// Residents may still send readings for it.
    #[error("the month's window is open until {0}")]
    WindowOpen(DateTime<Utc>),
    /// A later month was charged already, and its charges rest on this one.
    #[error("{0} was charged already")]
    LaterMonthCharged(Period),
    /// The month of an adjustment was not charged for the account, or a later one was since.
    #[error("{0} is not the month that the account was charged last")]
    NotTheLastCharged(Period),
    /// The cabinet's own trouble.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for BillingError {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Charges a month. A month that was charged stays as it is, and its run is answered again.
///
/// # Errors
/// [`BillingError`]; then nothing is charged.
pub fn run(
    storage: &Storage,
    rules: &Rules,
    period: Period,
    now: DateTime<Utc>,
) -> Result<BillingRun, BillingError> {
    storage.write(|tx| {
        if let Some(done) = tx.billing_run(period)? {
            return Ok(done);
        }
        if let Some(later) = tx.last_billing_run()?.filter(|last| last.period > period) {
            return Err(BillingError::LaterMonthCharged(later.period));
        }
        let closes = rules.window.of(period).closes;
        if now < closes {
            return Err(BillingError::WindowOpen(closes));
        }
        let mut run = BillingRun { period, accounts: 0, total_kopecks: 0 };
        for account in tx.accounts()? {
            run.accounts += 1;
            run.total_kopecks += charge(tx, rules, &account, period, now)?;
        }
        tx.add_billing_run(&run, now)?;
        Ok(run)
    })
}

fn charge(
    tx: &Tx,
    rules: &Rules,
    account: &Account,
    period: Period,
    now: DateTime<Utc>,
) -> Result<i64, Broken> {
    let lines = charge_lines(tx, rules, account, period, now)?;
    let total_kopecks = lines.iter().map(|line| line.amount_kopecks).sum();
    let due_kopecks = account.balance.kopecks + total_kopecks;
    let pay_by: NaiveDate = period.plus(1).day(PAY_BY_DAY);
    let account_id = account.id.clone();
    tx.add_charge(&Charge { account_id, period, total_kopecks, due_kopecks, pay_by, lines })?;
    tx.set_balance(&account.id, due_kopecks, period, now)?;
    Ok(total_kopecks)
}
