//! What the journal knows and the database does not is put back; of two states of an item the one further on counts.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::Said;
use super::record::{Record, TABLES};
use crate::store::by_hand;

/// Puts back, within the transaction given; tells how many unsent items were not there or not as far.
pub(in crate::store) fn put_back(db: &Connection, said: &Said) -> rusqlite::Result<usize> {
    let mut unsent = 0;
    for record in &said.items {
        let known = Record::of(db, &record.item_id)?;
        let news = match &known {
            Some(known) => how_far(record) > how_far(known),
            None => !record.has_ended(),
        };
        if news {
            store(db, record)?;
            unsent += usize::from(record.is_unsent());
        }
    }
    by_hand::put_together(db)?;
    Ok(unsent)
}

/// Orders the states that one item goes through. Attempts never go down; within one, `sending` comes first, an
/// answer that is none puts the item back among the queued, and the utility's own list has the last word. It may turn
/// down what it holds, and take it after all, which it is then seen to do later.
pub(super) fn how_far(record: &Record) -> (bool, i64, i64, u8, [bool; 4]) {
    let number = |column| record.outbox(column).as_i64();
    let is_held = !record.outbox("reading_id").is_null();
    let rank = match record.outbox("state").as_str() {
        Some("sending") => 0,
        Some("needs_answer") => 1,
        Some("queued") => 2,
        Some("rejected") if !is_held => 3,
        Some("received") => 4,
        Some("rejected") => 5,
        Some(_) | None => 6,
    };
    let has = |column| !record.outbox(column).is_null();
    // An owner who has signed in lets go by the app what was apart; nothing goes the other way.
    let by_the_app = number("apart") != Some(1);
    let later = [has("accounted_at"), by_the_app, has("redated_at"), has("channel_at")];
    let seen = number("read_back_at").unwrap_or(i64::MIN);
    (record.has_ended(), number("attempts").unwrap_or(0), seen, rank, later)
}

fn store(db: &Connection, record: &Record) -> rusqlite::Result<()> {
    let gives_way = gives_way(db, record)?;
    for table in TABLES {
        let Some(row) = record.rows.get(table).and_then(Value::as_object) else { continue };
        let mut row = row.clone();
        if gives_way && table == "outbox" {
            row.insert("state".to_owned(), "superseded".into());
        }
        replace(db, table, &row)?;
    }
    Ok(())
}

/// One reading a meter and period waits: of two the later is meant. Tells whether that is another one.
fn gives_way(db: &Connection, record: &Record) -> rusqlite::Result<bool> {
    let waits = matches!(record.outbox("state").as_str(), Some("queued" | "needs_answer" | "rejected"));
    let (Some(meter), Some(period)) = (record.outbox("meter_id").as_str(), record.outbox("period").as_str())
    else {
        return Ok(false);
    };
    if !waits {
        return Ok(false);
    }
    let others = "kind = 'reading' AND meter_id = ?1 AND period = ?2
        AND state IN ('queued', 'needs_answer', 'rejected')";
    let same = params![meter, period, record.item_id];
    db.execute(&format!("UPDATE outbox SET state = 'superseded' WHERE {others} AND item_id < ?3"), same)?;
    let later = format!("SELECT EXISTS (SELECT 1 FROM outbox WHERE {others} AND item_id > ?3)");
    db.query_row(&later, same, |row| row.get(0))
}

/// Stores a row by the columns that both the record and the table know.
fn replace(db: &Connection, table: &str, row: &Map<String, Value>) -> rusqlite::Result<()> {
    let known: Vec<String> = db
        .prepare_cached("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let (names, values): (Vec<&str>, Vec<Sql>) = row
        .iter()
        .filter(|(name, _)| known.contains(name))
        .map(|(name, value)| (name.as_str(), sql(value)))
        .unzip();
    let marks = vec!["?"; names.len()].join(", ");
    // Not `OR REPLACE`, which would push out whatever else is in the way.
    db.execute(
        &format!("DELETE FROM {table} WHERE item_id = ?1"),
        [row.get("item_id").and_then(Value::as_str)],
    )?;
    let statement = format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "));
    db.execute(&statement, rusqlite::params_from_iter(values))?;
    Ok(())
}

fn sql(value: &Value) -> Sql {
    match value {
        Value::Number(number) => number.as_i64().map_or(Sql::Null, Sql::Integer),
        Value::String(text) => Sql::Text(text.clone()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => Sql::Null,
    }
}
