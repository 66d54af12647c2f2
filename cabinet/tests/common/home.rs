//! Where a test's cabinet keeps what it knows: a file, or under `on_postgres` a database of the run's PostgreSQL.

use std::path::PathBuf;

use tempfile::TempDir;
use vodomer_cabinet::{Config, Database, Running};
use vodomer_test_postgres::{Cluster, TestDatabase};

/// The same tests are compiled again into `on_postgres.rs`.
const ON_POSTGRES: bool = matches!(env!("CARGO_CRATE_NAME").as_bytes(), b"on_postgres");

/// A database of its own, gone with it.
pub struct Home {
    folder: TempDir,
    pub server: Option<TestDatabase>,
}

impl Home {
    pub fn new() -> Self {
        if ON_POSTGRES { Self::on_postgres() } else { Self::in_a_file() }
    }

    pub fn in_a_file() -> Self {
        Self { folder: TempDir::new().unwrap(), server: None }
    }

    pub fn on_postgres() -> Self {
        // The tables are made once, and copied.
        let make_tables = |url: &str| {
            let database: Database = url.parse().unwrap();
            Running::start_blocking(Config::new(database)).unwrap().stop();
        };
        let server = Cluster::of_this_run().database(make_tables);
        Self { folder: TempDir::new().unwrap(), server: Some(server) }
    }

    pub fn address(&self) -> Database {
        self.server.as_ref().map_or_else(|| self.file().into(), |server| server.url.parse().unwrap())
    }

    /// Where the file is, if it is one.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("cabinet.db")
    }

    /// Does what no request can do.
    pub fn change(&self, sql: &str) {
        match &self.server {
            Some(server) => server.connect().batch_execute(sql).unwrap(),
            None => self.connect().execute_batch(sql).unwrap(),
        }
    }

    /// The same where other rows refer to what is changed.
    pub fn change_regardless(&self, sql: &str) {
        let regardless = if self.server.is_some() {
            "SET session_replication_role = replica"
        } else {
            "PRAGMA foreign_keys = OFF"
        };
        self.change(&format!("{regardless}; {sql}"));
    }

    /// The only value that a query answers, a text.
    pub fn text(&self, sql: &str) -> String {
        match &self.server {
            Some(server) => server.connect().query_one(sql, &[]).unwrap().get(0),
            None => self.connect().query_row(sql, [], |row| row.get(0)).unwrap(),
        }
    }

    /// The same of a number.
    pub fn number(&self, sql: &str) -> i64 {
        match &self.server {
            Some(server) => server.connect().query_one(sql, &[]).unwrap().get(0),
            None => self.connect().query_row(sql, [], |row| row.get(0)).unwrap(),
        }
    }

    /// Everything that is stored, as bytes.
    pub fn everything(&self) -> Vec<u8> {
        let Some(server) = &self.server else {
            let files = std::fs::read_dir(self.folder.path()).unwrap();
            return files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
        };
        let mut server = server.connect();
        let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
        let tables: Vec<String> = server.query(tables, &[]).unwrap().iter().map(|row| row.get(0)).collect();
        let rows = |table: &String| server.query(&format!("SELECT t::text FROM {table} AS t"), &[]).unwrap();
        tables.iter().flat_map(rows).flat_map(|row| row.get::<_, String>(0).into_bytes()).collect()
    }

    fn connect(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file()).unwrap()
    }
}
