//! SQLite: one connection behind a lock. A writer at a time is what SQLite has anyway, and every request here takes
//! well under a millisecond in it. `synchronous=FULL`, since an answered reading must outlive a power cut.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use parking_lot::Mutex;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, Transaction, TransactionBehavior, params_from_iter};

use super::{Access, Row, Statements, Value};
use crate::storage::{Result, StorageError, schema};

/// A writer of another process, such as a backup, is waited for so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// The database file of one cabinet.
pub struct Sqlite {
    // Hands over within a millisecond or so to who waits, so that a billing run can't keep it for itself.
    connection: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the file, makes it if it is missing, and brings its tables up to date.
    pub fn open(file: &Path) -> Result<Self> {
        let mut connection = Connection::open(file)?;
        schema::refuse_newer_file(&connection)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.busy_timeout(PATIENCE)?;
        schema::migrate_file(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// As [`Engine::within`](super::Engine::within).
    pub fn within<T, E: From<StorageError>>(
        &self,
        access: Access,
        work: impl FnOnce(&dyn Statements) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let behavior = match access {
            Access::Read => TransactionBehavior::Deferred,
            Access::Write => TransactionBehavior::Immediate,
        };
        let mut connection = self.connection.lock();
        let transaction = connection.transaction_with_behavior(behavior).map_err(StorageError::from)?;
        let done = work(&transaction)?;
        transaction.commit().map_err(StorageError::from)?;
        Ok(done)
    }
}

impl Statements for Transaction<'_> {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.prepare_cached(sql)?;
        let columns: Rc<[String]> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query(params_from_iter(params))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let values = (0..columns.len()).map(|place| Ok(out(row.get_ref(place)?)?));
            found.push(Row::new(Rc::clone(&columns), values.collect::<Result<_>>()?));
        }
        Ok(found)
    }

    fn run(&self, sql: &str, params: &[Value]) -> Result<usize> {
        Ok(self.prepare_cached(sql)?.execute(params_from_iter(params))?)
    }
}

fn out(value: ValueRef) -> rusqlite::Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        // No column of the schema is of this kind, and STRICT tables keep to their kinds.
        ValueRef::Real(_) => return Err(rusqlite::types::FromSqlError::InvalidType.into()),
        ValueRef::Text(_) => Value::Text(value.as_str()?.to_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
