//! What the app and the story run against: the library, its bindings and the cabinet.

use crate::bindings::{self, Language};
use crate::failure::Outcome;
use crate::process;
use crate::stage::Stage;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// Builds the library and its Kotlin bindings, and the cabinet. Returns the library for the app to load.
pub fn for_the_app(workspace: &Workspace, release: bool) -> Outcome<PathBuf> {
    // Chosen out of the whole workspace: by themselves they would want other features of what they are linked with, and
    // everything that the tests have built would be built once more.
    let chosen = ["--workspace", "--exclude", "vodomer-soak", "--lib", "--bin", "cabinet"];
    build(workspace, "Building the library and the cabinet", &chosen)?;
    generate(workspace)?;
    if release {
        release_library(workspace, None)?;
    }
    Ok(workspace.library(release))
}

/// Builds the library and its Kotlin bindings.
pub fn kotlin(workspace: &Workspace) -> Outcome<()> {
    build(workspace, "Building the library", &["--package", "vodomer", "--lib"])?;
    generate(workspace)
}

/// Builds the library as it is shipped, for this machine or for another target.
pub fn release_library(workspace: &Workspace, target: Option<&str>) -> Outcome<()> {
    let mut arguments = vec!["--release", "--package", "vodomer", "--lib"];
    arguments.extend(target.into_iter().flat_map(|target| ["--target", target]));
    build(workspace, "Release build of the library", &arguments)
}

fn build(workspace: &Workspace, title: &str, arguments: &[&str]) -> Outcome<()> {
    let mut command = process::cargo();
    command.arg("build").args(arguments);
    Stage::begin(title).run(workspace, &mut command, |_, _| {})
}

/// The bindings always come from the dev build: the release build is stripped of what the bindgen reads.
fn generate(workspace: &Workspace) -> Outcome<()> {
    Stage::begin("Kotlin bindings").with(|| {
        bindings::generate_from(workspace, &workspace.library(false), Language::Kotlin)?;
        Ok(())
    })
}
