//! The battery is pulled at every operation, and every image that may be left is opened.

use super::Violation;
use super::check::check;
use super::run::{Reference, Scenario};
use crate::disk::{Fault, Lie, Plan};

/// What was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LossFigures {
    /// Disk operations of the scenario.
    pub operations: u64,
    /// Those at which the battery was pulled.
    pub cuts: u64,
    /// Cuts that left what an earlier one had left: a read changes nothing.
    pub repeated: u64,
    /// Images opened.
    pub images: u64,
}

/// Pulls the battery at every `stride`-th operation.
///
/// # Errors
/// The first violation, with the place to look at.
pub fn lose_power(
    scenario: &Scenario,
    reference: &Reference,
    stride: usize,
    lie: Option<Lie>,
) -> Result<LossFigures, Violation> {
    let operations = reference.operations.clone();
    let mut figures = LossFigures { operations: operations.end - operations.start, ..LossFigures::default() };
    let mut last = None;
    // And once more after the last, when everything was said to be done.
    for at in operations.clone().step_by(stride).chain([operations.end]) {
        let (run, ended) = scenario
            .run(&reference.prepared, |disk| {
                disk.lie(lie);
                disk.plan(Some(Plan::once(at, Fault::PowerLoss)));
            })
            .map_err(|error| format!("{}: it does not open: {error:?}", scenario.name))?;
        figures.cuts += 1;
        if ended.is_ok() && run.done + 1 < reference.views.len() {
            return Err(format!("{}, cut at {at}: ended well without its end", scenario.name));
        }
        // The same changes had reached the disk, and the same steps had returned.
        let left = Some((run.disk.counts().changes, run.done));
        if left == last {
            figures.repeated += 1;
            continue;
        }
        last = left;
        for (survival, image) in run.disk.images(at) {
            figures.images += 1;
            check(scenario, reference, &image, &run.world, run.done)
                .map_err(|wrong| format!("{}, cut at {at}, left {survival:?}: {wrong}", scenario.name))?;
        }
    }
    Ok(figures)
}
