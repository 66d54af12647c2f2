//! Residents, what they may see, and how often their login was tried in vain.

use chrono::{DateTime, TimeZone, Utc};

use super::engine::params;
use super::row::ms;
use super::{Result, Tx};

impl Tx<'_> {
    /// Whether nobody has been entered yet.
    pub fn has_no_residents(&self) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM residents LIMIT 1", &[], |_| Ok(()))?.is_none())
    }

    /// Enters a resident with a password's hash.
    pub fn add_resident(&self, id: &str, login: &str, password: &str) -> Result<()> {
        self.run("INSERT INTO residents VALUES (?1, ?2, ?3)", params![id, login, password])?;
        Ok(())
    }

    /// Id and password's hash behind a login.
    pub fn resident(&self, login: &str) -> Result<Option<(String, String)>> {
        self.one("SELECT id, password FROM residents WHERE login = ?1", params![login], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Replaces a password's hash.
    pub fn set_password(&self, resident: &str, password: &str) -> Result<()> {
        self.run("UPDATE residents SET password = ?2 WHERE id = ?1", params![resident, password])?;
        Ok(())
    }

    /// Lets a resident see an account. Everything of it counts as changed, for it is new to this resident.
    pub fn grant(&self, resident: &str, account: &str) -> Result<()> {
        self.run(
            "INSERT INTO resident_accounts VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![resident, account],
        )?;
        let seq = self.next("change")?;
        self.run("UPDATE accounts SET seq = ?2 WHERE id = ?1", params![account, seq])?;
        for table in ["meters", "readings", "charges", "letters", "payments", "account_places"] {
            self.run(&format!("UPDATE {table} SET seq = ?2 WHERE account_id = ?1"), params![account, seq])?;
        }
        Ok(())
    }

    /// Whether a resident may see an account.
    pub fn may_see(&self, resident: &str, account: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM resident_accounts WHERE resident_id = ?1 AND account_id = ?2";
        Ok(self.one(sql, params![resident, account], |_| Ok(()))?.is_some())
    }

    /// Whether a meter is of an account that a resident may see.
    pub fn may_see_meter(&self, resident: &str, meter: &str) -> Result<bool> {
        let sql = "SELECT 1 FROM meters JOIN resident_accounts USING (account_id) WHERE resident_id = ?1 AND id = ?2";
        Ok(self.one(sql, params![resident, meter], |_| Ok(()))?.is_some())
    }

    /// Failures of a login, and when the first of them was.
    pub fn failures(&self, login_sha256: &[u8]) -> Result<Option<(u32, DateTime<Utc>)>> {
        let sql = "SELECT failures, since_ms FROM login_attempts WHERE login_sha256 = ?1";
        let found: Option<(u32, i64)> =
            self.one(sql, params![login_sha256], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.map(|(failures, since)| {
            (failures, Utc.timestamp_millis_opt(since).single().unwrap_or_default())
        }))
    }

    /// Writes how often a login failed since when.
    pub fn set_failures(&self, login_sha256: &[u8], failures: u32, since: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO login_attempts VALUES (?1, ?2, ?3) \
                   ON CONFLICT (login_sha256) DO UPDATE SET failures = excluded.failures, since_ms = excluded.since_ms";
        self.run(sql, params![login_sha256, failures, ms(since)])?;
        Ok(())
    }

    /// Forgets a login's failures.
    pub fn clear_failures(&self, login_sha256: &[u8]) -> Result<()> {
        self.run("DELETE FROM login_attempts WHERE login_sha256 = ?1", params![login_sha256])?;
        Ok(())
    }

    /// Forgets failures that began before an instant.
    pub fn forget_failures(&self, before: DateTime<Utc>) -> Result<usize> {
        self.run("DELETE FROM login_attempts WHERE since_ms < ?1", params![ms(before)])
    }
}
