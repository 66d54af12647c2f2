//! Planted defects: each is put into a copy of the tree, and the machinery that is to catch it must.

use super::{Budget, Machinery, fresh};
use crate::failure::{Failure, Outcome, While};
use crate::process;
use crate::stage::{Stage, span};
use crate::workspace::Workspace;
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// A defect of `soak/defects.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Defect {
    name: String,
    file: String,
    find: String,
    replace: String,
    /// What it says then.
    caught_by: String,
    machinery: Machinery,
}

/// Folders that are made, and take gigabytes.
const MADE: [&str; 3] = ["target", ".git", "dist"];

/// Plants each in turn; tells whether all were caught.
pub fn run(workspace: &Workspace, named: &str) -> Outcome<bool> {
    let list = workspace.root.join("soak/defects.json");
    let text = fs::read_to_string(&list).when(list.display())?;
    let defects: Vec<Defect> = serde_json::from_str(&text).when(list.display())?;
    let tree = fresh(workspace.target.join("defects/tree"))?;
    copy(&workspace.root, &tree)?;
    let mut escaped = Vec::new();
    for defect in defects.into_iter().filter(|defect| defect.name.contains(named)) {
        let started = Instant::now();
        let caught = is_caught(workspace, &tree, &defect)?;
        let word = if caught { "caught" } else { "ESCAPED" };
        println!(
            "{word:8} {:>12}  {:8} {}",
            span(started.elapsed()),
            format!("{:?}", defect.machinery).to_lowercase(),
            defect.name
        );
        if !caught {
            println!("         expected: {}", defect.caught_by);
            escaped.push(defect.name);
        }
    }
    Ok(escaped.is_empty())
}

fn is_caught(workspace: &Workspace, tree: &Path, defect: &Defect) -> Outcome<bool> {
    let file = tree.join(&defect.file);
    let source = fs::read_to_string(&file).when(file.display())?;
    if source.matches(&defect.find).count() != 1 {
        return Err(Failure::new(format!(
            "{}: its place is not to be found in {}",
            defect.name, defect.file
        )));
    }
    fs::write(&file, source.replace(&defect.find, &defect.replace)).when(file.display())?;
    let caught = turns_red(workspace, tree, defect);
    // Written anew, so that cargo sees that it has changed back.
    fs::write(&file, source).when(file.display())?;
    caught
}

fn turns_red(workspace: &Workspace, tree: &Path, defect: &Defect) -> Outcome<bool> {
    let target = workspace.target.join("defects/target");
    let tests = ["test", "-p", "vodomer-core", "--lib", "--no-run"];
    let program = ["build", "--profile", "exhaustive", "-p", "vodomer-soak"];
    let of_the_core = defect.machinery == Machinery::Core;
    let cargo = |arguments: &[&str]| {
        let mut cargo = process::cargo();
        cargo.args(arguments).current_dir(tree).env("CARGO_TARGET_DIR", &target);
        cargo
    };
    let stage = Stage::begin(&format!("Planting: {}", defect.name));
    stage.run(workspace, &mut cargo(if of_the_core { &tests } else { &program }), |_, _| {})?;
    if of_the_core {
        return Ok(!succeeds(&mut cargo(&tests[..4]))?);
    }
    let program = target.join("exhaustive/vodomer-soak");
    let mut red = false;
    for arguments in defect.machinery.runs(Budget::Short) {
        red |= !succeeds(Command::new(&program).args(*arguments))?;
    }
    Ok(red)
}

fn succeeds(command: &mut Command) -> Outcome<bool> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    Ok(status.when(process::shown(command))?.success())
}

/// Copies what somebody wrote.
fn copy(from: &Path, to: &Path) -> Outcome<()> {
    for entry in fs::read_dir(from).when(from.display())? {
        let entry = entry.when(from.display())?;
        let name = entry.file_name();
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        if entry.file_type().when(from.display())?.is_dir() {
            fs::create_dir_all(&to).when(to.display())?;
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to).when(from.display())?;
        }
    }
    Ok(())
}
