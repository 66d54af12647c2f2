//! Domain values in columns and back.
//!
//! A column that holds what the domain refuses is a damaged file, reported as such and never guessed at.

use chrono::DateTime;
use rusqlite::Row;
use rusqlite::types::Type;

use crate::domain::{Instant, Period, Replacement, Volume};

pub(super) fn millis(at: Instant) -> i64 {
    at.timestamp_millis()
}

pub(super) fn instant(row: &Row<'_>, column: &str) -> rusqlite::Result<Instant> {
    parsed(row, column, DateTime::from_timestamp_millis(row.get(column)?))
}

pub(super) fn maybe_instant(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Instant>> {
    let stored: Option<i64> = row.get(column)?;
    stored.map(|ms| parsed(row, column, DateTime::from_timestamp_millis(ms))).transpose()
}

pub(super) fn period(row: &Row<'_>, column: &str) -> rusqlite::Result<Period> {
    parsed(row, column, row.get::<_, String>(column)?.parse().ok())
}

pub(super) fn maybe_period(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Period>> {
    let stored: Option<String> = row.get(column)?;
    stored.map(|text| parsed(row, column, text.parse().ok())).transpose()
}

pub(super) fn volume(row: &Row<'_>, column: &str) -> rusqlite::Result<Volume> {
    Ok(Volume::from_ten_thousandths(row.get(column)?))
}

pub(super) fn maybe_volume(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Volume>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Volume::from_ten_thousandths))
}

/// A replacement as JSON of two decimals.
pub(super) fn replacement(row: &Row<'_>) -> rusqlite::Result<Option<Replacement>> {
    let stored: Option<String> = row.get("replacement")?;
    stored.map(|json| parsed(row, "replacement", serde_json::from_str(&json).ok())).transpose()
}

pub(super) fn replacement_json(of: Option<&Replacement>) -> Option<String> {
    of.map(|replacement| serde_json::json!(replacement).to_string())
}

pub(super) fn parsed<T>(row: &Row<'_>, column: &str, value: Option<T>) -> rusqlite::Result<T> {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    value.ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, format!("column {column}").into())
    })
}
