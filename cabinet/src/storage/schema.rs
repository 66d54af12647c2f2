//! The steps of the schema, `migrations/sqlite/NNN_name.sql` and `migrations/postgres/NNN_name.sql`; a released step
//! is never edited. All missing ones are taken in one transaction with the version.

use postgres::Client;
use rusqlite::{Connection, TransactionBehavior};

use super::engine::WRITE;
use super::{Result, StorageError};

const SQLITE: [&str; 4] = [
    include_str!("../../migrations/sqlite/001_start.sql"),
    include_str!("../../migrations/sqlite/002_zones_claims_adjustments.sql"),
    include_str!("../../migrations/sqlite/003_evidence_withdrawals_letters.sql"),
    include_str!("../../migrations/sqlite/004_notices_recovery_registrations_payments.sql"),
];
/// The first makes what SQLite has after three steps; from then on both have the same.
const POSTGRES: [&str; 2] = [
    include_str!("../../migrations/postgres/003_start.sql"),
    include_str!("../../migrations/postgres/004_notices_recovery_registrations_payments.sql"),
];
const FIRST_OF_POSTGRES: usize = 3;
/// The version that this program writes.
pub const VERSION: u32 = SQLITE.len() as u32;
const _: () =
    assert!(FIRST_OF_POSTGRES + POSTGRES.len() - 1 == SQLITE.len(), "a step is missing on one side");

/// The file's version; an error, before anything is written to it, if this program does not know it.
pub fn refuse_newer_file(connection: &Connection) -> Result<u32> {
    refuse_newer(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a file up to date.
pub fn migrate_file(connection: &mut Connection) -> Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = refuse_newer_file(&tx)?;
    for step in &SQLITE[version as usize..] {
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

/// Brings a database of a server up to date, once, however many cabinets begin at the same time. An error ends the
/// connection's transaction with the connection.
pub fn migrate_server(client: &mut Client) -> Result<()> {
    // A step over a city's tables may take its time, and the other cabinets wait for it.
    client.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0")?;
    client.batch_execute(WRITE)?;
    let version = refuse_newer(version_of(client)?)?;
    let steps = (version as usize + 1).saturating_sub(FIRST_OF_POSTGRES);
    for step in &POSTGRES[steps..] {
        client.batch_execute(step)?;
    }
    if version == 0 {
        client.batch_execute(
            "INSERT INTO facts VALUES ('database_id', left(gen_random_uuid()::text, 8)), ('version', '0')",
        )?;
    }
    if version < VERSION {
        client.execute("UPDATE facts SET value = $1 WHERE name = 'version'", &[&VERSION.to_string()])?;
    }
    Ok(client.batch_execute("COMMIT")?)
}

fn version_of(client: &mut Client) -> Result<u32> {
    if client.query_one("SELECT to_regclass('facts') IS NULL", &[])?.try_get(0)? {
        return Ok(0);
    }
    let found = client.query_opt("SELECT value FROM facts WHERE name = 'version'", &[])?;
    let version: Option<String> = found.map(|row| row.try_get(0)).transpose()?;
    let version = version.and_then(|version| version.parse().ok());
    version.ok_or_else(|| StorageError::Unreadable("the schema's version".to_owned()))
}

const fn refuse_newer(version: u32) -> Result<u32> {
    if version > VERSION { Err(StorageError::Newer(version)) } else { Ok(version) }
}
