//! Asking Python: one case a line in, one answer a line out.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// Runs a script of this folder and returns its answers, one for each case.
pub fn ask(script: &str, cases: &[String]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(script);
    let spawned = Command::new("python3")
        // Neither the user's packages nor files beside the script: the standard library alone.
        .args(["-I", "-B"])
        .arg(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut python = match spawned {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            panic!("the oracles need python3 (3.9 or later) on the PATH, and there is none")
        }
        spawned => spawned.unwrap(),
    };
    let mut stdin = python.stdin.take().unwrap();
    let questions = cases.join("\n") + "\n";
    // Written beside the reading: a full pipe on either side would stop both. A script that gives up closes its
    // end; why it did is on its stderr.
    let writer = thread::spawn(move || drop(stdin.write_all(questions.as_bytes())));
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the oracle {script} gave up: {said}");
    let answers: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(answers.len(), cases.len(), "{script} answers every case: {said}");
    answers
}

/// Compares our answers with the oracle's, case by case, and prints how many there were.
#[allow(clippy::print_stdout, reason = "how much was compared is part of the proof")]
pub fn compare(script: &str, cases: &[String], ours: &[String]) {
    let theirs = ask(script, cases);
    assert_eq!(cases.len(), ours.len());
    let both = ours.iter().zip(&theirs);
    let different: Vec<String> = cases
        .iter()
        .zip(both)
        .filter(|(_, (our, their))| our != their)
        .map(|(case, (our, their))| format!("{case:?}: we say {our:?}, the oracle says {their:?}"))
        .collect();
    let first = different.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(different.is_empty(), "{} of {} cases of {script}:\n{first}", different.len(), cases.len());
    println!("{script}: {} cases compared", cases.len());
}
