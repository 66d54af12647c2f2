//! Accounts and their meters.

use chrono::{DateTime, NaiveDate, Utc};

use super::engine::{Row, params};
use super::row::{date_if_any, instant, ms};
use super::{Result, Tx};
use crate::domain::{Dial, Period, Resource, Volume};
use crate::records::{Account, Balance, Meter};

pub(super) const ACCOUNT: &str =
    "id, number, address, people, balance_kopecks, balance_period, balance_as_of_ms";
pub(super) const METER: &str = "id, account_id, serial, zone, resource, place, whole_digits, fraction_digits, \
    version, verify_by, archived, monthly_limit, replaced_by, \
    (SELECT max(old.id) FROM meters AS old WHERE old.replaced_by = meters.id) AS replaces";

/// A meter to be entered.
pub struct NewMeter<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whose it is.
    pub account_id: &'a str,
    /// Factory number; the registers of one meter share it.
    pub serial: &'a str,
    /// The tariff zone that this register counts.
    pub zone: Option<&'a str>,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: &'a str,
    /// Digits of the dial.
    pub digits: Dial,
    /// The last day on which its readings count.
    pub verify_by: Option<NaiveDate>,
    /// A month's use over which no reading of it is taken.
    pub limit: Option<Volume>,
    /// The meter that hung in its place; taken out of use with this.
    pub replaces: Option<&'a str>,
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

    /// What an account owes, kopecks.
    pub fn balance(&self, account: &str) -> Result<i64> {
        let found =
            self.one("SELECT balance_kopecks FROM accounts WHERE id = ?1", params![account], |row| {
                row.get(0)
            })?;
        Ok(found.unwrap_or_default())
    }

    /// The id of the account with a number.
    pub fn account_numbered(&self, number: &str) -> Result<Option<String>> {
        self.one("SELECT id FROM accounts WHERE number = ?1", params![number], |row| row.get(0))
    }

    /// The number printed on an account's bill.
    pub fn account_number(&self, account: &str) -> Result<Option<String>> {
        self.one("SELECT number FROM accounts WHERE id = ?1", params![account], |row| row.get(0))
    }

    /// Ids and numbers of the first accounts after a number that have no charge for a month, by number.
    pub fn uncharged(&self, period: Period, after: &str, limit: i64) -> Result<Vec<(String, String)>> {
        let sql = "SELECT id, number FROM accounts WHERE number > ?2 AND NOT EXISTS \
                   (SELECT 1 FROM charges WHERE account_id = accounts.id AND period = ?1) ORDER BY number LIMIT ?3";
        self.all(sql, params![period, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// An account, if it has no charge for a month.
    pub fn uncharged_account(&self, id: &str, period: Period) -> Result<Option<Account>> {
        let sql = format!(
            "SELECT {ACCOUNT} FROM accounts WHERE id = ?1 AND NOT EXISTS \
             (SELECT 1 FROM charges WHERE account_id = ?1 AND period = ?2)"
        );
        self.one(&sql, params![id, period], account)
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
        let sql = "INSERT INTO meters (id, account_id, serial, zone, resource, place, whole_digits, \
                   fraction_digits, version, verify_by, archived, monthly_limit, seq) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?9, 0, ?10, ?11)";
        self.run(
            sql,
            params![
                meter.id,
                meter.account_id,
                meter.serial,
                meter.zone,
                meter.resource,
                meter.place,
                meter.digits.whole,
                meter.digits.fraction,
                meter.verify_by.map(|day| day.to_string()),
                meter.limit,
                self.next("change")?,
            ],
        )?;
        meter.replaces.map_or(Ok(()), |old| self.archive(old, Some(meter.id)))
    }

    /// Takes a meter out of use, in favour of another if there is one, whose record changes with it.
    pub fn archive_meter(&self, id: &str, replaced_by: Option<&str>) -> Result<()> {
        self.archive(id, replaced_by)?;
        let sql = "UPDATE meters SET version = version + 1, seq = ?2 WHERE id = ?1";
        self.run(sql, params![replaced_by, self.next("change")?])?;
        Ok(())
    }

    fn archive(&self, id: &str, replaced_by: Option<&str>) -> Result<()> {
        let sql =
            "UPDATE meters SET archived = 1, replaced_by = ?2, version = version + 1, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, replaced_by, self.next("change")?])?;
        Ok(())
    }

    /// Writes a meter's own limit of a month's use.
    pub fn set_limit(&self, id: &str, limit: Option<Volume>) -> Result<()> {
        let sql = "UPDATE meters SET monthly_limit = ?2, version = version + 1, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, limit, self.next("change")?])?;
        Ok(())
    }

    /// Writes the day until which a meter's readings count.
    pub fn set_verify_by(&self, id: &str, day: Option<NaiveDate>) -> Result<()> {
        let sql = "UPDATE meters SET verify_by = ?2, version = version + 1, seq = ?3 WHERE id = ?1";
        self.run(sql, params![id, day.map(|day| day.to_string()), self.next("change")?])?;
        Ok(())
    }

    /// One meter, whosever it is.
    pub fn any_meter(&self, id: &str) -> Result<Option<Meter>> {
        self.one(&format!("SELECT {METER} FROM meters WHERE id = ?1"), params![id], meter)
    }
}

pub(super) fn account(row: &Row) -> Result<Account> {
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

pub(super) fn meter(row: &Row) -> Result<Meter> {
    Ok(Meter {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        serial: row.get("serial")?,
        zone: row.get("zone")?,
        resource: row.get("resource")?,
        place: row.get("place")?,
        digits: Dial { whole: row.get("whole_digits")?, fraction: row.get("fraction_digits")? },
        version: row.get("version")?,
        verify_by: date_if_any(row, "verify_by")?,
        archived: row.get("archived")?,
        limit: row.get("monthly_limit")?,
        replaces: row.get("replaces")?,
        replaced_by: row.get("replaced_by")?,
    })
}
