//! A server process in a folder of its own.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

use super::programs;

const USER: &str = "cabinet";
const PATIENCE: Duration = Duration::from_secs(60);
/// Makes the server and runs it; ends it, and takes its folder away, when the other end of its standard input is gone:
/// that is so whether the tests end, panic or are killed. It is asked to end until it is gone, for it is deaf while it
/// begins.
const KEEPER: &str = r#"programs=$1 folder=$2 user=$3; shift 3
trap 'rm -rf "$folder"' EXIT
"$programs/initdb" -D "$folder/data" -U "$user" --auth=trust --no-sync --encoding=UTF8 --locale=C >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
"$programs/postgres" -D "$folder/data" -k "$folder" "$@" >"$folder/log" 2>&1 &
server=$!
cat >/dev/null
while kill -INT "$server" 2>/dev/null; do sleep 0.1; done"#;

/// Whether what is committed outlives a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As in service; for measuring.
    OnDisk,
    /// Nothing waits for the disk; for everything else.
    None,
}

/// Runs until it is dropped, or its process ends.
pub struct Server {
    folder: PathBuf,
    keeper: Child,
}

impl Server {
    /// Makes it, and returns when it answers.
    ///
    /// # Errors
    /// What is missing on this machine, or what it says instead of an answer.
    pub fn start(durability: Durability) -> Result<Self, String> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let (programs, user) = (programs::folder()?, programs::unprivileged()?);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        // A short name: a socket's path may not be longer than 107 bytes.
        let folder = std::env::temp_dir().join(format!("cabinet-pg-{}-{number}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        if let Some((uid, gid)) = user {
            std::os::unix::fs::chown(&folder, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "sh"]).arg(programs).arg(&folder).arg(USER).args(settings(durability));
        keeper.current_dir(&folder).stdin(Stdio::piped()).process_group(0);
        if let Some((uid, gid)) = user {
            keeper.uid(uid).gid(gid);
        }
        let keeper = keeper.spawn().map_err(|error| error.to_string())?;
        let mut server = Self { folder, keeper };
        server.wait_until_it_answers()?;
        Ok(server)
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        let folder = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://{USER}@{folder}/{database}")
    }

    fn wait_until_it_answers(&mut self) -> Result<(), String> {
        let started = Instant::now();
        while let Err(error) = Client::connect(&self.url("postgres"), NoTls) {
            let has_ended = self.keeper.try_wait().is_ok_and(|ended| ended.is_some());
            if has_ended || started.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(format!("the tests' PostgreSQL does not answer: {error}\n{log}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

fn settings(durability: Durability) -> impl Iterator<Item = String> {
    let common = ["listen_addresses=", "max_connections=200", "shared_buffers=64MB", "checkpoint_timeout=1h"];
    let careless =
        ["fsync=off", "full_page_writes=off", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0"];
    let careless = careless.into_iter().filter(move |_| durability == Durability::None);
    common.into_iter().chain(careless).flat_map(|setting| ["-c".to_owned(), setting.to_owned()])
}
