//! Monthly charges, as the utility gave them.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::codec;
use super::seal::sealed;
use crate::domain::Period;

/// The charges of one account for one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeRow {
    /// The account.
    pub account_id: String,
    /// The month.
    pub period: Period,
    /// Sum of the lines, kopecks.
    pub total_kopecks: i64,
    /// To be paid, debts of before included, kopecks.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: Option<NaiveDate>,
    /// The lines, as JSON of the contract.
    pub lines: String,
}

fn charge_row(row: &Row<'_>) -> rusqlite::Result<ChargeRow> {
    sealed(row)?;
    Ok(ChargeRow {
        account_id: row.get("account_id")?,
        period: codec::period(row, "period")?,
        total_kopecks: row.get("total_kopecks")?,
        due_kopecks: row.get("due_kopecks")?,
        pay_by: row.get("pay_by")?,
        lines: row.get("lines")?,
    })
}

/// Stores a month's charges.
pub fn put_charge(db: &Connection, c: &ChargeRow) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO charge VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)")?.execute(
        params![c.account_id, c.period.to_string(), c.total_kopecks, c.due_kopecks, c.pay_by, c.lines],
    )?;
    Ok(())
}

/// An account's charges, the newest first.
pub fn charges(db: &Connection, account_id: &str) -> rusqlite::Result<Vec<ChargeRow>> {
    db.prepare_cached("SELECT * FROM charge WHERE account_id = ?1 ORDER BY period DESC")?
        .query_map([account_id], charge_row)?
        .collect()
}

/// An account's newest charges.
pub fn newest_charge(db: &Connection, account_id: &str) -> rusqlite::Result<Option<ChargeRow>> {
    db.prepare_cached("SELECT * FROM charge WHERE account_id = ?1 ORDER BY period DESC LIMIT 1")?
        .query_row([account_id], charge_row)
        .optional()
}

/// The charges of one month.
pub fn charge(db: &Connection, account_id: &str, period: Period) -> rusqlite::Result<Option<ChargeRow>> {
    db.prepare_cached("SELECT * FROM charge WHERE account_id = ?1 AND period = ?2")?
        .query_row([account_id, &period.to_string()], charge_row)
        .optional()
}

/// The readings that a month's charges were made from.
pub fn charged_readings(charge: &ChargeRow) -> Vec<String> {
    let lines: serde_json::Value = serde_json::from_str(&charge.lines).unwrap_or_default();
    let ids = lines.as_array().into_iter().flatten().filter_map(|line| line["reading_id"].as_str());
    ids.map(str::to_owned).collect()
}
