//! `cargo xtask soak`: what breaks Vodomer on purpose, for as long as it takes. `cargo xtask test` runs the same for
//! minutes (the stages "At length" and "Fuzzing").

pub mod defects;
pub mod fuzz;

use crate::failure::{Outcome, While};
use crate::process;
use crate::stage::Stage;
use crate::tools::{self, Side};
use crate::workspace::Workspace;
use std::path::PathBuf;
use std::process::Command;

/// The budget of one target where nobody waits.
const FUZZ_SECONDS: u64 = 300;

/// What `cargo xtask soak` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Which of them
    #[arg(value_enum, default_value = "all")]
    what: Machinery,
    /// Fuzzing: only this target
    #[arg(long)]
    target: Option<fuzz::Target>,
    /// Fuzzing: seconds for each target
    #[arg(long, default_value_t = FUZZ_SECONDS)]
    seconds: u64,
    /// Defects: only those with this in their name
    #[arg(long, default_value = "")]
    named: String,
    /// After `--`: in the place of the usual options of the machinery, as `vodomer-soak <machinery> --help` tells them
    #[arg(last = true)]
    instead: Vec<String>,
}

/// A way to break things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Machinery {
    /// Power loss, I/O errors and a full disk at every operation
    Power,
    /// Ten million device-months of phones and their utility
    Sim,
    /// SIGKILL at every call that changes something, and at 10,000 moments
    Kill,
    /// Every damage of every sector
    Corrupt,
    /// Bytes that coverage guides, through everything that reads foreign bytes
    Fuzz,
    /// The core's own tests: only for planted defects
    #[value(skip)]
    Core,
    /// Each planted defect, to see it caught
    Defects,
    /// All of these
    All,
}

/// How long it may take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// Hours.
    Long,
    /// Seconds: what finds a planted defect.
    Short,
}

impl Machinery {
    /// The runs of `vodomer-soak`, each with its arguments.
    const fn runs(self, budget: Budget) -> &'static [&'static [&'static str]] {
        match (self, budget) {
            (Self::Power, Budget::Long) => &[&["power", "--full"]],
            (Self::Power, Budget::Short) => &[&["power"]],
            (Self::Sim, Budget::Long) => &[&["sim", "--device-months", "10000000"]],
            (Self::Sim, Budget::Short) => &[&["sim", "--device-months", "5000"]],
            (Self::Kill, Budget::Long) => &[&["kill"], &["kill", "--random", "10000"]],
            (Self::Kill, Budget::Short) => &[&["kill", "--stride", "2"]],
            (Self::Corrupt, Budget::Long) => &[&["corrupt"]],
            (Self::Corrupt, Budget::Short) => &[&["corrupt", "--step", "20"]],
            (Self::Fuzz | Self::Core | Self::Defects | Self::All, _) => &[],
        }
    }
}

/// Runs what was asked for, and says whether everything held.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome<bool> {
    tools::ensure(workspace, &[Side::Rust, Side::Faults])?;
    let asked = |which| options.what == which || options.what == Machinery::All;
    let mut sound = true;
    let of_the_program = [Machinery::Power, Machinery::Sim, Machinery::Kill, Machinery::Corrupt];
    if of_the_program.into_iter().any(asked) {
        let program = build(workspace)?;
        for machinery in of_the_program.into_iter().filter(|machinery| asked(*machinery)) {
            for arguments in machinery.runs(Budget::Long) {
                let instead = options.instead.iter().map(String::as_str);
                let arguments: Vec<&str> = match options.instead.is_empty() {
                    true => arguments.to_vec(),
                    false => arguments[..1].iter().copied().chain(instead).collect(),
                };
                sound &= break_things(workspace, &program, &arguments)?;
                if !options.instead.is_empty() {
                    break;
                }
            }
        }
    }
    if asked(Machinery::Fuzz) {
        sound &= fuzz::run(workspace, options.target, options.seconds)?;
    }
    if asked(Machinery::Defects) {
        sound &= defects::run(workspace, &options.named)?;
    }
    Ok(sound)
}

/// The program, optimised where the time goes.
fn build(workspace: &Workspace) -> Outcome<PathBuf> {
    let arguments = ["build", "--profile", "exhaustive", "-p", "vodomer-soak"];
    Stage::begin("Building vodomer-soak").run(workspace, process::cargo().args(arguments), |_, _| {})?;
    Ok(workspace.target.join("exhaustive/vodomer-soak"))
}

/// Whether everything held; what it says is shown as it comes.
fn break_things(workspace: &Workspace, program: &std::path::Path, arguments: &[&str]) -> Outcome<bool> {
    let title = format!("vodomer-soak {}", arguments.join(" "));
    let done = Stage::begin(&title).run(workspace, Command::new(program).args(arguments), Stage::say);
    if let Err(failure) = &done {
        println!("{failure}");
    }
    Ok(done.is_ok())
}

/// The folder that is made for one use, empty.
fn fresh(folder: PathBuf) -> Outcome<PathBuf> {
    if folder.exists() {
        std::fs::remove_dir_all(&folder).when(format_args!("emptying {}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).when(format_args!("making {}", folder.display()))?;
    Ok(folder)
}
