//! Sessions (families of tokens) and their tokens, of which only hashes are kept.

use chrono::{DateTime, Utc};

use super::engine::params;
use super::row::{instant, ms};
use super::{Result, Tx};

/// What is known of a presented refresh token.
pub struct RefreshToken {
    /// Its family.
    pub session: String,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// Exchanged for its successor.
    pub used: bool,
    /// Replaced before it was ever used.
    pub voided: bool,
    /// Its family has ended.
    pub ended: bool,
}

impl Tx<'_> {
    /// Begins a family of tokens.
    pub fn start_session(&self, id: &str, resident: &str, now: DateTime<Utc>) -> Result<()> {
        self.run("INSERT INTO sessions VALUES (?1, ?2, ?3, NULL)", params![id, resident, ms(now)])?;
        Ok(())
    }

    /// Ends a family: none of its tokens is honoured any more.
    pub fn end_session(&self, id: &str, now: DateTime<Utc>) -> Result<()> {
        self.run(
            "UPDATE sessions SET ended_ms = coalesce(ended_ms, ?2) WHERE id = ?1",
            params![id, ms(now)],
        )?;
        Ok(())
    }

    /// Adds a refresh token to a family.
    pub fn add_refresh_token(
        &self,
        sha256: &[u8],
        session: &str,
        predecessor: Option<&[u8]>,
        expires: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO refresh_tokens (sha256, session_id, predecessor, expires_ms) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![sha256, session, predecessor, ms(expires)])?;
        Ok(())
    }

    /// Adds the access token that is handed out with a refresh token.
    pub fn add_access_token(
        &self,
        sha256: &[u8],
        refresh_sha256: &[u8],
        expires: DateTime<Utc>,
    ) -> Result<()> {
        self.run(
            "INSERT INTO access_tokens VALUES (?1, ?2, ?3)",
            params![sha256, refresh_sha256, ms(expires)],
        )?;
        Ok(())
    }

    /// A refresh token by its hash.
    pub fn refresh_token(&self, sha256: &[u8]) -> Result<Option<RefreshToken>> {
        let sql = "SELECT session_id, expires_ms, used, voided, ended_ms IS NOT NULL AS ended \
                   FROM refresh_tokens JOIN sessions ON id = session_id WHERE sha256 = ?1";
        self.one(sql, params![sha256], |row| {
            Ok(RefreshToken {
                session: row.get("session_id")?,
                expires: instant(row, "expires_ms")?,
                used: row.get("used")?,
                voided: row.get("voided")?,
                ended: row.get("ended")?,
            })
        })
    }

    /// Marks a refresh token as exchanged; it has then come back, too.
    pub fn use_refresh_token(&self, sha256: &[u8]) -> Result<()> {
        self.run("UPDATE refresh_tokens SET used = 1, delivered = 1 WHERE sha256 = ?1", params![sha256])?;
        Ok(())
    }

    /// The hash of a token's successor, if nothing shows that anyone has received it.
    pub fn undelivered_successor(&self, sha256: &[u8]) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT sha256 FROM refresh_tokens WHERE predecessor = ?1 AND voided = 0 AND delivered = 0";
        self.one(sql, params![sha256], |row| row.get(0))
    }

    /// Takes back a token that was never used, and the access token that went with it.
    pub fn void_refresh_token(&self, sha256: &[u8]) -> Result<()> {
        self.run("UPDATE refresh_tokens SET voided = 1 WHERE sha256 = ?1", params![sha256])?;
        self.run("DELETE FROM access_tokens WHERE refresh_sha256 = ?1", params![sha256])?;
        Ok(())
    }

    /// The resident behind an access token that still counts.
    pub fn bearer(&self, sha256: &[u8], now: DateTime<Utc>) -> Result<Option<String>> {
        let sql = "SELECT resident_id FROM access_tokens \
                   JOIN refresh_tokens ON refresh_tokens.sha256 = refresh_sha256 \
                   JOIN sessions ON sessions.id = session_id \
                   WHERE access_tokens.sha256 = ?1 AND access_tokens.expires_ms > ?2 AND ended_ms IS NULL";
        self.one(sql, params![sha256, ms(now)], |row| row.get(0))
    }

    /// Whether an access token's pair has not been seen to arrive yet.
    pub fn is_undelivered(&self, access_sha256: &[u8]) -> Result<bool> {
        let sql = "SELECT 1 FROM access_tokens JOIN refresh_tokens ON refresh_tokens.sha256 = refresh_sha256 \
                   WHERE access_tokens.sha256 = ?1 AND delivered = 0";
        Ok(self.one(sql, params![access_sha256], |_| Ok(()))?.is_some())
    }

    /// Marks an access token's pair as arrived.
    pub fn mark_delivered(&self, access_sha256: &[u8]) -> Result<()> {
        let sql = "UPDATE refresh_tokens SET delivered = 1 \
                   WHERE sha256 = (SELECT refresh_sha256 FROM access_tokens WHERE sha256 = ?1)";
        self.run(sql, params![access_sha256])?;
        Ok(())
    }

    /// Forgets tokens that ended, and families without any.
    pub fn forget_tokens(&self, before: DateTime<Utc>) -> Result<usize> {
        let access = self.run("DELETE FROM access_tokens WHERE expires_ms < ?1", params![ms(before)])?;
        let refresh = self.run("DELETE FROM refresh_tokens WHERE expires_ms < ?1", params![ms(before)])?;
        self.run(
            "DELETE FROM sessions WHERE NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE session_id = id)",
            &[],
        )?;
        Ok(access + refresh)
    }
}
