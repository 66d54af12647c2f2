//! The utility's time, as far as the phone knows it.
//!
//! The phone's clock may be wrong by hours; the deadline is the utility's. Every answer brings the server's time,
//! and the difference is kept for the days without a network.

use chrono::TimeDelta;
use rusqlite::Connection;

use super::policy;
use crate::domain::Instant;
use crate::env::Env;
use crate::store::{self, Store, StoreError};

const SKEW: &str = "skew";

/// Server − phone, milliseconds; none when it was never measured.
pub fn skew(db: &Connection) -> rusqlite::Result<Option<i64>> {
    store::note(db, SKEW)
}

/// Now, by the utility's clock.
pub fn now(db: &Connection, env: &Env) -> rusqlite::Result<Instant> {
    let skew = TimeDelta::try_milliseconds(skew(db)?.unwrap_or(0)).unwrap_or_default();
    let phone = env.clock.now();
    // A clock set to the end of time has no later moment.
    Ok(phone.checked_add_signed(skew).unwrap_or(phone))
}

/// Learns the difference from an answer. Small differences count as none.
pub fn learn(store: &Store, env: &Env, server_time: Option<Instant>) -> Result<(), StoreError> {
    let Some(server_time) = server_time else {
        return Ok(());
    };
    let difference = server_time - env.clock.now();
    let measured =
        if difference.abs() <= policy::CLOCK_TOLERANCE { 0 } else { difference.num_milliseconds() };
    // Written only when it changes: an answer a minute must not cost a write a minute.
    let known = store.read(skew)?;
    let moved =
        known.is_none_or(|known| (known - measured).abs() > policy::CLOCK_TOLERANCE.num_milliseconds());
    if moved {
        store.write(|db| store::set_note(db, SKEW, measured))?;
    }
    Ok(())
}
