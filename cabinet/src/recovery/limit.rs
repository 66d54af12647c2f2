//! How often a new login may be asked for: by one source, and for one telephone or one address, whether anybody has them
//! or not. It lets a stranger hold up a resident's letters for an hour, as the limit on passwords does.

use chrono::{DateTime, Duration, Utc};

use super::Contact;
use crate::auth::sha256;
use crate::config::RecoveryRules;
use crate::storage::{StorageError, Tx};

/// Why nothing is looked up.
#[derive(Debug)]
pub enum Limited {
    /// Asked too often; after this instant it may be asked again.
    Until(DateTime<Utc>),
    /// The cabinet's own trouble.
    Broken(StorageError),
}

impl From<StorageError> for Limited {
    fn from(error: StorageError) -> Self {
        Self::Broken(error)
    }
}

/// Counts a request, or refuses it.
pub fn count(
    tx: &Tx,
    rules: RecoveryRules,
    source: &str,
    contact: &Contact,
    now: DateTime<Utc>,
) -> Result<(), Limited> {
    let span = Duration::minutes(i64::from(rules.minutes));
    let asked = [
        (format!("source {source}"), rules.of_one_source),
        (format!("phone {}", contact.phone), rules.for_one_contact),
        (format!("email {}", contact.email), rules.for_one_contact),
    ];
    for (what, limit) in asked {
        let what = sha256(&what);
        let recent = tx.asked(&what)?.filter(|(_, since)| now < *since + span);
        let (times, since) = recent.unwrap_or((0, now));
        if times >= limit {
            return Err(Limited::Until(since + span));
        }
        tx.set_asked(&what, times + 1, since)?;
    }
    Ok(())
}
