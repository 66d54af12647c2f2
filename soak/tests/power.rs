//! Power loss and faults at every operation of everything that the store does; and what the check must catch.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it is not as told")]

use vodomer_soak::disk::{Fault, Lie};
use vodomer_soak::power::{self, Reference, Scenario};

fn scenario(name: &str) -> (Scenario, Reference) {
    let scenario = power::all().into_iter().find(|scenario| scenario.name == name).unwrap();
    let reference = scenario.reference().unwrap();
    (scenario, reference)
}

/// One part of the scenarios, so that the parts run side by side.
fn each_of(part: usize, mut run: impl FnMut(&Scenario, &Reference)) {
    for scenario in power::all().into_iter().skip(part).step_by(2) {
        run(&scenario, &scenario.reference().unwrap());
    }
}

fn lose_power(part: usize) {
    let (mut cuts, mut images) = (0, 0);
    each_of(part, |scenario, reference| {
        let figures = power::lose_power(scenario, reference, scenario.stride, None).unwrap();
        assert!(figures.images >= figures.cuts - figures.repeated && figures.images > 0, "{figures:?}");
        (cuts, images) = (cuts + figures.cuts, images + figures.images);
    });
    println!("checked {cuts} cuts of the power and the {images} disks that they left");
}

fn meet_faults(part: usize) {
    let mut runs = 0;
    each_of(part, |scenario, reference| {
        for fault in [Fault::IoError, Fault::ShortRead, Fault::Full] {
            let figures = power::meet_faults(scenario, reference, 3 * scenario.stride, fault).unwrap();
            // What the core has in memory is not read again.
            assert!(
                figures.runs > 0 || fault == Fault::ShortRead,
                "{}: {fault:?} never struck",
                scenario.name
            );
            runs += figures.runs;
        }
    });
    println!("checked {runs} faults of the disk");
}

#[test]
fn power_lost_at_any_operation_loses_nothing_and_claims_nothing() {
    lose_power(0);
}

#[test]
fn power_lost_at_any_operation_loses_nothing_and_claims_nothing_elsewhere() {
    lose_power(1);
}

#[test]
fn a_fault_at_any_operation_is_told_or_overcome() {
    meet_faults(0);
}

#[test]
fn a_fault_at_any_operation_is_told_or_overcome_elsewhere() {
    meet_faults(1);
}

#[test]
fn a_commit_whose_log_was_never_synced_is_found_to_be_lost() {
    for name in ["capture", "correct what waits", "hand over", "write a letter"] {
        let (scenario, reference) = scenario(name);
        let wrong = power::lose_power(&scenario, &reference, 1, Some(Lie::LogSyncs)).unwrap_err();
        assert!(wrong.contains("lost") || wrong.contains("none of before or after"), "{wrong}");
    }
}

#[test]
fn a_disk_that_syncs_nothing_is_found_to_lose_what_was_kept() {
    let (scenario, reference) = scenario("capture");
    let wrong = power::lose_power(&scenario, &reference, 1, Some(Lie::AllSyncs)).unwrap_err();
    assert!(wrong.contains("is lost") || wrong.contains("does not open"), "{wrong}");
}

#[test]
fn what_is_shown_as_sent_before_it_was_is_found() {
    let (scenario, mut reference) = scenario("send");
    let (run, ended) = scenario.run(&reference.prepared, |_| ()).unwrap();
    ended.unwrap();
    power::check(&scenario, &reference, &run.disk.image(), &run.world, run.done).unwrap();
    reference.views.truncate(1);
    let wrong = power::check(&scenario, &reference, &run.disk.image(), &run.world, 0).unwrap_err();
    assert!(wrong.contains("none of before or after"), "{wrong}");
}

#[test]
fn a_reading_that_nobody_took_is_found() {
    let (scenario, mut reference) = scenario("capture");
    let (run, ended) = scenario.run(&reference.prepared, |_| ()).unwrap();
    ended.unwrap();
    reference.views.truncate(1);
    let wrong = power::check(&scenario, &reference, &run.disk.image(), &run.world, 0).unwrap_err();
    assert!(wrong.contains("came from nowhere"), "{wrong}");
}
