//! `vodomer-soak kill`.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use super::child::{self, Life};
use super::{Tale, Victim, Violation};

/// How much.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only this tale.
    #[arg(long)]
    tale: Option<Tale>,
    /// Only every so manieth call.
    #[arg(long, default_value_t = 1)]
    stride: usize,
    /// So many kills at any moment instead.
    #[arg(long)]
    random: Option<usize>,
    /// Where chance begins.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The process says that it has saved before it has: must be noticed.
    #[arg(long)]
    says_too_early: bool,
}

/// Kills, and says what came of it; false when anything was lost or doubled.
#[must_use]
pub fn kill(arguments: &Arguments) -> bool {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return say(&Err(format!("this program is not to be found: {error}"))),
    };
    let victim = Victim { program, says_too_early: arguments.says_too_early };
    if let Some(kills) = arguments.random {
        let start = Instant::now();
        let figures = victim.struck_at_any_moment(kills, arguments.seed);
        return say(&figures.map(|f| {
            let (kills, promises) = (f.kills, f.promises);
            format!(
                "{kills} kills at any moment ({} came too late), {promises} promises kept, {:.1?}",
                f.escaped,
                start.elapsed()
            )
        }));
    }
    let tales = Tale::ALL.into_iter().filter(|tale| arguments.tale.is_none_or(|only| only == *tale));
    tales.fold(true, |sound, tale| {
        let start = Instant::now();
        let figures = victim.struck_at_every_call(tale, arguments.stride);
        let told = say(&figures.map(|f| {
            format!(
                "{tale:?}: {} kills at {} calls that change something ({} not reached), {} promises kept, {:.1?}",
                f.kills,
                f.calls,
                f.escaped,
                f.promises,
                start.elapsed()
            )
        }));
        told && sound
    })
}

fn say(result: &Result<String, Violation>) -> bool {
    let (line, sound) = match result {
        Ok(line) => (line.clone(), true),
        Err(wrong) => (format!("NOT AS IT MUST BE: {wrong}"), false),
    };
    writeln!(io::stdout(), "{line}").is_ok() && sound
}

/// The hidden command: the process that is killed.
#[must_use]
pub fn live(life: &Life) -> ExitCode {
    match child::live(life) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody to tell is left when this fails.
            let _ = writeln!(io::stderr(), "{error:?}");
            ExitCode::FAILURE
        }
    }
}
