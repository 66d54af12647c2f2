//! The Android app's build, as Maven is called for it.

use crate::bindings::Language;
use crate::cabinet::Cabinet;
use crate::workspace::Workspace;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// ktlint and detekt over the app's own Kotlin, by the pom's profile for them.
pub fn lint(workspace: &Workspace) -> Command {
    let mut command = maven(workspace);
    command.args(["-q", "-Plint", "validate"]);
    command
}

/// `mvn test` of the app against this library.
pub fn test(workspace: &Workspace, library: &Path) -> Command {
    let mut command = maven(workspace);
    command
        .arg("test")
        .arg(property("vodomer.bindings", Language::Kotlin.folder(workspace)))
        .arg(property("vodomer.native", library));
    command
}

fn maven(workspace: &Workspace) -> Command {
    let mut command = Command::new("mvn");
    command
        .args(["-B", "-ntp", "-Dstyle.color=never", "-f"])
        .arg(workspace.root.join("android-demo/pom.xml"))
        // The app speaks Russian, and a JVM started in the C locale would print question marks.
        .env("LC_ALL", "C.UTF-8");
    command
}

/// Adds what the story needs: its cabinet, its utility, and where its pictures go.
pub fn with_story<'a>(
    command: &'a mut Command,
    workspace: &Workspace,
    cabinet: &Cabinet,
    pictures: &Path,
) -> &'a mut Command {
    command
        .arg(property("vodomer.cabinet", &cabinet.listen))
        .arg(property("vodomer.control", &cabinet.control))
        .arg(property("vodomer.profile", workspace.root.join("cabinet/demo/profile.json")))
        .arg(property("vodomer.demo.out", pictures))
}

fn property(name: &str, value: impl AsRef<std::ffi::OsStr>) -> OsString {
    let mut property = OsString::from(format!("-D{name}="));
    property.push(value);
    property
}
