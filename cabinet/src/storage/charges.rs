//! Billing runs and what they charged.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::engine::{Row, Value, params};
use super::row::ms;
use super::{Result, StorageError, Tx};
use crate::domain::Period;
use crate::records::{Charge, ChargeLine};

const LINE: &str = "resource, meter_id, reading_id, basis, from_value, to_value, volume, tariff_kopecks, amount_kopecks, note";

/// A month that was charged, once for all accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingRun {
    /// The month.
    pub period: Period,
    /// How many accounts.
    pub accounts: i64,
    /// All totals together, kopecks.
    pub total_kopecks: i64,
}

impl Tx<'_> {
    /// The run of a month, if it was.
    pub fn billing_run(&self, period: Period) -> Result<Option<BillingRun>> {
        let sql = "SELECT period, accounts, total_kopecks FROM billing_runs WHERE period = ?1";
        self.one(sql, params![period], run)
    }

    /// The newest month that was charged.
    pub fn last_billing_run(&self) -> Result<Option<BillingRun>> {
        let sql = "SELECT period, accounts, total_kopecks FROM billing_runs ORDER BY period DESC LIMIT 1";
        self.one(sql, &[], run)
    }

    /// The run that was begun and is not finished, as far as it is.
    pub fn billing_under_way(&self) -> Result<Option<BillingRun>> {
        let sql = "SELECT value FROM facts WHERE name = 'billing'";
        let found: Option<String> = self.one(sql, &[], |row| row.get(0))?;
        let unreadable = |error: serde_json::Error| StorageError::Unreadable(error.to_string());
        found.map(|run| serde_json::from_str(&run).map_err(unreadable)).transpose()
    }

    /// Writes how far a run is.
    pub fn set_billing_under_way(&self, run: &BillingRun) -> Result<()> {
        let sql = "INSERT INTO facts VALUES ('billing', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let run = serde_json::to_string(run).map_err(|error| StorageError::Unreadable(error.to_string()))?;
        self.run(sql, params![run])?;
        Ok(())
    }

    /// Marks a month as charged.
    pub fn finish_billing(&self, run: &BillingRun, now: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO billing_runs VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![run.period, ms(now), run.accounts, run.total_kopecks])?;
        self.run("DELETE FROM facts WHERE name = 'billing'", &[])?;
        Ok(())
    }

    /// Writes one month's charges of an account.
    pub fn add_charge(&self, charge: &Charge) -> Result<()> {
        let Charge { account_id, period, total_kopecks, due_kopecks, pay_by, lines } = charge;
        let seq = self.next("change")?;
        let sql = "INSERT INTO charges VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(sql, params![account_id, period, total_kopecks, due_kopecks, pay_by.to_string(), seq])?;
        for (number, line) in lines.iter().enumerate() {
            self.add_line((account_id, *period), number, line)?;
        }
        Ok(())
    }

    /// Writes one more line of a month that was charged, and what is to be paid with it.
    pub fn add_charge_line(&self, charge: &Charge, line: &ChargeLine) -> Result<()> {
        let Charge { account_id, period, lines, .. } = charge;
        self.add_line((account_id, *period), lines.len(), line)?;
        let sql = "UPDATE charges SET total_kopecks = total_kopecks + ?3, due_kopecks = due_kopecks + ?3, seq = ?4 \
                   WHERE account_id = ?1 AND period = ?2";
        self.run(sql, params![account_id, period, line.amount_kopecks, self.next("change")?])?;
        Ok(())
    }

    fn add_line(&self, (account, period): (&str, Period), number: usize, line: &ChargeLine) -> Result<()> {
        self.run(
            "INSERT INTO charge_lines VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                account,
                period,
                i64::try_from(number).unwrap_or(i64::MAX),
                line.resource,
                line.meter_id,
                line.reading_id,
                line.basis,
                line.from_value,
                line.to_value,
                line.volume,
                line.tariff_kopecks,
                line.amount_kopecks,
                line.note,
            ],
        )?;
        Ok(())
    }

    pub(super) fn charges_where(&self, condition: &str, params: &[Value]) -> Result<Vec<Charge>> {
        let sql = format!(
            "SELECT account_id, period, total_kopecks, due_kopecks, pay_by FROM charges WHERE {condition}"
        );
        let mut charges = self.all(&sql, params, charge)?;
        for charge in &mut charges {
            let sql = format!(
                "SELECT {LINE} FROM charge_lines WHERE account_id = ?1 AND period = ?2 ORDER BY line"
            );
            charge.lines = self.all(&sql, params![charge.account_id, charge.period], line)?;
        }
        Ok(charges)
    }
}

fn run(row: &Row) -> Result<BillingRun> {
    Ok(BillingRun { period: row.get(0)?, accounts: row.get(1)?, total_kopecks: row.get(2)? })
}

fn charge(row: &Row) -> Result<Charge> {
    let pay_by: String = row.get("pay_by")?;
    Ok(Charge {
        account_id: row.get("account_id")?,
        period: row.get("period")?,
        total_kopecks: row.get("total_kopecks")?,
        due_kopecks: row.get("due_kopecks")?,
        pay_by: pay_by.parse::<NaiveDate>().unwrap_or_default(),
        lines: Vec::new(),
    })
}

fn line(row: &Row) -> Result<ChargeLine> {
    Ok(ChargeLine {
        resource: row.get("resource")?,
        meter_id: row.get("meter_id")?,
        reading_id: row.get("reading_id")?,
        basis: row.get("basis")?,
        from_value: row.get("from_value")?,
        to_value: row.get("to_value")?,
        volume: row.get("volume")?,
        tariff_kopecks: row.get("tariff_kopecks")?,
        amount_kopecks: row.get("amount_kopecks")?,
        note: row.get("note")?,
    })
}
