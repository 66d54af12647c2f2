//! `cargo xtask test`: everything that must hold before a change is taken, in one run that shows all that does not.

use crate::builds;
use crate::cabinet::Cabinet;
use crate::counts::{self, Counts};
use crate::failure::{Failure, Outcome, While};
use crate::maven;
use crate::process;
use crate::soak::fuzz;
use crate::stage::{Stage, span};
use crate::tools::{self, Side};
use crate::workspace::Workspace;
use std::fs;
use std::thread;
use std::time::Instant;

/// Seconds for each target of the fuzzing; `cargo xtask soak fuzz` takes minutes.
const FUZZ_SECONDS: u64 = 12;

/// What `cargo xtask test` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only the crates: rustfmt, clippy, the Rust tests
    #[arg(long, conflicts_with = "app")]
    rust: bool,
    /// Only the Android app: ktlint, detekt, its tests and the story
    #[arg(long)]
    app: bool,
}

/// What has come out so far.
#[derive(Default)]
struct Results {
    rust: Counts,
    app: Counts,
    failures: Vec<Failure>,
    /// Stages that failed without a failed test, as a lint does: they must not end in "0 failed".
    other_failures: u64,
}

/// Runs all stages, prints the closing line, and says whether everything passed.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome<bool> {
    let started = Instant::now();
    let mut sides = vec![Side::Rust];
    if !options.app {
        sides.extend([Side::Oracles, Side::Servers, Side::Faults]);
    }
    if !options.rust {
        sides.push(Side::App);
    }
    tools::ensure(workspace, &sides)?;
    let mut results = Results::default();
    if !options.app {
        tools::ensure_rust_components(workspace)?;
        rust(workspace, &mut results);
    }
    // Side by side: the app's tests leave one core idle most of the time.
    let beside = thread::scope(|scope| {
        let app = (!options.rust).then(|| scope.spawn(|| app(workspace)));
        if !options.app {
            at_length(workspace, &mut results);
        }
        app.map(|app| app.join().map_err(|_| Failure::new("the app's stage has panicked"))).transpose()
    })?;
    results.add(beside.unwrap_or_default());
    Ok(results.close(started))
}

fn rust(workspace: &Workspace, results: &mut Results) {
    let format = ["fmt", "--all", "--", "--check"];
    let lints = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let tests = ["test", "--workspace", "--no-fail-fast", "--exclude", "vodomer-soak"];
    cargo(workspace, results, [("rustfmt", &format), ("clippy", &lints), ("Rust tests", &tests)]);
}

/// What takes minutes by intent: millions of cases, faults, foreign bytes.
fn at_length(workspace: &Workspace, results: &mut Results) {
    // Hundreds of millions of questions and millions of faults: without optimisation they would take a day.
    let tests = ["test", "--profile", "exhaustive", "-p", "vodomer-domain", "-p", "vodomer-soak"];
    let tests: Vec<&str> = tests.into_iter().chain(["--no-fail-fast", "--", "--nocapture"]).collect();
    let title = "At length: every month of every zone, power, corruption, kills, a simulated utility";
    cargo(workspace, results, [(title, &tests)]);
    let fuzzed = fuzz::run(workspace, None, FUZZ_SECONDS).and_then(|sound| {
        if sound {
            Ok(())
        } else {
            Err(Failure::new("fuzzing has found what is not as it must be: see above"))
        }
    });
    results.take(fuzzed, Counts::default());
}

fn cargo<const N: usize>(workspace: &Workspace, results: &mut Results, stages: [(&str, &[&str]); N]) {
    for (title, arguments) in stages {
        let mut counts = Counts::default();
        let outcome = Stage::begin(title).run(workspace, process::cargo().args(arguments), |stage, line| {
            counts += counts::of_cargo_line(line).unwrap_or_default();
            // Behind the name of its test, where that is still running.
            if let Some(at) =
                line.find("checked ").filter(|at| line[..*at].trim_end().ends_with("...") || *at == 0)
            {
                stage.say(&line[at..]);
            }
        });
        results.rust += counts;
        results.take(outcome, counts);
    }
}

fn app(workspace: &Workspace) -> Results {
    let mut results = Results::default();
    let lints = Stage::begin("ktlint and detekt").run(workspace, &mut maven::lint(workspace), |_, _| {});
    results.take(lints, Counts::default());
    let reports = workspace.root.join("android-demo/target/surefire-reports");
    let outcome = app_tests(workspace, &reports);
    match counts::of_surefire(&reports) {
        Ok(counts) => {
            results.app = counts;
            results.take(outcome, counts);
        }
        Err(failure) => {
            results.take(outcome, Counts::default());
            results.take(Err(failure), Counts::default());
        }
    }
    results
}

/// The app's own tests, and the story against a cabinet that runs meanwhile.
fn app_tests(workspace: &Workspace, reports: &std::path::Path) -> Outcome<()> {
    if reports.exists() {
        // Reports of classes that are gone would be counted again.
        fs::remove_dir_all(reports).when(format_args!("emptying {}", reports.display()))?;
    }
    let library = builds::for_the_app(workspace, false)?;
    let folder = workspace.target.join("xtask/story");
    let cabinet = Cabinet::start(workspace, &folder)?;
    let mut command = maven::test(workspace, &library);
    maven::with_story(&mut command, workspace, &cabinet, &folder);
    Stage::begin("Android app: build, tests and the story").run(workspace, &mut command, |_, _| {})
}

impl Results {
    /// Keeps a stage's failure for the end, and sees to it that it is counted.
    fn take(&mut self, outcome: Outcome<()>, counts: Counts) {
        if let Err(failure) = outcome {
            self.failures.push(failure);
            self.other_failures += u64::from(counts.failed == 0);
        }
    }

    fn add(&mut self, beside: Self) {
        self.rust += beside.rust;
        self.app += beside.app;
        self.failures.extend(beside.failures);
        self.other_failures += beside.other_failures;
    }

    fn close(&self, started: Instant) -> bool {
        for failure in &self.failures {
            println!("\n{failure}");
        }
        println!();
        let parts = [("Rust", self.rust), ("Android app", self.app)];
        for (whose, counts) in parts.into_iter().filter(|(_, counts)| *counts != Counts::default()) {
            let Counts { passed, failed, skipped } = counts;
            println!("{whose}: {passed} tests passed, {failed} failed, {skipped} skipped");
        }
        if self.other_failures > 0 {
            println!("Failed without a failed test: {} (counted below as one each)", self.other_failures);
        }
        println!("It took {}.", span(started.elapsed()));
        let failed = self.rust.failed + self.app.failed + self.other_failures;
        println!("{} passed, {failed} failed", self.rust.passed + self.app.passed);
        failed == 0
    }
}
