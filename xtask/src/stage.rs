//! A stage of a command: one line that says how long it took, a sign of life while it takes long,
//! and its output only when it fails.

use crate::failure::{Failure, Outcome, While};
use crate::process;
use crate::workspace::Workspace;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::Command;
use std::time::{Duration, Instant};

/// A line at least this often, so that nobody takes a long stage for a hanging one.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// The errors of compilers and tests stand at the end; the whole output is in the log.
const SHOWN_OF_A_FAILURE: usize = 40;

/// What is being done now, for the person at the terminal.
pub struct Stage {
    title: String,
    started: Instant,
    said: Instant,
    open_line: bool,
}

impl Stage {
    /// Says what begins.
    pub fn begin(title: &str) -> Self {
        let mut stage =
            Self { title: title.to_owned(), started: Instant::now(), said: Instant::now(), open_line: false };
        print!("{title} … ");
        flush();
        stage.open_line = true;
        stage
    }

    /// Prints a line in between, below the stage's own.
    pub fn say(&mut self, line: &str) {
        self.close_line();
        println!("  {line}");
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
    pub fn end(mut self, word: &str) {
        let took = span(self.started.elapsed());
        if self.open_line {
            println!("{word}, {took}");
            self.open_line = false;
        } else {
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

    fn close_line(&mut self) {
        if std::mem::take(&mut self.open_line) {
            println!();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.close_line();
    }
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
