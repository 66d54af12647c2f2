//! `cargo xtask demo`: one resident's month, played through the real app, and the page that shows it.

use crate::builds;
use crate::cabinet::Cabinet;
use crate::failure::{Failure, Outcome, While};
use crate::maven;
use crate::page::{self, Played};
use crate::process;
use crate::stage::{Stage, span};
use crate::story;
use crate::tools::{self, Side};
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// What `cargo xtask demo` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Play the same story through the Rust facade alone, without the app
    #[arg(long)]
    core: bool,
    /// Run the app with the release build of the library
    #[arg(long, conflicts_with = "core")]
    release: bool,
}

/// The class of the app's tests that plays the story; a part of it may stand for a process of its own.
const STORY: &str = "-Dtest=TheMonthOfOneResident*";

/// Plays the story; fails when a step is not as told.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome<()> {
    let started = Instant::now();
    if options.core {
        tools::ensure(workspace, &[Side::Rust])?;
        through_the_facade(workspace)?;
    } else {
        tools::ensure(workspace, &[Side::Rust, Side::App])?;
        through_the_app(workspace, options.release)?;
    }
    println!("It took {}.", span(started.elapsed()));
    Ok(())
}

fn through_the_facade(workspace: &Workspace) -> Outcome<()> {
    Stage::begin("Building the story").run(
        workspace,
        process::cargo().args(["test", "--package", "vodomer", "--test", "story", "--no-run"]),
        |_, _| {},
    )?;
    Stage::begin("The story, through the Rust facade").run(
        workspace,
        process::cargo().args(["test", "--package", "vodomer", "--test", "story", "--", "--nocapture"]),
        tell,
    )
}

fn through_the_app(workspace: &Workspace, release: bool) -> Outcome<()> {
    let folder = workspace.target.join("demo");
    if folder.exists() {
        fs::remove_dir_all(&folder).when(format_args!("emptying {}", folder.display()))?;
    }
    let library = builds::for_the_app(workspace, release)?;
    let cabinet = Cabinet::start(workspace, &folder)?;
    let mut command = maven::test(workspace, &library);
    maven::with_story(&mut command, workspace, &cabinet, &folder).arg(STORY);
    let outcome = Stage::begin("The story, through the Android app").run(workspace, &mut command, tell);
    let page = write_page(&folder, &cabinet, outcome.as_ref().err())?;
    println!("\nThe page: {}", page.display());
    outcome
}

fn tell(stage: &mut Stage, line: &str) {
    if let Some(step) = step(line) {
        stage.say(step);
    }
}

/// The part of a test program's output that tells a step: "story: 3. The process was killed …".
fn step(line: &str) -> Option<&str> {
    let told = match line.strip_prefix("story: ") {
        Some(told) => told,
        // Rust's test program may have begun the line with the test's name.
        None => line
            .strip_prefix("test ")
            .and_then(|rest| rest.split_once(" ... "))
            .map_or(line, |(_, told)| told),
    };
    let (number, text) = told.split_once(". ")?;
    let is_step = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && !text.is_empty();
    is_step.then_some(told)
}

/// Writes what there is to show, also of a story that failed.
fn write_page(folder: &Path, cabinet: &Cabinet, failure: Option<&Failure>) -> Outcome<std::path::PathBuf> {
    let steps = story::played(folder)?;
    let requests = cabinet.requests()?;
    let receipt = "receipt.html";
    let failure = failure.map(ToString::to_string);
    let html = page::html(&Played {
        steps: &steps,
        failure: failure.as_deref(),
        receipt: folder.join(receipt).exists().then_some(receipt),
        requests: &requests,
    });
    let page = folder.join("index.html");
    fs::write(&page, html).when(format_args!("writing {}", page.display()))?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_line_is_a_step_and_a_test_programs_own_words_are_not() {
        let told = "3. The process was killed; «123» is queued";
        assert_eq!(step(told), Some(told));
        assert_eq!(step(&format!("story: {told}")), Some(told));
        assert_eq!(step(&format!("test the_story ... {told}")), Some(told));
        for other in ["test the_story ... ok", "running 2 tests", "[INFO] Tests run: 1. Done", "1.5 s", ""] {
            assert_eq!(step(other), None, "{other}");
        }
    }
}
