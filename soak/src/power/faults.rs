//! An operation fails, gets half, or finds the disk full: once, and from then on.

use vodomer_core::app::{App, Error};

use super::Violation;
use super::check::check;
use super::run::{Reference, Run, Scenario, capture};
use super::view::View;
use crate::disk::{Fault, Plan};
use crate::phone::HOT;

/// What was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FaultFigures {
    /// Runs in which the fault struck.
    pub runs: u64,
    /// Those that did their work all the same.
    pub unharmed: u64,
    /// Those that told of an error, and a phone opened later shows as done what was interrupted.
    pub done_all_the_same: u64,
}

/// Lets every `stride`-th operation go wrong in this way, alone or with all that follow.
///
/// # Errors
/// The first violation, with the place to look at.
pub fn meet_faults(
    scenario: &Scenario,
    reference: &Reference,
    stride: usize,
    fault: Fault,
) -> Result<FaultFigures, Violation> {
    let mut figures = FaultFigures::default();
    for at in reference.operations.clone().step_by(stride) {
        for plan in [Plan::once(at, fault), Plan::from_then_on(at, fault)] {
            meet_fault(scenario, reference, plan, &mut figures)
                .map_err(|wrong| format!("{}, {plan:?}: {wrong}", scenario.name))?;
        }
    }
    Ok(figures)
}

fn meet_fault(
    scenario: &Scenario,
    reference: &Reference,
    plan: Plan,
    figures: &mut FaultFigures,
) -> Result<(), Violation> {
    let (mut run, ended) = scenario
        .run(&reference.prepared, |disk| disk.plan(Some(plan)))
        .map_err(|error| format!("it does not open: {error:?}"))?;
    if !run.disk.struck() {
        return Ok(());
    }
    run.disk.plan(None);
    figures.runs += 1;
    figures.unharmed += u64::from(ended.is_ok());
    if let Err(Error::Internal { reason }) = &ended {
        return Err(format!("a defect of ours: {reason}"));
    }
    let (before, _) = reference.around(run.done);
    if let Some(app) = run.app() {
        claims_nothing_new(app, before, reference, ended.is_err())?;
    }
    let left = run.disk.image();
    let found = check(scenario, reference, &left, &run.world, run.done)?;
    figures.done_all_the_same += u64::from(ended.is_err() && found != *before);
    goes_on(&mut run)
}

/// What an error was returned for is not in the queue.
fn claims_nothing_new(
    app: &App,
    before: &View,
    reference: &Reference,
    failed: bool,
) -> Result<(), Violation> {
    let all = reference.views.iter().flat_map(View::items);
    let shown = View::take(app, all).map_err(|error| format!("it can't be looked at: {error:?}"))?;
    match shown.items().find(|item| failed && before.key(item).is_none()) {
        Some(item) => Err(format!("{item} is in the queue, though an error was returned for it")),
        None => Ok(()),
    }
}

/// The process that met the fault keeps readings again.
fn goes_on(run: &mut Run) -> Result<(), Violation> {
    match run.app().map(|app| capture(app, HOT, "87")) {
        // A phone that nobody has signed in on, or another's fixture, has no such meter.
        None | Some(Ok(_) | Err(Error::NotFound { .. })) => Ok(()),
        Some(Err(error)) => Err(format!("it keeps nothing any more: {error:?}")),
    }
}
