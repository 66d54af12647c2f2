//! The reference cabinet as the other side of the story: started on free loopback ports with its own database,
//! and ended with the command.

use crate::failure::{Failure, Outcome, While};
use crate::http;
use crate::process::Process;
use crate::workspace::Workspace;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, PipeReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// It creates a database and hashes a few passwords before it listens.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running cabinet. Dropping it ends it.
pub struct Cabinet {
    /// Where residents' apps connect.
    pub listen: String,
    /// Where its clock, faults and log are reached.
    pub control: String,
    _process: Process,
}

/// The line that the cabinet prints when it listens.
#[derive(Deserialize)]
struct Ready {
    listen: String,
    control: String,
}

/// A request as the cabinet saw it.
#[derive(Debug, Clone, Deserialize)]
pub struct SeenRequest {
    /// When, by the cabinet's clock, in UTC.
    pub at: String,
    /// The HTTP method.
    pub method: String,
    /// The path asked for.
    pub path: String,
    /// How it ended.
    pub status: Ending,
    /// The idempotency keys that the request carried.
    #[serde(default)]
    pub idempotency_keys: Vec<String>,
    /// The size of the request's body.
    #[serde(default)]
    pub bytes_in: u64,
}

/// How a request ended.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Ending {
    /// It was answered with this HTTP status.
    Answered(u16),
    /// In these words: its answer was lost on the way.
    Other(String),
}

impl Cabinet {
    /// Starts the built cabinet with an empty database in `folder`, where it also logs.
    pub fn start(workspace: &Workspace, folder: &Path) -> Outcome<Self> {
        fs::create_dir_all(folder).when(folder.display())?;
        let database = folder.join("cabinet.db");
        for end in ["", "-wal", "-shm"] {
            let file = PathBuf::from(format!("{}{end}", database.display()));
            if file.exists() {
                fs::remove_file(&file).when(format_args!("removing {}", file.display()))?;
            }
        }
        let log = folder.join("cabinet.log");
        let written = File::create(&log).when(log.display())?;
        let (output, input) = std::io::pipe().when("making a pipe")?;
        let mut command = Command::new(workspace.profile(false).join("cabinet"));
        command
            .args(["serve", "--demo", "--database"])
            .arg(&database)
            .args(["--listen", "127.0.0.1:0", "--control", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(input)
            .stderr(written.try_clone().when(log.display())?);
        let process = Process::start(&mut command)?;
        // With our end of the pipe open its output would never end.
        drop(command);
        let ready = first_line(output, written)
            .and_then(|line| serde_json::from_str::<Ready>(&line).when(line))
            .map_err(|why| {
                let log = fs::read_to_string(&log).unwrap_or_default();
                Failure::new(format!("the cabinet did not start: {why}\n{log}"))
            })?;
        Ok(Self { listen: address(&ready.listen), control: address(&ready.control), _process: process })
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Outcome<Vec<SeenRequest>> {
        let list = http::get(&self.control, "/control/requests")?;
        serde_json::from_str(&list).when("reading the cabinet's list of requests")
    }
}

/// "127.0.0.1:8080" and "http://127.0.0.1:8080" mean the same.
fn address(printed: &str) -> String {
    if printed.starts_with("http://") { printed.to_owned() } else { format!("http://{printed}") }
}

/// The first line; what follows goes to the log, or the cabinet would wait at a full pipe.
fn first_line(output: PipeReader, mut log: File) -> Outcome<String> {
    let (send, line) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if send.send(line.clone()).is_err() {
                // The log is for people; the story goes on without it.
                let _ = writeln!(log, "{line}");
            }
        }
    });
    line.recv_timeout(PATIENCE).map_err(|_| Failure::new("it printed no line saying where it listens"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_address_with_or_without_its_scheme() {
        assert_eq!(address("127.0.0.1:80"), "http://127.0.0.1:80");
        assert_eq!(address("http://127.0.0.1:80"), "http://127.0.0.1:80");
    }

    #[test]
    fn a_request_is_read_as_the_cabinet_lists_it() {
        let list = r#"[{"at":"2026-11-25T21:02:00Z","method":"POST","path":"/v1/accounts/1/readings",
            "status":"answer lost","idempotency_keys":["k"],"bytes_in":412},
            {"at":"2026-11-25T21:02:09Z","method":"GET","path":"/v1/sync","status":200,"more":"ignored"}]"#;
        let requests: Vec<SeenRequest> = serde_json::from_str(list).unwrap();
        assert_eq!(requests[0].idempotency_keys, ["k"]);
        assert!(matches!(&requests[0].status, Ending::Other(words) if words == "answer lost"));
        assert!(matches!(requests[1].status, Ending::Answered(200)));
    }
}
