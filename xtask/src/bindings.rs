//! `cargo xtask bindings`: the library's bindings for Kotlin (what is shipped) and Python (for checks from outside).
//!
//! They are read out of the built library, so they always fit it. The bindgen is a dependency of this package
//! and not of the library's, whose list of dependencies stays that of what is shipped.

use crate::failure::{Failure, Outcome, While};
use crate::process;
use crate::workspace::Workspace;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

/// What `cargo xtask bindings` takes.
#[derive(clap::Args)]
pub struct Options {
    /// The language to generate
    #[arg(long, value_enum, default_value = "kotlin")]
    language: Language,
    /// Generate from the release build instead of the dev build
    #[arg(long)]
    release: bool,
}

/// A language to generate bindings for.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// What the Android app is written in.
    Kotlin,
    /// Handy for trying the library without an app.
    Python,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Python => "python",
        }
    }

    /// Where the bindings of this language lie.
    pub fn folder(self, workspace: &Workspace) -> PathBuf {
        workspace.target.join("bindings").join(self.name())
    }
}

impl From<Language> for TargetLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::Kotlin => Self::Kotlin,
            Language::Python => Self::Python,
        }
    }
}

/// Builds the library, generates, and says where the bindings are.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome<()> {
    let mut build = process::cargo();
    build.args(["build", "--package", "vodomer", "--lib"]);
    if options.release {
        // The bindgen reads the symbol table, which the release profile strips.
        build.args(["--release", "--config", "profile.release.strip=\"none\""]);
    }
    process::run(&mut build)?;
    let changed = generate_from(workspace, &workspace.library(options.release), options.language)?;
    println!(
        "{}: {}",
        options.language.folder(workspace).display(),
        match changed {
            0 => "unchanged".to_owned(),
            1 => "1 file written".to_owned(),
            more => format!("{more} files written"),
        }
    );
    Ok(())
}

/// Generates the bindings of a built, unstripped library; returns how many files changed.
///
/// Only files whose text differs are written, so that Maven does not compile the same text again.
pub fn generate_from(workspace: &Workspace, library: &Path, language: Language) -> Outcome<usize> {
    let folder = language.folder(workspace);
    let fresh = folder.with_extension("fresh");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).when(format_args!("emptying {}", fresh.display()))?;
    }
    generate(GenerateOptions {
        languages: vec![language.into()],
        source: text(library)?.into(),
        out_dir: text(&fresh)?.into(),
        ..GenerateOptions::default()
    })
    .when(format_args!("generating bindings from {}", library.display()))?;
    let changed = take_over(&fresh, &folder)?;
    fs::remove_dir_all(&fresh).when(format_args!("removing {}", fresh.display()))?;
    Ok(changed)
}

/// Makes `folder` hold exactly what `fresh` holds, touching only what differs.
fn take_over(fresh: &Path, folder: &Path) -> Outcome<usize> {
    let wanted = files(fresh, fresh)?;
    let mut changed = 0;
    for name in &wanted {
        let new = fs::read(fresh.join(name)).when(name.display())?;
        let place = folder.join(name);
        if fs::read(&place).is_ok_and(|old| old == new) {
            continue;
        }
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).when(parent.display())?;
        }
        fs::write(&place, new).when(format_args!("writing {}", place.display()))?;
        changed += 1;
    }
    if folder.exists() {
        for name in files(folder, folder)?.difference(&wanted) {
            fs::remove_file(folder.join(name)).when(format_args!("removing {}", name.display()))?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The files below `folder`, named from `root`.
fn files(folder: &Path, root: &Path) -> Outcome<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).when(folder.display())? {
        let path = entry.when(folder.display())?.path();
        if path.is_dir() {
            found.extend(files(&path, root)?);
        } else {
            found.insert(path.strip_prefix(root).when(path.display())?.to_path_buf());
        }
    }
    Ok(found)
}

fn text(path: &Path) -> Outcome<String> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| Failure::new(format!("the bindgen cannot take the path {}", path.display())))
}
