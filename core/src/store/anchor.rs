//! When the utility's clock was last seen, and what the phone's clocks said at that moment.

use rusqlite::{Connection, OptionalExtension, params};

use super::codec;
use super::seal::sealed;
use crate::domain::Instant;

/// One moment by all clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The utility's.
    pub server_at: Instant,
    /// The phone's, which the resident can set.
    pub phone_at: Instant,
    /// Milliseconds since the phone's start.
    pub monotonic: i64,
    /// Which start of the phone that was.
    pub boot: i64,
}

/// The last one; none before the first answer of the utility.
pub fn anchor(db: &Connection) -> rusqlite::Result<Option<Anchor>> {
    db.prepare_cached("SELECT * FROM clock WHERE id = 1")?
        .query_row([], |row| {
            sealed(row)?;
            Ok(Anchor {
                server_at: codec::instant(row, "server_at")?,
                phone_at: codec::instant(row, "phone_at")?,
                monotonic: row.get("monotonic")?,
                boot: row.get("boot")?,
            })
        })
        .optional()
}

/// Keeps one in the place of the last.
pub fn set_anchor(db: &Connection, anchor: &Anchor) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO clock (id, server_at, phone_at, monotonic, boot) VALUES (1, ?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        codec::millis(anchor.server_at),
        codec::millis(anchor.phone_at),
        anchor.monotonic,
        anchor.boot
    ])?;
    Ok(())
}
