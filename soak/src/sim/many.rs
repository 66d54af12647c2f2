//! Many worlds on all cores, each with its own seed.

use std::fmt;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::template::Template;
use super::trace::Tally;
use super::world::{Broken, Scenario, run};

/// What many worlds came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Worlds.
    pub worlds: u64,
    /// Phones × months.
    pub device_months: u64,
    /// What happened how often.
    pub tally: Tally,
    /// Worlds in which a promise was broken.
    pub broken: Vec<Broken>,
    /// How long it took.
    pub took: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let (months, worlds) = (self.device_months, self.worlds);
        let each_second = months as f64 / seconds;
        writeln!(f, "{months} device-months in {worlds} worlds, {seconds:.1} s, {each_second:.0} a second")?;
        for (what, count) in &self.tally {
            writeln!(f, "{count:>12} {what}")?;
        }
        writeln!(f, "{:>12} promises broken", self.broken.len())
    }
}

/// How many, from which seed on.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// The first seed.
    pub first: u64,
    /// Until so many device-months are reached.
    pub device_months: u64,
    /// Threads.
    pub threads: usize,
    /// Stop after so many broken promises.
    pub most_broken: usize,
}

/// Runs worlds like one, each with its own seed, until there are enough. Each broken promise is told at once.
pub fn many(template: &Template, like: Scenario, plan: Plan, tell: impl Fn(&Broken) + Sync) -> Report {
    let began = Instant::now();
    let (next, months, stop) = (AtomicU64::new(plan.first), AtomicU64::new(0), AtomicBool::new(false));
    let report = Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for _ in 0..plan.threads {
            scope.spawn(|| {
                while months.load(Ordering::Relaxed) < plan.device_months && !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let lived = run(template, Scenario { seed, ..like });
                    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
                    report.worlds += 1;
                    match lived {
                        Ok(done) => {
                            months.fetch_add(done.device_months, Ordering::Relaxed);
                            report.device_months += done.device_months;
                            for (what, count) in done.tally {
                                *report.tally.entry(what).or_default() += count;
                            }
                        }
                        Err(broken) => {
                            tell(&broken);
                            report.broken.push(broken);
                            stop.fetch_or(report.broken.len() >= plan.most_broken, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    let mut report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    report.broken.sort_by_key(|broken| broken.seed);
    report.took = began.elapsed();
    report
}
