//! Idempotency keys and the answers that they were given.

use chrono::{DateTime, Utc};

use super::engine::params;
use super::row::ms;
use super::{Result, Tx};

/// The scope of keys that belong to no account.
pub const PUBLIC: &str = "";

impl Tx<'_> {
    /// What was sent, as a hash, and the final answer, if there is one, that a key stands for. The scope is an
    /// account's id, or [`PUBLIC`].
    pub fn key(&self, scope: &str, key: &str) -> Result<Option<(Vec<u8>, Option<String>)>> {
        let sql = "SELECT item_sha256, answer FROM idempotency_keys WHERE scope = ?1 AND key = ?2";
        self.one(sql, params![scope, key], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Binds a key to what came with it, and to its answer once that is final.
    pub fn set_key(
        &self,
        scope: &str,
        key: &str,
        item: &[u8],
        answer: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let sql = "INSERT INTO idempotency_keys VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (scope, key) DO UPDATE SET answer = excluded.answer";
        self.run(sql, params![scope, key, item, answer, ms(now)])?;
        Ok(())
    }

    /// Forgets keys first seen before an instant.
    pub fn forget_keys(&self, before: DateTime<Utc>) -> Result<usize> {
        self.run("DELETE FROM idempotency_keys WHERE seen_ms < ?1", params![ms(before)])
    }
}
