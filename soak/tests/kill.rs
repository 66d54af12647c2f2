//! SIGKILL of a real process: within CI's time. `vodomer-soak kill` strikes at every call.

#![allow(clippy::print_stdout, reason = "the counts are what the run is for")]

use std::path::PathBuf;

use vodomer_soak::kill::{Tale, Victim};

/// Every so manieth call is struck.
const STRIDE: usize = 5;
/// Kills at moments that chance chooses.
const MOMENTS: usize = 40;

fn victim(says_too_early: bool) -> Victim {
    Victim { program: PathBuf::from(env!("CARGO_BIN_EXE_vodomer-soak")), says_too_early }
}

fn struck(tale: Tale) {
    let figures = victim(false).struck_at_every_call(tale, STRIDE).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(figures.kills * STRIDE * 2 > figures.calls, "{figures:?}");
    println!(
        "checked {tale:?}: {} kills at {} calls that change something, {} promises kept",
        figures.kills, figures.calls, figures.promises
    );
}

#[test]
fn what_a_new_phone_was_promised_outlives_a_kill_at_any_call() {
    struck(Tale::Beginning);
}

#[test]
fn what_was_kept_corrected_sent_and_taken_back_outlives_a_kill_at_any_call() {
    struck(Tale::Month);
}

#[test]
fn a_wipe_that_is_killed_at_any_call_has_removed_all_or_nothing_and_can_be_done_again() {
    struck(Tale::Wipe);
}

#[test]
fn a_recovery_that_is_killed_at_any_call_is_finished_by_the_next_process() {
    struck(Tale::Damage);
}

#[test]
fn an_upgrade_that_is_killed_at_any_call_loses_no_reading() {
    struck(Tale::Upgrade);
}

#[test]
fn what_was_promised_outlives_kills_at_any_moment() {
    let figures = victim(false).struck_at_any_moment(MOMENTS, 1).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(figures.kills >= MOMENTS / 2, "{figures:?}");
    println!("checked {} kills at any moment, {} promises kept", figures.kills, figures.promises);
}

/// The defect for which all this is there: a promise that is given before it is kept.
#[test]
fn a_process_that_says_saved_before_it_has_saved_is_found_out() {
    let wrong = victim(true).struck_at_every_call(Tale::Month, 1).unwrap_err();
    assert!(wrong.contains("is lost"), "{wrong}");
}

/// Before any kill: a machine without strace, or where it may not trace, says so instead of passing.
#[test]
fn a_process_that_can_not_be_traced_is_no_success() {
    let program = PathBuf::from("no-such-program-as-this");
    let nobody = Victim { program, says_too_early: false };
    let wrong = nobody.struck_at_every_call(Tale::Upgrade, 1).unwrap_err();
    assert!(wrong.contains("is tracing allowed here?"), "{wrong}");
}
