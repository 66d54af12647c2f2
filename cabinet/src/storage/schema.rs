//! The steps of the schema, `migrations/NNN_name.sql`; a released step is never edited.

use rusqlite::{Connection, TransactionBehavior};

use super::{Result, StorageError};

const STEPS: [&str; 3] = [
    include_str!("../../migrations/001_start.sql"),
    include_str!("../../migrations/002_zones_claims_adjustments.sql"),
    include_str!("../../migrations/003_evidence_withdrawals_letters.sql"),
];
/// The version that this program writes.
pub const VERSION: u32 = STEPS.len() as u32;

/// The file's version; an error, before anything is written to it, if this program does not know it.
pub fn refuse_newer(connection: &Connection) -> Result<u32> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > VERSION { Err(StorageError::Newer(version)) } else { Ok(version) }
}

/// Takes the missing steps, all in one transaction with the version.
pub fn migrate(connection: &mut Connection) -> Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = refuse_newer(&tx)?;
    for step in &STEPS[version as usize..] {
        tx.execute_batch(step)?;
    }
    if version == 0 {
        tx.execute("INSERT INTO facts VALUES ('database_id', lower(hex(randomblob(4))))", [])?;
    }
    if version < VERSION {
        tx.pragma_update(None, "user_version", VERSION)?;
    }
    tx.commit()?;
    Ok(())
}
