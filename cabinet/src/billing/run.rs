//! The billing run of a month: an account a transaction, so that residents' readings are taken meanwhile. A run that
//! was cut is begun again and goes on where it stopped; an account that has its charge gets no other.

use chrono::{DateTime, NaiveDate, Utc};

use super::lines::charge_lines;
use crate::config::Rules;
use crate::domain::Period;
use crate::error::Broken;
use crate::records::{Account, Charge};
use crate::storage::{BillingRun, Storage, StorageError, Tx};

/// Payment is due on this day of the month after (since 1 March 2026).
const PAY_BY_DAY: u32 = 15;
/// Accounts looked up at a time.
const PAGE: i64 = 200;

/// Why a month is not charged.
#[derive(Debug, thiserror::Error)]
pub enum BillingError {
    /// Residents may still send readings for it.
    #[error("the month's window is open until {0}")]
    WindowOpen(DateTime<Utc>),
    /// A later month was charged already, and its charges rest on this one.
    #[error("{0} was charged already")]
    LaterMonthCharged(Period),
    /// The run of another month was cut, and must be finished first.
    #[error("the run of {0} is not finished")]
    Unfinished(Period),
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
/// [`BillingError`]; the cabinet's own trouble may leave the run half done, to be begun again.
pub fn run(
    storage: &Storage,
    rules: &Rules,
    period: Period,
    now: DateTime<Utc>,
) -> Result<BillingRun, BillingError> {
    if let Some(done) = storage.write(|tx| begin(tx, rules, period, now))? {
        return Ok(done);
    }
    loop {
        charge_all(storage, rules, period, now)?;
        if let Some(done) = storage.write::<_, BillingError>(|tx| finish(tx, period, now))? {
            return Ok(done);
        }
    }
}

fn begin(
    tx: &Tx,
    rules: &Rules,
    period: Period,
    now: DateTime<Utc>,
) -> Result<Option<BillingRun>, BillingError> {
    if let Some(done) = tx.billing_run(period)? {
        return Ok(Some(done));
    }
    if let Some(later) = tx.last_billing_run()?.filter(|last| last.period > period) {
        return Err(BillingError::LaterMonthCharged(later.period));
    }
    let closes = rules.window.of(period).closes;
    if now < closes {
        return Err(BillingError::WindowOpen(closes));
    }
    match tx.billing_under_way()? {
        Some(other) if other.period != period => return Err(BillingError::Unfinished(other.period)),
        Some(cut) => tracing::info!(%period, accounts = cut.accounts, "a billing run goes on"),
        None => tx.set_billing_under_way(&BillingRun { period, accounts: 0, total_kopecks: 0 })?,
    }
    Ok(None)
}

fn charge_all(
    storage: &Storage,
    rules: &Rules,
    period: Period,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let mut after = String::new();
    loop {
        let page = storage.read::<_, StorageError>(|tx| tx.uncharged(period, &after, PAGE))?;
        let Some((_, last)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        for (account, _) in &page {
            storage.write::<_, BillingError>(|tx| charge_once(tx, rules, account, period, now))?;
        }
    }
}

/// Another process may run the same month: whoever comes second finds the charge, or the run finished.
fn charge_once(
    tx: &Tx,
    rules: &Rules,
    account: &str,
    period: Period,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let under_way = tx.billing_under_way()?.filter(|run| run.period == period);
    let (Some(mut run), Some(account)) = (under_way, tx.uncharged_account(account, period)?) else {
        return Ok(());
    };
    run.accounts += 1;
    run.total_kopecks += charge(tx, rules, &account, period, now)?;
    Ok(tx.set_billing_under_way(&run)?)
}

/// `None` if an account was entered meanwhile.
fn finish(tx: &Tx, period: Period, now: DateTime<Utc>) -> Result<Option<BillingRun>, BillingError> {
    if let Some(done) = tx.billing_run(period)? {
        return Ok(Some(done));
    }
    let Some(run) = tx.billing_under_way()?.filter(|run| run.period == period) else {
        return Err(StorageError::Unreadable(format!("how far the run of {period} is")).into());
    };
    if !tx.uncharged(period, "", 1)?.is_empty() {
        return Ok(None);
    }
    tx.finish_billing(&run, now)?;
    Ok(Some(run))
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
