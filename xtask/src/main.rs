//! The project's commands: `cargo xtask demo` plays the story, `cargo xtask test` checks everything,
//! `bindings` and `size` are parts of them for daily work.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on must stop"))]

mod bindings;
mod builds;
mod cabinet;
mod check;
mod counts;
mod demo;
mod elf;
mod failure;
mod http;
mod maven;
mod page;
mod process;
mod size;
mod soak;
mod stage;
mod story;
mod tools;
mod workspace;

use clap::{Parser, Subcommand};
use failure::Outcome;
use std::process::ExitCode;
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's commands")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Plays one resident's month through the Android app and leaves target/demo/index.html
    Demo(demo::Options),
    /// Runs rustfmt, clippy, all Rust tests, ktlint, detekt and the app's tests
    Test(check::Options),
    /// Builds the library and generates its bindings into target/bindings/<language>
    Bindings(bindings::Options),
    /// Weighs the release library and the generated Kotlin against their budget
    Size(size::Options),
    /// Breaks things on purpose for hours: power, kills, corruption, simulated months, foreign bytes
    Soak(soak::Options),
}

fn main() -> ExitCode {
    match run(&Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the task; says whether all that it checked was as it should be.
fn run(task: &Task) -> Outcome<bool> {
    let workspace = Workspace::find()?;
    process::end_all_on_interrupt()?;
    match task {
        Task::Demo(options) => demo::run(&workspace, options)?,
        Task::Test(options) => return check::run(&workspace, options),
        Task::Bindings(options) => bindings::run(&workspace, options)?,
        Task::Size(options) => size::run(&workspace, options)?,
        Task::Soak(options) => return soak::run(&workspace, options),
    }
    Ok(true)
}
