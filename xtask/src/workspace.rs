//! Where things lie: the repository's root and cargo's target folder.

use crate::failure::{Failure, Outcome, While};
use std::path::{Path, PathBuf};

/// The folders that the commands read from and write to.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The repository's root, where the workspace's Cargo.toml lies.
    pub root: PathBuf,
    /// Cargo's target folder: `CARGO_TARGET_DIR` when it is set, otherwise `target`.
    pub target: PathBuf,
}

impl Workspace {
    /// Finds the workspace and makes its root the current folder, which cargo metadata goes by.
    pub fn find() -> Outcome<Self> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("start it as `cargo xtask`, from inside the repository"))?;
        let root = package
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Failure::new("the xtask package has no folder above it"))?;
        let started_in = std::env::current_dir().when("asking for the current folder")?;
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| started_in.join(dir));
        std::env::set_current_dir(&root).when(format_args!("entering {}", root.display()))?;
        Ok(Self { root, target })
    }

    /// The built library, of the dev or the release profile.
    pub fn library(&self, release: bool) -> PathBuf {
        self.profile(release).join("libvodomer.so")
    }

    /// The folder of built files of a profile.
    pub fn profile(&self, release: bool) -> PathBuf {
        self.target.join(if release { "release" } else { "debug" })
    }

    /// Where the output of a stage is kept: its title as a file name.
    pub fn log(&self, title: &str) -> PathBuf {
        let name: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        self.target.join("xtask").join(format!("{}.log", name.to_lowercase()))
    }
}
