//! What the commands need on the machine beside Rust: looked for, and installed where that is possible.

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::stage::Stage;
use crate::workspace::Workspace;
use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Robolectric's newest framework that still runs on a JDK of Debian stable needs this one.
const OLDEST_JDK: u32 = 17;

/// Something that must be there, and the Debian packages that bring it.
struct Tool {
    name: &'static str,
    for_what: &'static str,
    packages: &'static [&'static str],
    there: fn() -> bool,
}

/// What compiles the library and the cabinet.
const RUST_SIDE: &[Tool] = &[Tool {
    name: "a C compiler",
    for_what: "SQLite is compiled into the library",
    packages: &["gcc", "libc6-dev"],
    there: || ["cc", "gcc", "clang"].iter().any(|name| on_path(name)),
}];

/// What compiles the app and runs its tests.
const APP_SIDE: &[Tool] = &[
    Tool {
        name: "a JDK, 17 or newer",
        for_what: "the app and its tests",
        packages: &["openjdk-17-jdk-headless"],
        there: || jdk().is_some_and(|version| version >= OLDEST_JDK),
    },
    Tool {
        name: "Maven",
        for_what: "builds the app, fetches Kotlin and Robolectric",
        packages: &["maven"],
        there: || on_path("mvn"),
    },
    Tool {
        name: "aapt2",
        for_what: "compiles the app's resources",
        packages: &["aapt"],
        there: || on_path("aapt2"),
    },
];

/// What the Rust tests compare our arithmetic, calendar, drawings and pages with.
const ORACLES: &[Tool] = &[
    Tool {
        name: "Python 3.9 or newer with a zone database",
        for_what: "its decimals and zones check ours",
        packages: &["python3", "tzdata"],
        there: || {
            let asks = "from zoneinfo import ZoneInfo; ZoneInfo('Europe/Moscow')";
            process::answer(Command::new("python3").args(["-c", asks])).is_some()
        },
    },
    Tool {
        name: "ZXing's reader",
        for_what: "reads our QR codes",
        packages: &["zxing-cpp-tools"],
        there: || on_path("ZXingReader"),
    },
    Tool {
        name: "rsvg-convert",
        for_what: "draws our QR codes as a printer does",
        packages: &["librsvg2-bin"],
        there: || on_path("rsvg-convert"),
    },
    Tool {
        name: "html5lib for Debian's own Python",
        for_what: "looks for errors in our pages",
        packages: &["python3-html5lib"],
        there: || {
            process::answer(Command::new("/usr/bin/python3").args(["-I", "-c", "import html5lib"])).is_some()
        },
    },
];

/// What the cabinet's tests run beside it.
const SERVERS: &[Tool] = &[Tool {
    name: "PostgreSQL",
    for_what: "a city's cabinets keep what they know in it",
    packages: &["postgresql"],
    there: || {
        // Debian keeps a server's programs out of PATH, a folder a version.
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        versions.into_iter().any(|version| version.path().join("bin/initdb").is_file())
            || (on_path("initdb") && on_path("postgres"))
    },
}];

/// What the machinery needs that breaks things on purpose.
const FAULTS: &[Tool] = &[
    Tool {
        name: "strace",
        for_what: "kills a process at a given call",
        packages: &["strace"],
        there: || on_path("strace"),
    },
    Tool {
        name: "a C++ compiler",
        for_what: "libFuzzer is compiled into the fuzzing",
        packages: &["g++"],
        there: || ["c++", "g++", "clang++"].iter().any(|name| on_path(name)),
    },
];

/// Which part of the project a command works with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The crates.
    Rust,
    /// The Android app.
    App,
    /// What tests alone need.
    Oracles,
    /// What the cabinet's tests need beside it.
    Servers,
    /// What breaking things needs.
    Faults,
}

impl Side {
    const fn tools(self) -> &'static [Tool] {
        match self {
            Self::Rust => RUST_SIDE,
            Self::App => APP_SIDE,
            Self::Oracles => ORACLES,
            Self::Servers => SERVERS,
            Self::Faults => FAULTS,
        }
    }
}

/// Makes sure that everything for these sides is there; installs what is missing when it is root.
pub fn ensure(workspace: &Workspace, sides: &[Side]) -> Outcome<()> {
    let wanted = || sides.iter().flat_map(|side| side.tools());
    let missing: Vec<&Tool> = wanted().filter(|tool| !(tool.there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: BTreeSet<&str> = missing.iter().flat_map(|t| t.packages).copied().collect();
    let packages: Vec<&str> = packages.into_iter().collect();
    for tool in &missing {
        println!("missing: {} ({})", tool.name, tool.for_what);
    }
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    if !on_path("apt-get") {
        return Err(Failure::new(format!("please install what is missing; on Debian that is: {by_hand}")));
    }
    if !is_root() {
        return Err(Failure::new(format!(
            "please install what is missing, and start again:\n  sudo sh -c '{by_hand}'"
        )));
    }
    apt(workspace, "Looking up Debian packages", &["update"])?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&packages);
    let title = format!("Installing {} from Debian", packages.join(", "));
    apt(workspace, &title, &install)?;
    match wanted().find(|tool| !(tool.there)()) {
        None => Ok(()),
        Some(tool) => Err(Failure::new(format!(
            "{} is installed now, and still not found: look at PATH and JAVA_HOME",
            tool.name
        ))),
    }
}

/// Makes sure of rustfmt and clippy, by rustup where that is there.
pub fn ensure_rust_components(workspace: &Workspace) -> Outcome<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if process::answer(process::cargo().args([subcommand, "--version"])).is_some() {
            continue;
        }
        if !on_path("rustup") {
            return Err(Failure::new(format!(
                "{component} is missing, and there is no rustup to add it: install it beside your Rust"
            )));
        }
        Stage::begin(&format!("Installing {component} by rustup")).run(
            workspace,
            Command::new("rustup").args(["component", "add", component]),
            |_, _| {},
        )?;
    }
    Ok(())
}

fn apt(workspace: &Workspace, title: &str, arguments: &[&str]) -> Outcome<()> {
    Stage::begin(title).run(
        workspace,
        Command::new("apt-get").arg("-q").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"),
        |_, _| {},
    )
}

/// Whether /proc/self belongs to user 0.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// The version of the JDK that Maven would take: `JAVA_HOME`'s, otherwise the one on the path.
fn jdk() -> Option<u32> {
    let compiler = std::env::var_os("JAVA_HOME")
        .map_or_else(|| PathBuf::from("javac"), |home| Path::new(&home).join("bin/javac"));
    jdk_version(&process::answer(Command::new(compiler).arg("-version"))?)
}

/// "javac 17.0.15" → 17.
fn jdk_version(answer: &str) -> Option<u32> {
    let version = answer.trim().strip_prefix("javac ")?;
    version.split(['.', '-', '+']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jdks_version_is_its_first_number() {
        assert_eq!(jdk_version("javac 17.0.15\n"), Some(17));
        assert_eq!(jdk_version("javac 21\n"), Some(21));
        assert_eq!(jdk_version("javac 26-ea\n"), Some(26));
        assert_eq!(jdk_version("javac 1.8.0_401\n"), Some(1));
        assert_eq!(jdk_version("bash: javac: not found"), None);
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not() {
        assert!(on_path("sh"));
        assert!(!on_path("no-such-program-as-this"));
    }
}
