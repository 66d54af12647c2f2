//! Agreed visits of a specialist or an inspector, as the resident has noted them.

use chrono::{NaiveDate, NaiveTime};
use rusqlite::{Connection, Row, params};

use super::codec;
use super::seal::sealed;

/// A visit. Dates and times are the utility's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Our id of it.
    pub id: String,
    /// The account whose flat is visited.
    pub account_id: String,
    /// The day.
    pub date: NaiveDate,
    /// From this time on, where one was agreed.
    pub from: Option<NaiveTime>,
    /// Until this time.
    pub until: Option<NaiveTime>,
    /// Who comes and why, in the resident's words.
    pub note: String,
}

fn visit_row(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    sealed(row)?;
    let time = |column: &str| -> rusqlite::Result<Option<NaiveTime>> {
        let stored: Option<String> = row.get(column)?;
        let read = |text: String| NaiveTime::parse_from_str(&text, "%H:%M").ok();
        stored.map(|text| codec::parsed(row, column, read(text))).transpose()
    };
    Ok(VisitRow {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        date: row.get("date")?,
        from: time("from_time")?,
        until: time("until_time")?,
        note: row.get("note")?,
    })
}

/// Stores a visit.
pub fn put_visit(db: &Connection, v: &VisitRow) -> rusqlite::Result<()> {
    let time = |time: Option<NaiveTime>| time.map(|t| t.format("%H:%M").to_string());
    db.prepare_cached("INSERT OR REPLACE INTO visit VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)")?
        .execute(params![v.id, v.account_id, v.date, time(v.from), time(v.until), v.note])?;
    Ok(())
}

/// Forgets a visit; tells whether there was one.
pub fn remove_visit(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    Ok(db.prepare_cached("DELETE FROM visit WHERE id = ?1")?.execute([id])? > 0)
}

/// Visits from a day on, the next first.
pub fn visits(db: &Connection, from: NaiveDate) -> rusqlite::Result<Vec<VisitRow>> {
    db.prepare_cached("SELECT * FROM visit WHERE date >= ?1 ORDER BY date, from_time, id")?
        .query_map([from], visit_row)?
        .collect()
}
