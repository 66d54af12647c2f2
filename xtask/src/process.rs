//! Starting other programs: with arguments, never through a shell, and never leaving one behind.

use crate::failure::{Failure, Outcome, While};
use std::io::{BufRead, BufReader, PipeReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often a process is asked whether it has ended.
const TICK: Duration = Duration::from_millis(100);

/// How long an ended process's output is waited for: a daemon that it left may hold the pipe open for ever.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Every process that runs now, so that an interrupt can end them.
static RUNNING: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());

/// A started program, which is killed when this is dropped or when the command is interrupted.
pub struct Process {
    child: Arc<Mutex<Child>>,
}

impl Process {
    /// Starts `command` as it is set up.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let child = command.spawn().when(format_args!("starting {}", shown(command)))?;
        let child = Arc::new(Mutex::new(child));
        held(&RUNNING).push(Arc::clone(&child));
        Ok(Self { child })
    }

    /// How the process ended, or nothing while it runs.
    pub fn ended(&self) -> Outcome<Option<ExitStatus>> {
        held(&self.child).try_wait().when("waiting for a process")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&self.child);
        held(&RUNNING).retain(|other| !Arc::ptr_eq(other, &self.child));
    }
}

/// Ends all that was started when the person presses Ctrl-C or the command is told to stop.
pub fn end_all_on_interrupt() -> Outcome<()> {
    ctrlc::set_handler(|| {
        for child in held(&RUNNING).iter() {
            end(child);
        }
        eprintln!("\nxtask: interrupted");
        std::process::exit(130);
    })
    .when("preparing for an interrupt")
}

fn end(child: &Mutex<Child>) {
    let mut child = held(child);
    // Both fail only when the process has ended by itself, which is what is wanted.
    let _ = child.kill();
    let _ = child.wait();
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `command` to its end, handing on every line of both its outputs in their order,
/// and calling `beat` between them.
pub fn follow(
    command: &mut Command,
    mut line: impl FnMut(&str),
    mut beat: impl FnMut(),
) -> Outcome<ExitStatus> {
    let (output, errors) = std::io::pipe().when("making a pipe")?;
    let input = errors.try_clone().when("making a pipe")?;
    let process = Process::start(command.stdin(Stdio::null()).stdout(input).stderr(errors))?;
    // The command keeps its ends of the pipe, and with them the output would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let lines = lines_of(output);
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(text) => line(&text),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => thread::sleep(TICK),
        }
        beat();
        match ended {
            None => ended = process.ended()?.map(|status| (status, Instant::now())),
            Some((status, since)) if since.elapsed() > LAST_WORDS => {
                lines.try_iter().for_each(|text| line(&text));
                return Ok(status);
            }
            Some(_) => {}
        }
    }
}

fn lines_of(output: PipeReader) -> Receiver<String> {
    let (send, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut bytes = Vec::new();
        while output.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if send.send(text).is_err() {
                return;
            }
        }
    });
    lines
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a command prints, if it can be started and succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command whose output the person at the terminal wants to see as it comes.
pub fn run(command: &mut Command) -> Outcome<()> {
    let process = Process::start(command)?;
    loop {
        match process.ended()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => {
                return Err(Failure::new(format!("{} failed: {status}", shown(command))));
            }
            None => thread::sleep(TICK),
        }
    }
}

/// The cargo that started us, without what it told this package about itself.
///
/// Build scripts watch these variables (ring's does): with them, what `cargo xtask` builds and what `cargo` builds
/// would take turns in being out of date.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_about_this_package) {
            command.env_remove(name);
        }
    }
    command
}

fn is_about_this_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"]
        .iter()
        .any(|start| variable.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_arrive_in_their_order_and_the_status_is_the_programs_own() {
        let mut lines = Vec::new();
        let status = follow(
            Command::new("sh").args(["-c", "echo one; echo two >&2; echo three; exit 3"]),
            |line| lines.push(line.to_owned()),
            || {},
        )
        .unwrap();
        assert_eq!(lines, ["one", "two", "three"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn a_daemon_that_keeps_the_output_open_holds_nobody_up() {
        let started = Instant::now();
        let status = follow(Command::new("sh").args(["-c", "sleep 20 & echo done"]), |_| {}, || {}).unwrap();
        assert!(status.success());
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_dropped_process_is_gone() {
        let process = Process::start(Command::new("sleep").arg("60")).unwrap();
        let child = Arc::clone(&process.child);
        drop(process);
        assert!(held(&child).try_wait().unwrap().is_some());
    }

    #[test]
    fn cargo_is_not_told_of_this_package_but_of_the_target_folder() {
        assert!(is_about_this_package("CARGO_MANIFEST_DIR"));
        assert!(is_about_this_package("CARGO_PKG_VERSION"));
        assert!(!is_about_this_package("CARGO_TARGET_DIR"));
        assert!(!is_about_this_package("CARGO_HOME"));
        let removed = |name: &str| cargo().get_envs().any(|(n, value)| n == name && value.is_none());
        assert!(removed("CARGO_MANIFEST_DIR"));
    }
}
