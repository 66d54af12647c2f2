//! Which items a transaction has moved, by the database's own word: a transition can't forget to tell.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// The ids that triggers of one connection have collected.
#[derive(Clone, Default)]
pub struct Moves(Arc<Mutex<BTreeSet<String>>>);

impl Moves {
    /// Listens to a connection. The triggers are the connection's own and lie in memory.
    pub fn of(connection: &Connection) -> rusqlite::Result<Self> {
        let moves = Self::default();
        let heard = moves.clone();
        connection.create_scalar_function("moved", 1, FunctionFlags::SQLITE_UTF8, move |arguments| {
            heard.set().insert(arguments.get(0)?);
            Ok(0)
        })?;
        for table in super::record::TABLES {
            connection.execute_batch(&format!(
                "CREATE TEMP TRIGGER {table}_made AFTER INSERT ON main.{table} BEGIN SELECT moved(new.item_id); END;
                 CREATE TEMP TRIGGER {table}_moved AFTER UPDATE ON main.{table} BEGIN SELECT moved(new.item_id); END;"
            ))?;
        }
        Ok(moves)
    }

    /// Forgets what a transaction that came to nothing has moved.
    pub fn clear(&self) {
        self.set().clear();
    }

    /// What has moved since the last time.
    pub fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.set())
    }

    fn set(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
