//! Whom to send a new login, and how often it was asked for.

use chrono::{DateTime, TimeZone, Utc};

use super::engine::params;
use super::row::ms;
use super::{Result, Tx};
use crate::recovery::Contact;

impl Tx<'_> {
    /// Writes a resident's telephone and address.
    pub fn set_contact(&self, resident: &str, contact: &Contact) -> Result<()> {
        let sql = "INSERT INTO resident_contacts VALUES (?1, ?2, ?3) \
                   ON CONFLICT (resident_id) DO UPDATE SET phone = excluded.phone, email = excluded.email";
        self.run(sql, params![resident, contact.phone, contact.email])?;
        Ok(())
    }

    /// The residents that have both this telephone and this address.
    pub fn residents_behind(&self, contact: &Contact) -> Result<Vec<String>> {
        let sql =
            "SELECT resident_id FROM resident_contacts WHERE phone = ?1 AND email = ?2 ORDER BY resident_id";
        self.all(sql, params![contact.phone, contact.email], |row| row.get(0))
    }

    /// Replaces a login.
    pub fn set_login(&self, resident: &str, login: &str) -> Result<()> {
        self.run("UPDATE residents SET login = ?2 WHERE id = ?1", params![resident, login])?;
        Ok(())
    }

    /// Ends all of a resident's sessions.
    pub fn end_sessions(&self, resident: &str, now: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE sessions SET ended_ms = ?2 WHERE resident_id = ?1 AND ended_ms IS NULL";
        self.run(sql, params![resident, ms(now)])?;
        Ok(())
    }

    /// How often something was asked for, and when it was first.
    pub fn asked(&self, sha256: &[u8]) -> Result<Option<(u32, DateTime<Utc>)>> {
        let sql = "SELECT times, since_ms FROM recovery_attempts WHERE asked_sha256 = ?1";
        let found: Option<(u32, i64)> =
            self.one(sql, params![sha256], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.map(|(times, since)| (times, Utc.timestamp_millis_opt(since).single().unwrap_or_default())))
    }

    /// Writes how often something was asked for since when.
    pub fn set_asked(&self, sha256: &[u8], times: u32, since: DateTime<Utc>) -> Result<()> {
        let sql = "INSERT INTO recovery_attempts VALUES (?1, ?2, ?3) \
                   ON CONFLICT (asked_sha256) DO UPDATE SET times = excluded.times, since_ms = excluded.since_ms";
        self.run(sql, params![sha256, times, ms(since)])?;
        Ok(())
    }

    /// Forgets what was first asked for before an instant.
    pub fn forget_asked(&self, before: DateTime<Utc>) -> Result<usize> {
        self.run("DELETE FROM recovery_attempts WHERE since_ms < ?1", params![ms(before)])
    }
}
