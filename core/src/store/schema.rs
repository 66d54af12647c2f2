//! The steps from an empty file to the newest schema.
//!
//! `user_version` counts the steps done and moves in the step's own transaction, so that a crash leaves the file
//! between two steps, never within one.

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, seal, verify};

/// "Vdmr": tells our file from any other SQLite database.
pub(super) const APPLICATION_ID: i64 = 0x5664_6d72;

const STEPS: &[&str] = &[
    include_str!("../../migrations/001_first.sql"),
    include_str!("../../migrations/002_claims_zones_visits.sql"),
    include_str!("../../migrations/003_errands_seals_lease.sql"),
    include_str!("../../migrations/004_accounts_by_hand.sql"),
];

/// The newest schema that this code knows.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Makes an empty file one of a released schema, for whoever simulates phones of older versions.
///
/// # Errors
/// SQLite's.
pub fn make_released(connection: &mut Connection, version: i64) -> Result<(), StoreError> {
    lend_seal(connection)?;
    upgrade_until(connection, version)
}

/// Lends a connection what the triggers of a file of ours call; without it, nothing can be written into one.
///
/// # Errors
/// SQLite's.
pub fn lend_seal(connection: &Connection) -> Result<(), StoreError> {
    Ok(seal::lend(connection)?)
}

/// Does the steps that the file lacks.
pub(super) fn upgrade(connection: &mut Connection) -> Result<(), StoreError> {
    upgrade_until(connection, newest())
}

/// Does the steps that the file lacks until a version.
pub(super) fn upgrade_until(connection: &mut Connection, version: i64) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (done, step) in (0_i64..version).zip(STEPS).skip_while(|(done, _)| *done < found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        seal::seal_tables(&transaction)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", done + 1)?;
        verify::keep_fingerprint(&transaction, done + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
