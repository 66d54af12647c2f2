//! One item's whole state as a line: its rows, column by column, whatever columns there are.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::store::seal::{self, sealed};

/// The tables that an item's rows are in: what was taken or written, and how far it has come.
pub(super) const TABLES: [&str; 3] = ["capture", "errand", "outbox"];

/// States in which an item has come to its end.
const ENDED: [&str; 3] = ["accounted", "superseded", "withdrawn"];

/// An item's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub item_id: String,
    /// Table → column → value.
    pub rows: Map<String, Value>,
}

impl Record {
    /// An item as the database has it; none when it has not.
    pub fn of(db: &Connection, item_id: &str) -> rusqlite::Result<Option<Self>> {
        let mut rows = Map::new();
        for table in TABLES {
            let row = db
                .prepare_cached(&format!("SELECT * FROM {table} WHERE item_id = ?1"))?
                .query_row([item_id], columns)
                .optional()?;
            if let Some(row) = row {
                rows.insert(table.to_owned(), Value::Object(row));
            }
        }
        let whole = rows.contains_key("outbox") && rows.len() > 1;
        Ok(whole.then(|| Self { item_id: item_id.to_owned(), rows }))
    }

    pub fn to_json(&self) -> Value {
        Value::Object(self.rows.clone())
    }

    /// None of what is no item.
    pub fn from_json(json: &Value) -> Option<Self> {
        let rows = json.as_object()?.clone();
        let item_id = rows.get("outbox")?.get("item_id")?.as_str()?.to_owned();
        (rows.len() > 1).then_some(Self { item_id, rows })
    }

    /// A column of the outbox.
    pub fn outbox(&self, column: &str) -> &Value {
        &self.rows["outbox"][column]
    }

    /// Nothing more will come of it.
    pub fn has_ended(&self) -> bool {
        self.outbox("state").as_str().is_some_and(|state| ENDED.contains(&state))
    }

    /// It has not left the phone, or is in doubt.
    pub fn is_unsent(&self) -> bool {
        matches!(self.outbox("state").as_str(), Some("queued" | "sending"))
    }
}

/// Every item that has not come to its end, the oldest first.
pub(super) fn open_items(db: &Connection) -> rusqlite::Result<Vec<Record>> {
    let ids: Vec<String> = db
        .prepare_cached(
            "SELECT item_id FROM outbox WHERE state NOT IN ('accounted', 'superseded', 'withdrawn') ORDER BY item_id",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ids.iter().filter_map(|id| Record::of(db, id).transpose()).collect()
}

/// A row of one table but its seal, which has to fit.
fn columns(row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
    sealed(row)?;
    let mut values = Map::new();
    for index in 0..row.as_ref().column_count() {
        let name = row.as_ref().column_name(index)?;
        if name == seal::COLUMN {
            continue;
        }
        let value = match row.get_ref(index)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => json!(number),
            ValueRef::Text(text) => json!(std::str::from_utf8(text)?),
            // No table of ours has such a column.
            other @ (ValueRef::Real(_) | ValueRef::Blob(_)) => {
                return Err(rusqlite::Error::InvalidColumnType(index, name.to_owned(), other.data_type()));
            }
        };
        values.insert(name.to_owned(), value);
    }
    Ok(values)
}

/// A line: 16 digits of a hash, a space, JSON.
pub(super) fn line(json: &Value) -> String {
    let text = json.to_string();
    format!("{} {text}\n", hash(text.as_bytes()))
}

/// What a line says, if it is whole.
pub(super) fn whole(line: &[u8]) -> Option<Value> {
    let (kept, json) = line.split_at_checked(16)?;
    let json = json.strip_prefix(b" ")?;
    if kept != hash(json).as_bytes() {
        return None;
    }
    serde_json::from_slice(json).ok()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
