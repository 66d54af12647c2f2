//! What we draw and write, read by programs that we have not written: `cargo xtask test` brings them from Debian.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

mod codes;
mod pages;

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What a program says to its input; one that is not there is a failure and no reason to skip.
fn answer(program: &str, arguments: &[&str], files: &[&Path], input: &str) -> Vec<u8> {
    let mut command = Command::new(program);
    command.args(arguments).args(files).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            panic!("{program} is needed: apt-get install zxing-cpp-tools librsvg2-bin python3-html5lib")
        }
        child => child.unwrap(),
    };
    // A program that takes no input may be gone before it is written; what it says tells.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}");
    output.stdout
}
