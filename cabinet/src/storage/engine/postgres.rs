//! PostgreSQL: a server that several cabinets share.
//!
//! One writer at a time over all of them, as in SQLite: a write begins by taking one advisory lock, which ends with its
//! transaction, when all others see what it did. So what was looked up still holds when it is acted upon, and the change
//! sequence grows in the order of the commits. Readers go on beside it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Statement};
use r2d2::{ManageConnection, Pool, PooledConnection};

use super::{Access, Row, Statements, Value, postgres_types};
use crate::database::Server;
use crate::storage::{Result, StorageError, schema};

/// Connections of one cabinet: one writes, the others read.
const CONNECTIONS: u32 = 8;
/// How long a request waits for one of them.
const FOR_A_CONNECTION: Duration = Duration::from_secs(5);
/// How long a write waits for the others of this cabinet.
const FOR_A_TURN: Duration = Duration::from_secs(10);
/// After this silence a connection is taken for lost.
const FOR_A_SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// A cabinet that hangs gives the lock back after `idle_in_transaction_session_timeout`. A server that answers before
/// it has written is told to write first: an answered reading must outlive a power cut.
const SETTINGS: &str = "SET lock_timeout = '10s'; SET statement_timeout = '30s'; \
    SET idle_in_transaction_session_timeout = '30s'; \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
/// Begins a transaction that sees one state.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// Begins a transaction that waits for its turn; each statement after that sees what the others have committed.
/// 7704 means nothing; it is the lock of this program's writers.
pub const WRITE: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE; SELECT pg_advisory_xact_lock(7704)";

/// What PostgreSQL, or the way to it, says.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The server's word. Without its details, which quote what columns hold.
    #[error("{message} ({code})")]
    Said {
        /// SQLSTATE.
        code: String,
        /// In the server's language.
        message: String,
    },
    /// No server, or none any more; a write may or may not have been kept.
    #[error("no connection: {0}")]
    Lost(String),
    /// The writes before it took too long.
    #[error("too many writes wait")]
    Busy,
    /// The work went on after a statement had failed, and would have been undone without a word.
    #[error("a failed statement was overlooked")]
    Overlooked,
}

impl From<postgres::Error> for PostgresError {
    fn from(error: postgres::Error) -> Self {
        match error.as_db_error() {
            Some(said) => {
                Self::Said { code: said.code().code().to_owned(), message: said.message().to_owned() }
            }
            None => Self::Lost(error.to_string()),
        }
    }
}

impl From<postgres::Error> for StorageError {
    fn from(error: postgres::Error) -> Self {
        Self::Postgres(error.into())
    }
}

/// The database that several cabinets share.
pub struct Postgres {
    /// There until it is dropped.
    pool: Option<Pool<Server>>,
    // One of this cabinet waits for the lock of all, so that the other connections are left to readers. Handed over
    // within a millisecond or so to who waits.
    turn: Mutex<()>,
}

/// A connection, and what it has compiled.
pub struct Session {
    client: Client,
    statements: HashMap<String, Statement>,
    broken: bool,
}

impl Postgres {
    /// Connects, and brings the tables up to date.
    pub fn open(server: &Server) -> Result<Self> {
        schema::migrate_server(&mut server.connect().map_err(StorageError::Postgres)?.client)?;
        let pool = Pool::builder()
            .max_size(CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(FOR_A_CONNECTION)
            .error_handler(Box::new(Trouble))
            .build(server.clone());
        Ok(Self { pool: Some(pool.map_err(lost)?), turn: Mutex::new(()) })
    }

    /// As [`Engine::within`](super::Engine::within).
    pub fn within<T, E: From<StorageError>>(
        &self,
        access: Access,
        work: impl FnOnce(&dyn Statements) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let _turn = match access {
            Access::Read => None,
            Access::Write => {
                let turn = self.turn.try_lock_for(FOR_A_TURN);
                Some(turn.ok_or(StorageError::Postgres(PostgresError::Busy))?)
            }
        };
        let mut session = self.session()?;
        let transaction = Transaction::begin(&mut session, access)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    fn session(&self) -> Result<PooledConnection<Server>> {
        let pool = self.pool.as_ref().ok_or_else(|| lost("closed"))?;
        pool.get().map_err(lost)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A connection is closed by a runtime of its own, which no thread of another runtime may enter.
        let pool = self.pool.take();
        let _ = std::thread::spawn(move || drop(pool)).join();
    }
}

fn lost(error: impl ToString) -> StorageError {
    StorageError::Postgres(PostgresError::Lost(error.to_string()))
}

impl ManageConnection for Server {
    type Connection = Session;
    type Error = PostgresError;

    fn connect(&self) -> std::result::Result<Session, PostgresError> {
        let mut client = self.config().connect(NoTls)?;
        client.batch_execute(SETTINGS)?;
        Ok(Session { client, statements: HashMap::new(), broken: false })
    }

    fn is_valid(&self, session: &mut Session) -> std::result::Result<(), PostgresError> {
        Ok(session.client.is_valid(FOR_A_SIGN_OF_LIFE)?)
    }

    fn has_broken(&self, session: &mut Session) -> bool {
        session.broken || session.client.is_closed()
    }
}

/// Tells the log what the pool keeps to itself.
#[derive(Debug)]
struct Trouble;

impl r2d2::HandleError<PostgresError> for Trouble {
    fn handle_error(&self, error: PostgresError) {
        tracing::warn!(%error, "a connection to the database");
    }
}

impl Session {
    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&postgres_types::translated(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn outside(&mut self, command: &str) -> Result<()> {
        let done = self.client.batch_execute(command);
        // Nobody knows what state it is in.
        self.broken |= done.is_err();
        Ok(done?)
    }
}

/// Undone when it is dropped without a commit.
struct Transaction<'a> {
    session: RefCell<&'a mut Session>,
    failed: Cell<bool>,
    open: bool,
}

impl<'a> Transaction<'a> {
    fn begin(session: &'a mut Session, access: Access) -> Result<Self> {
        session.outside(match access {
            Access::Read => READ,
            Access::Write => WRITE,
        })?;
        Ok(Self { session: RefCell::new(session), failed: Cell::new(false), open: true })
    }

    fn commit(mut self) -> Result<()> {
        // COMMIT after a failed statement is a ROLLBACK, and no error.
        if self.failed.get() {
            return Err(StorageError::Postgres(PostgresError::Overlooked));
        }
        self.open = false;
        self.session.get_mut().outside("COMMIT")
    }

    fn noting<T>(&self, done: Result<T>) -> Result<T> {
        self.failed.set(self.failed.get() || done.is_err());
        done
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            // If that fails, the connection is broken, and the server undoes it alone.
            let _ = self.session.get_mut().outside("ROLLBACK");
        }
    }
}

impl Statements for Transaction<'_> {
    fn query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let mut session = self.session.borrow_mut();
        let answered = session.prepared(sql).and_then(|statement| {
            let rows = session.client.query(&statement, &references(params))?;
            postgres_types::rows(statement.columns(), &rows)
        });
        self.noting(answered)
    }

    fn run(&self, sql: &str, params: &[Value]) -> Result<usize> {
        let mut session = self.session.borrow_mut();
        let done = session.prepared(sql).and_then(|statement| {
            let changed = session.client.execute(&statement, &references(params))?;
            Ok(usize::try_from(changed).unwrap_or(usize::MAX))
        });
        self.noting(done)
    }
}

fn references(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn ToSql + Sync)).collect()
}
