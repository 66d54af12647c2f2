//! Accounts and their meters.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Row, params};

use super::row::{date_if_any, instant, ms};
use super::{Result, Tx};
use crate::domain::{Dial, Period, Resource};
use crate::records::{Account, Balance, Meter};

pub(super) const ACCOUNT: &str =
    "id, number, address, people, balance_kopecks, balance_period, balance_as_of_ms";
pub(super) const METER: &str = "id, account_id, serial, resource, place, whole_digits, fraction_digits, version, \
    verify_by, archived, replaced_by";

/// A meter to be entered.
pub struct NewMeter<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whose it is.
    pub account_id: &'a str,
    /// Factory number.
    pub serial: &'a str,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: &'a str,
    /// Digits of the dial.
    pub digits: Dial,
    /// The last day on which its readings count.
    pub verify_by: Option<NaiveDate>,
}

impl Tx<'_> {
    /// Enters an account that owes nothing.
    pub fn add_account(
        &self,
        id: &str,
        number: &str,
        address: &str,
        people: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO accounts VALUES (?1, ?2, ?3, ?4, 0, NULL, ?5, ?6)";
        self.run(sql, params![id, number, address, people, ms(now), self.next("change")?])?;
        Ok(())
    }

    /// The accounts that a resident may see.
    pub fn accounts_of(&self, resident: &str) -> Result<Vec<Account>> {
        let sql = format!(
            "SELECT {ACCOUNT} FROM accounts JOIN resident_accounts ON id = account_id \
             WHERE resident_id = ?1 ORDER BY number"
        );
        self.all(&sql, [resident], account)
    }

    /// Every account, for the billing run.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        self.all(&format!("SELECT {ACCOUNT} FROM accounts ORDER BY number"), [], account)
    }

    /// Writes what an account owes after a month was charged.
    pub fn set_balance(&self, account: &str, kopecks: i64, period: Period, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE accounts SET balance_kopecks = ?2, balance_period = ?3, balance_as_of_ms = ?4, seq = ?5 \
                   WHERE id = ?1";
        self.run(sql, params![account, kopecks, period, ms(now), self.next("change")?])?;
        Ok(())
    }

    /// Enters a meter.
    pub fn add_meter(&self, meter: &NewMeter) -> Result<()> {
        let sql = "INSERT INTO meters VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, 0, NULL, ?9)";
        let NewMeter { id, account_id, serial, resource, place, digits, verify_by } = meter;
        let verify_by = verify_by.map(|day| day.to_string());
        let (whole, fraction) = (digits.whole, digits.fraction);
        let seq = self.next("change")?;
        self.run(sql, params![id, account_id, serial, resource, place, whole, fraction, verify_by, seq])?;
        Ok(())
    }

    /// Takes a meter out of use, in favour of another if there is one.
    pub fn archive_meter(&self, id: &str, replaced_by: Option<&str>) -> Result<()> {
        let sql =
            "UPDATE meters SET archived = 1, replaced_by = ?2, version = version + 1, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, replaced_by, self.next("change")?])?;
        Ok(())
    }

    /// Writes the day until which a meter's readings count.
    pub fn set_verify_by(&self, id: &str, day: Option<NaiveDate>) -> Result<()> {
        let sql = "UPDATE meters SET verify_by = ?2, version = version + 1, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, day.map(|day| day.to_string()), self.next("change")?])?;
        Ok(())
    }

    /// An account's meters, archived ones too.
    pub fn meters(&self, account: &str) -> Result<Vec<Meter>> {
        self.all(
            &format!("SELECT {METER} FROM meters WHERE account_id = ?1 ORDER BY resource, id"),
            [account],
            meter,
        )
    }

    /// One meter of an account.
    pub fn meter(&self, account: &str, id: &str) -> Result<Option<Meter>> {
        self.one(
            &format!("SELECT {METER} FROM meters WHERE account_id = ?1 AND id = ?2"),
            [account, id],
            meter,
        )
    }
}

pub(super) fn account(row: &Row) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get("id")?,
        number: row.get("number")?,
        address: row.get("address")?,
        people: row.get("people")?,
        balance: Balance {
            kopecks: row.get("balance_kopecks")?,
            period: row.get("balance_period")?,
            as_of: instant(row, "balance_as_of_ms")?,
        },
    })
}

pub(super) fn meter(row: &Row) -> rusqlite::Result<Meter> {
    Ok(Meter {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        serial: row.get("serial")?,
        resource: row.get("resource")?,
        place: row.get("place")?,
        digits: Dial { whole: row.get("whole_digits")?, fraction: row.get("fraction_digits")? },
        version: row.get("version")?,
        verify_by: date_if_any(row, "verify_by")?,
        archived: row.get("archived")?,
        replaced_by: row.get("replaced_by")?,
    })
}
