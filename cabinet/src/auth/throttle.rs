//! The limit on wrong passwords, per login, known or not.
//!
//! It lets a stranger lock a login for a quarter of an hour; that is the price of not letting him guess on.

use chrono::{DateTime, Duration, Utc};

use super::AuthError;
use crate::config::SignInRules;
use crate::storage::Tx;

/// Counts an attempt as failed until it has succeeded, or refuses it.
pub fn count(tx: &Tx, login_sha256: &[u8], rules: SignInRules, now: DateTime<Utc>) -> Result<(), AuthError> {
    let span = Duration::minutes(i64::from(rules.minutes));
    let recent = tx.failures(login_sha256)?.filter(|(_, since)| now < *since + span);
    let (failures, since) = recent.unwrap_or((0, now));
    if failures >= rules.failures {
        return Err(AuthError::RateLimited { until: since + span });
    }
    Ok(tx.set_failures(login_sha256, failures + 1, since)?)
}
