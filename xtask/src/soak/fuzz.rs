//! Coverage-guided fuzzing, by the stable compiler: libFuzzer beside LLVM's own counters of every edge.

use super::fresh;
use crate::failure::{Failure, Outcome, While};
use crate::process;
use crate::stage::Stage;
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longer than any input that says something new.
const LONGEST: &str = "-max_len=2048";

/// The counterproof has to be found in so many seconds; it takes some twenty on an idle machine.
const PLANTED_SECONDS: u64 = 180;

/// What reads foreign bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Target {
    /// What a server says, and what comes of it
    Answers,
    /// What it says before that
    Headers,
    /// A utility as data
    Profile,
    /// What a resident types
    Typed,
    /// What a scanner hands over of a paper receipt
    Codes,
    /// The journal's bytes
    Journal,
    /// The database's bytes
    Database,
}

impl Target {
    const ALL: [Self; 7] = [
        Self::Answers,
        Self::Headers,
        Self::Profile,
        Self::Typed,
        Self::Codes,
        Self::Journal,
        Self::Database,
    ];

    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }
}

/// What a run of libFuzzer said last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Said {
    runs: u64,
    edges: u64,
    edges_at_first: u64,
}

/// Builds, sees the planted crash found, and fuzzes each target; tells whether nothing crashed.
pub fn run(workspace: &Workspace, only: Option<Target>, seconds: u64) -> Outcome<bool> {
    let program = build(workspace)?;
    let found = finds_what_is_planted(workspace, &program)?;
    let mut sound = found;
    for target in Target::ALL.into_iter().filter(|target| only.is_none_or(|only| only == *target)) {
        sound &= fuzz(workspace, &program, target, seconds)?;
    }
    Ok(sound)
}

/// Counts the edges of our own crates; what they are linked with is the ordinary build's.
fn build(workspace: &Workspace) -> Outcome<PathBuf> {
    let mut cargo = process::cargo();
    // Chosen out of the whole workspace, so that what it is linked with is built once.
    cargo.args(["build", "--workspace", "--bin", "vodomer-fuzz"]);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", workspace.root.join("fuzz/with-coverage"));
    Stage::begin("Building the fuzzing").run(workspace, &mut cargo, |_, _| {})?;
    // Elsewhere, since an ordinary build would put its own there.
    let program = workspace.target.join("fuzz/vodomer-fuzz");
    fs::create_dir_all(workspace.target.join("fuzz")).when("making the folder of the fuzzing")?;
    fs::copy(workspace.target.join("debug/vodomer-fuzz"), &program).when("keeping the fuzzing's program")?;
    Ok(program)
}

/// Fuzzes one target, beginning with what is kept; what it learns stays in the target folder.
fn fuzz(workspace: &Workspace, program: &Path, target: Target, seconds: u64) -> Outcome<bool> {
    let name = target.name();
    let learnt = workspace.target.join("fuzz/learnt").join(&name);
    fs::create_dir_all(&learnt).when(format_args!("making {}", learnt.display()))?;
    let crashes = fresh(workspace.target.join("fuzz/crashes").join(&name))?;
    let mut command = Command::new(program);
    command.env("VODOMER_FUZZ", &name).args(limits(seconds, &crashes)).arg(&learnt);
    command.arg(workspace.root.join("fuzz/corpus").join(&name));
    let (said, outcome) = follow(workspace, &format!("Fuzzing {name}"), &mut command);
    match outcome {
        Ok(()) if said.edges == 0 => Err(Failure::new(format!("{name}: no edge was counted"))),
        Ok(()) => Ok(true),
        Err(failure) => {
            println!("{failure}\nThe bytes that did it lie in {}", crashes.display());
            Ok(false)
        }
    }
}

fn limits(seconds: u64, crashes: &Path) -> [String; 5] {
    [
        format!("-max_total_time={seconds}"),
        LONGEST.to_owned(),
        "-timeout=10".to_owned(),
        "-rss_limit_mb=2048".to_owned(),
        format!("-artifact_prefix={}/", crashes.display()),
    ]
}

/// Shows at the end what was counted.
fn follow(workspace: &Workspace, title: &str, command: &mut Command) -> (Said, Outcome<()>) {
    let mut said = Said::default();
    let outcome = Stage::begin(title).run(workspace, command, |stage, line| {
        if said.hear(line) && line.contains("DONE") {
            stage.say(&format!(
                "checked {} inputs, {} edges of the code, {} more than at the beginning",
                said.runs,
                said.edges,
                said.edges - said.edges_at_first
            ));
        }
    });
    (said, outcome)
}

/// Guided by coverage the planted crash is found, by chance it is not; otherwise nothing here means anything.
fn finds_what_is_planted(workspace: &Workspace, program: &Path) -> Outcome<bool> {
    let crashes = fresh(workspace.target.join("fuzz/crashes/planted"))?;
    let learnt = fresh(workspace.target.join("fuzz/learnt/planted"))?;
    let mut blind = Command::new(program);
    blind.env("VODOMER_FUZZ", "blind").arg("-runs=0");
    Stage::begin("A planted crash by chance").run(workspace, &mut blind, |_, _| {})?;
    let stage = Stage::begin("A planted crash by coverage");
    let mut guided = Command::new(program);
    guided.env("VODOMER_FUZZ", "planted").args(limits(PLANTED_SECONDS, &crashes)).arg(learnt);
    let mut found = false;
    process::follow(&mut guided, |line| found |= line.contains("the planted crash is found"), || {})?;
    stage.end(if found { "found, as it must be" } else { "NOT FOUND" });
    Ok(found)
}

impl Said {
    /// Reads "#1024\tpulse  cov: 365 ft: 541 corp: 23/…"; tells whether it was such a line.
    fn hear(&mut self, line: &str) -> bool {
        let Some((runs, rest)) = line.strip_prefix('#').and_then(|line| line.split_once('\t')) else {
            return false;
        };
        let edges = rest.split_once("cov: ").and_then(|(_, after)| after.split(' ').next()?.parse().ok());
        if let (Ok(runs), Some(edges)) = (runs.parse(), edges) {
            let edges_at_first = if self.edges_at_first == 0 { edges } else { self.edges_at_first };
            *self = Self { runs, edges, edges_at_first };
            return true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_libfuzzer_says_is_counted_from_its_first_line_of_coverage_on() {
        let mut said = Said::default();
        assert!(!said.hear("INFO: Loaded 1 modules   (31234 inline 8-bit counters)"));
        assert!(said.hear("#2\tINITED cov: 51 ft: 52 corp: 1/1b exec/s: 0 rss: 40Mb"));
        assert!(said.hear("#4096\tDONE   cov: 365 ft: 541 corp: 23/1024b lim: 43 exec/s: 2048 rss: 44Mb"));
        assert_eq!(said, Said { runs: 4096, edges: 365, edges_at_first: 51 });
    }
}
