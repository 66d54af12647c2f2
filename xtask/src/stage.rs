//! A stage of a command: one line that says how long it took, a sign of life while it takes long,
//! and its output only when it fails. Two stages may go on side by side.

use crate::failure::{Failure, Outcome, While};
use crate::process;
use crate::workspace::Workspace;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A line at least this often, so that nobody takes a long stage for a hanging one.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The errors of compilers and tests stand at the end; the whole output is in the log.
const SHOWN_OF_A_FAILURE: usize = 40;

/// What is being done now, for the person at the terminal.
pub struct Stage {
    title: String,
    number: usize,
    started: Instant,
    said: Instant,
}

/// What stands on the terminal's last line, shared by all stages.
static TERMINAL: Mutex<Terminal> = Mutex::new(Terminal { begun: 0, going_on: 0, open_line: None });

struct Terminal {
    begun: usize,
    going_on: usize,
    /// The number of the stage whose title stands there, waiting for its end.
    open_line: Option<usize>,
}

impl Stage {
    /// Says what begins.
    pub fn begin(title: &str) -> Self {
        let mut terminal = terminal();
        terminal.close_line();
        terminal.begun += 1;
        terminal.going_on += 1;
        terminal.open_line = Some(terminal.begun);
        print!("{title} … ");
        flush();
        let now = Instant::now();
        Self { title: title.to_owned(), number: terminal.begun, started: now, said: now }
    }

    /// Prints a line in between, below the stage's own.
    pub fn say(&mut self, line: &str) {
        let mut terminal = terminal();
        terminal.close_line();
        if terminal.going_on > 1 {
            println!("  {}: {line}", self.title);
        } else {
            println!("  {line}");
        }
        self.said = Instant::now();
    }

    /// Says that it still runs, if nothing was said for long.
    pub fn beat(&mut self) {
        if self.said.elapsed() >= SIGN_OF_LIFE {
            let so_far = span(self.started.elapsed());
            self.say(&format!("still running after {so_far}"));
        }
    }

    /// Says how it ended.
    pub fn end(self, word: &str) {
        let took = span(self.started.elapsed());
        let mut terminal = terminal();
        if terminal.open_line == Some(self.number) {
            println!("{word}, {took}");
            terminal.open_line = None;
        } else {
            terminal.close_line();
            println!("{}: {word}, {took}", self.title);
        }
    }

    /// Runs `command` as the whole of this stage, handing each line of its output to `line`.
    pub fn run(
        mut self,
        workspace: &Workspace,
        command: &mut Command,
        mut line: impl FnMut(&mut Self, &str),
    ) -> Outcome<()> {
        let log = workspace.log(&self.title);
        let mut written = BufWriter::new(create(&log)?);
        let mut last = VecDeque::with_capacity(SHOWN_OF_A_FAILURE);
        let shared = std::cell::RefCell::new(&mut self);
        let status = process::follow(
            command,
            |text| {
                // A log that cannot be written must not stop what it is a log of.
                let _ = writeln!(written, "{text}");
                if last.len() == SHOWN_OF_A_FAILURE {
                    last.pop_front();
                }
                last.push_back(text.to_owned());
                line(&mut shared.borrow_mut(), text);
            },
            || shared.borrow_mut().beat(),
        )?;
        if status.success() {
            self.end("ok");
            return Ok(());
        }
        self.end("FAILED");
        let last = Vec::from(last).join("\n");
        Err(Failure::new(format!(
            "{} failed ({status}). Its last lines:\n{last}\nAll of it: {}",
            process::shown(command),
            log.display(),
        )))
    }

    /// Runs a piece of our own work as the whole of this stage.
    pub fn with<T>(self, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let outcome = work();
        self.end(if outcome.is_ok() { "ok" } else { "FAILED" });
        outcome
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let mut terminal = terminal();
        terminal.going_on -= 1;
        if terminal.open_line == Some(self.number) {
            terminal.close_line();
        }
    }
}

impl Terminal {
    fn close_line(&mut self) {
        if self.open_line.take().is_some() {
            println!();
        }
    }
}

fn terminal() -> MutexGuard<'static, Terminal> {
    TERMINAL.lock().unwrap_or_else(PoisonError::into_inner)
}

fn create(log: &std::path::Path) -> Outcome<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).when(folder.display())?;
    }
    File::create(log).when(format_args!("creating {}", log.display()))
}

fn flush() {
    // Nothing is lost when the terminal is gone.
    let _ = std::io::stdout().flush();
}

/// A time as a person reads it: "3.2 s", "2 min 05 s".
pub fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(span(Duration::from_millis(3210)), "3.2 s");
        assert_eq!(span(Duration::from_secs(125)), "2 min 05 s");
    }
}
