//! Readings that the utility holds, of every source.

use rusqlite::{Connection, Row, params};

use super::codec;
use super::seal::sealed;
use crate::domain::{Instant, Period, Replacement, Source, Volume};

/// A reading as the utility has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// The server's id.
    pub id: String,
    /// The meter.
    pub meter_id: String,
    /// The month it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// When it was taken.
    pub taken_at: Option<Instant>,
    /// When the utility got it.
    pub received_at: Instant,
    /// `app, inspector, estimated …`
    pub source: String,
    /// `received, accounted …`
    pub status: String,
    /// Receipt number.
    pub receipt: Option<String>,
    /// Our id of it, if it came from an app.
    pub item_id: Option<String>,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced.
    pub replacement: Option<Replacement>,
    /// When the request left that brought it.
    pub sent_at: Option<Instant>,
}

impl ReadingRow {
    /// Somebody has read the dial: it is neither an estimate nor a norm.
    #[must_use]
    pub fn is_actual(&self) -> bool {
        Source::from_code(&self.source).is_some_and(Source::is_actual)
    }
}

fn reading_row(row: &Row<'_>) -> rusqlite::Result<ReadingRow> {
    sealed(row)?;
    Ok(ReadingRow {
        id: row.get("id")?,
        meter_id: row.get("meter_id")?,
        period: codec::period(row, "period")?,
        value: codec::volume(row, "value")?,
        taken_at: codec::maybe_instant(row, "taken_at")?,
        received_at: codec::instant(row, "received_at")?,
        source: row.get("source")?,
        status: row.get("status")?,
        receipt: row.get("receipt")?,
        item_id: row.get("item_id")?,
        rollover: row.get("rollover")?,
        replacement: codec::replacement(row)?,
        sent_at: codec::maybe_instant(row, "sent_at")?,
    })
}

/// Stores a reading as the utility gave it.
pub fn put_reading(db: &Connection, r: &ReadingRow) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO reading VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL)",
    )?
    .execute(params![
        r.id,
        r.meter_id,
        r.period.to_string(),
        r.value.ten_thousandths(),
        r.taken_at.map(codec::millis),
        codec::millis(r.received_at),
        r.source,
        r.status,
        r.receipt,
        r.item_id,
        r.rollover,
        codec::replacement_json(r.replacement.as_ref()),
        r.sent_at.map(codec::millis)
    ])?;
    Ok(())
}

/// A meter's newest actual readings, the newest first: no estimates or norms, nothing declined or withdrawn.
pub fn actual_readings(db: &Connection, meter_id: &str, limit: i64) -> rusqlite::Result<Vec<ReadingRow>> {
    db.prepare_cached(
        "SELECT * FROM reading WHERE meter_id = ?1
           AND source NOT IN ('estimated', 'norm') AND status NOT IN ('declined', 'superseded', 'withdrawn')
         ORDER BY period DESC, received_at DESC LIMIT ?2",
    )?
    .query_map(params![meter_id, limit], reading_row)?
    .collect()
}

/// A meter's readings of a month and later, of every source, the oldest first; nothing declined or withdrawn.
pub fn readings(db: &Connection, meter_id: &str, since: Period) -> rusqlite::Result<Vec<ReadingRow>> {
    db.prepare_cached(
        "SELECT * FROM reading WHERE meter_id = ?1 AND period >= ?2
           AND status NOT IN ('declined', 'superseded', 'withdrawn')
         ORDER BY period, received_at",
    )?
    .query_map(params![meter_id, since.to_string()], reading_row)?
    .collect()
}
