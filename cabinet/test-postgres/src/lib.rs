//! A PostgreSQL for one run of tests, from the machine's own packages: on a socket in a folder of its own, begun by the
//! first test that needs it, gone with the process of the tests, however that ends.
//!
//! Nothing is skipped on a machine without PostgreSQL: the tests that need it fail, and say what to install.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that can't go on must stop")]

mod programs;
mod server;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use postgres::{Client, NoTls};

pub use server::{Durability, Server};

/// A server with any number of databases.
pub struct Cluster {
    server: Server,
    prepared: OnceLock<()>,
    made: AtomicU32,
    /// Databases like the prepared one that no test uses any more. Making one takes a second on a busy machine.
    free: Mutex<Vec<String>>,
}

/// A database of one test, gone with it.
pub struct TestDatabase {
    /// `postgres://…`
    pub url: String,
    name: String,
    cluster: &'static Cluster,
    is_like_the_prepared_one: bool,
}

impl Cluster {
    /// The one that all tests of this process share.
    pub fn of_this_run() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(|| {
            let server = Server::start(Durability::None).unwrap_or_else(|why| panic!("{why}"));
            Self { server, prepared: OnceLock::new(), made: AtomicU32::new(0), free: Mutex::default() }
        })
    }

    /// A database without any table.
    pub fn empty_database(&'static self) -> TestDatabase {
        let name = self.make("template1");
        TestDatabase { url: self.server.url(&name), name, cluster: self, is_like_the_prepared_one: false }
    }

    /// A database like one that was prepared once: the same tables, the same rows. Whoever prepares it must have let go
    /// of it.
    pub fn database(&'static self, prepare: impl FnOnce(&str)) -> TestDatabase {
        self.prepared.get_or_init(|| {
            self.command("CREATE DATABASE prepared");
            let url = self.server.url("prepared");
            prepare(&url);
            connect(&url).batch_execute(KEEP_ROWS).expect("a superuser");
        });
        let free = self.free().pop();
        let name = free.unwrap_or_else(|| self.make("prepared"));
        TestDatabase { url: self.server.url(&name), name, cluster: self, is_like_the_prepared_one: true }
    }

    fn make(&self, template: &str) -> String {
        let name = format!("test_{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.command(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        name
    }

    fn free(&self) -> MutexGuard<'_, Vec<String>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn command(&self, sql: &str) {
        connect(&self.server.url("postgres")).batch_execute(sql).expect("a superuser's command");
    }
}

/// Keeps a prepared database's rows beside its tables.
const KEEP_ROWS: &str = "CREATE SCHEMA kept;
    DO $$ DECLARE it TEXT; BEGIN
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('CREATE TABLE kept.%I AS SELECT * FROM public.%I', it, it);
        END LOOP;
    END $$";

/// Lets a database hold these rows again, and no others.
const BRING_BACK_ROWS: &str = "SET session_replication_role = replica;
    DO $$ DECLARE it TEXT; BEGIN
        FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('DELETE FROM public.%I', it);
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', it, it);
        END LOOP;
    END $$";

impl TestDatabase {
    /// A connection to it.
    pub fn connect(&self) -> Client {
        connect(&self.url)
    }

    /// Ends every connection to it, as a restart of the server would; tells how many there were.
    pub fn cut_all_connections(&self) -> usize {
        let cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
        let mut admin = connect(&self.cluster.server.url("postgres"));
        admin.query(cut, &[&self.name]).expect("a superuser").len()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A test that panicked may have left connections; when the server is gone, nothing is left to do.
        let brought_back = self.is_like_the_prepared_one
            && !std::thread::panicking()
            && Client::connect(&self.url, NoTls)
                .is_ok_and(|mut it| it.batch_execute(BRING_BACK_ROWS).is_ok());
        if brought_back {
            self.cluster.free().push(std::mem::take(&mut self.name));
        } else if let Ok(mut admin) = Client::connect(&self.cluster.server.url("postgres"), NoTls) {
            let _ = admin.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).expect("the tests' PostgreSQL answers")
}
