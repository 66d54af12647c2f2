//! One program for all targets, since linking each by itself would cost more than running it: `VODOMER_FUZZ` names the
//! one that gets libFuzzer's bytes. `cargo xtask soak fuzz` builds and runs it.
//!
//! - `answers`: what a server says, through every reader and the whole of a pass
//! - `headers`: what a server says before that, through the HTTP client
//! - `profile`: a utility as data; one that is taken must be usable
//! - `typed`: what a resident types
//! - `codes`: what a scanner hands over of a paper receipt
//! - `journal`, `database`: what lies on the disk
//! - `planted`: a crash that only coverage finds, to see that it is found

#![no_main]

mod answers;
mod codes;
mod database;
mod headers;
mod journal;
mod phone;
mod planted;
mod profile;
mod typed;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

type Target = fn(&[u8]);

/// Chosen once.
static TARGET: OnceLock<Target> = OnceLock::new();

fn chosen() -> Target {
    match std::env::var("VODOMER_FUZZ").unwrap_or_default().as_str() {
        "answers" => answers::answers,
        "headers" => headers::headers,
        "profile" => profile::profile,
        "typed" => typed::typed,
        "codes" => codes::codes,
        "journal" => journal::journal,
        "database" => database::database,
        "planted" => planted::planted,
        "blind" => planted::blind,
        other => panic!("VODOMER_FUZZ names no target: {other:?}"),
    }
}

fuzz_target!(|bytes: &[u8]| TARGET.get_or_init(chosen)(bytes));
