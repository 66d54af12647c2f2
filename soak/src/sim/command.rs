//! `vodomer-soak sim`: many worlds, or one of them again.

#![allow(clippy::print_stdout, reason = "a command's answer")]

use super::many::{Plan, many};
use super::{Broken, Fault, Faults, Scenario, Template, run};

/// Phones, their residents and the utility through months of faults.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Replays this world, and prints every line of its trace.
    #[arg(long)]
    seed: Option<u64>,
    /// The first seed of many worlds.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Until so many device-months have been lived.
    #[arg(long, default_value_t = 100_000)]
    device_months: u64,
    /// Months of one world.
    #[arg(long, default_value_t = 12)]
    months: u32,
    /// Threads; as many as there are cores.
    #[arg(long)]
    threads: Option<usize>,
    /// Leaves a fault out, by its name: clock-jump, power-loss …
    #[arg(long)]
    without: Vec<String>,
    /// Goes on until so many worlds have broken a promise.
    #[arg(long, default_value_t = 1)]
    broken: usize,
}

/// Runs it; whether every promise was kept.
#[must_use]
pub fn simulate(arguments: &Arguments) -> bool {
    let Ok(template) = Template::new() else {
        println!("the phones can't even sign in");
        return false;
    };
    let Some(faults) = faults(&arguments.without) else {
        println!("no such fault; there are: {:?}", Fault::ALL.map(Fault::name));
        return false;
    };
    let first = arguments.from;
    let scenario =
        Scenario { months: arguments.months, faults, ..Scenario::of(arguments.seed.unwrap_or(first)) };
    if arguments.seed.is_some() {
        return replay(&template, Scenario { whole_trace: true, ..scenario });
    }
    let cores = || std::thread::available_parallelism().map_or(1, Into::into);
    let threads = arguments.threads.unwrap_or_else(cores);
    let (device_months, most_broken) = (arguments.device_months, arguments.broken);
    let report = many(&template, scenario, Plan { first, device_months, threads, most_broken }, tell);
    print!("{report}");
    report.broken.is_empty()
}

fn faults(without: &[String]) -> Option<Faults> {
    without.iter().try_fold(Faults::ALL, |faults, name| {
        let fault = Fault::ALL.into_iter().find(|fault| fault.name() == name)?;
        Some(faults.without(fault))
    })
}

fn replay(template: &Template, scenario: Scenario) -> bool {
    match run(template, scenario) {
        Ok(done) => {
            done.lines.iter().for_each(|line| println!("{line}"));
            println!("seed {}: every promise was kept; the trace's hash is {}", scenario.seed, done.hash);
            true
        }
        Err(broken) => {
            tell(&broken);
            false
        }
    }
}

fn tell(broken: &Broken) {
    broken.lines.iter().for_each(|line| println!("{line}"));
    println!("seed {}: {}", broken.seed, broken.what);
    println!("replay: vodomer-soak sim --seed {}\n", broken.seed);
}
