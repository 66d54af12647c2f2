//! What the database need not hold for ever.

use chrono::{DateTime, Duration, Utc};

use crate::config::Rules;
use crate::error::Broken;
use crate::storage::Storage;

/// The contract promises 45 days: a phone that was off for a month still gets its answer.
const KEYS: Duration = Duration::days(45);

/// Phones have long had what was over a year ago, and nobody looks for it.
const NOTICES: Duration = Duration::days(365);

/// Forgets what is over by now.
pub fn forget(storage: &Storage, rules: &Rules, now: DateTime<Utc>) -> Result<(), Broken> {
    storage.write(|tx| {
        let keys = tx.forget_keys(now - KEYS)?;
        let tokens = tx.forget_tokens(now)?;
        let failures = tx.forget_failures(now - Duration::minutes(i64::from(rules.sign_in.minutes)))?;
        let asked = tx.forget_asked(now - Duration::minutes(i64::from(rules.recovery.minutes)))?;
        let payments = tx.cancel_expired_payments(now)?;
        let notices = tx.forget_notices(now - NOTICES)?;
        tracing::debug!(notices, payments, asked, keys, tokens, failures, "forgot what is over");
        Ok(())
    })
}
