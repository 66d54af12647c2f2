//! The longer runs of what breaks Vodomer on purpose.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use vodomer_soak::corrupt;
use vodomer_soak::disk::Fault;
use vodomer_soak::kill;
use vodomer_soak::power::{self, Scenario, Violation};
use vodomer_soak::sim;

#[derive(Parser)]
#[command(about = "Breaks Vodomer on purpose, and looks whether anything was lost or doubled")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Power loss, I/O errors, short reads and a full disk at the operations of everything that the store does.
    Power {
        /// Every operation of every scenario, not every seventh of the longest.
        #[arg(long)]
        full: bool,
        /// Only scenarios whose name has this in it.
        #[arg(long, default_value = "")]
        scenario: String,
    },
    /// Phones, their residents and the utility through months of faults.
    Sim(sim::command::Arguments),
    /// Every damage of every sector of a phone's files.
    Corrupt {
        /// Only every so manieth, and none of two files at once.
        #[arg(long)]
        step: Option<usize>,
    },
    /// SIGKILL of a real process at each of its calls that change something, or at any moment.
    Kill(kill::command::Arguments),
    /// The process that is killed.
    #[command(hide = true)]
    Live(kill::child::Life),
}

fn main() -> ExitCode {
    let (full, named) = match Arguments::parse().what {
        What::Power { full, scenario } => (full, scenario),
        What::Sim(arguments) => return ended(sim::command::simulate(&arguments)),
        What::Corrupt { step } => return ended(damage(step)),
        What::Kill(arguments) => return ended(kill::command::kill(&arguments)),
        What::Live(life) => return kill::command::live(&life),
    };
    let mut sound = true;
    for scenario in power::all().iter().filter(|scenario| scenario.name.contains(&named)) {
        let line = power(scenario, full).unwrap_or_else(|wrong| {
            sound = false;
            format!("NOT AS IT MUST BE: {wrong}")
        });
        if writeln!(io::stdout(), "{line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    ended(sound)
}

fn ended(sound: bool) -> ExitCode {
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn damage(step: Option<usize>) -> bool {
    let report =
        step.map_or_else(corrupt::full, |step| corrupt::single(&corrupt::Phone::lived_in(2), step.max(1)));
    let mut told = format!(
        "{} damages: {} times the file was set aside, {} times something was absent until the next refresh\n",
        report.cases, report.set_aside, report.absent
    );
    for failure in &report.failures {
        told += &format!("NOT AS IT MUST BE: {failure}\n");
    }
    io::stdout().write_all(told.as_bytes()).is_ok() && report.failures.is_empty()
}

fn power(scenario: &Scenario, full: bool) -> Result<String, Violation> {
    let start = Instant::now();
    let reference = scenario.reference().map_err(|error| format!("{}: {error:?}", scenario.name))?;
    let stride = if full { 1 } else { scenario.stride };
    let losses = power::lose_power(scenario, &reference, stride, None)?;
    let lost = start.elapsed();
    let mut faults = Vec::new();
    for fault in [Fault::IoError, Fault::ShortRead, Fault::Full] {
        faults.push(format!("{fault:?} {:?}", power::meet_faults(scenario, &reference, stride, fault)?));
    }
    Ok(format!(
        "{}: {losses:?} in {lost:.1?}; {} in {:.1?}",
        scenario.name,
        faults.join(", "),
        start.elapsed() - lost
    ))
}
