//! PostgreSQL's programs, and the user that may run them.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Where Debian keeps them, a folder a version, outside of PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb` and `postgres`.
///
/// # Errors
/// What to install.
pub fn folder() -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found =
        newest_of_debian().into_iter().chain(std::env::split_paths(&path)).find(|folder| is_whole(folder));
    found.ok_or_else(|| {
        "these tests need PostgreSQL, which is not on this machine; on Debian: apt-get install postgresql"
            .to_owned()
    })
}

fn is_whole(folder: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| folder.join(program).is_file())
}

fn newest_of_debian() -> Vec<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().filter_map(Result::ok);
    let number = |name: &str| name.parse::<u32>().ok();
    let mut versions: Vec<u32> =
        versions.filter_map(|entry| number(entry.file_name().to_str().unwrap_or_default())).collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.into_iter().map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin")).collect()
}

/// User and group for PostgreSQL, which refuses to run as root; `None` for whoever is not root.
///
/// # Errors
/// When root finds nobody to run it as.
pub fn unprivileged() -> Result<Option<(u32, u32)>, String> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = ["postgres", "nobody"].iter().find_map(|name| ids_of(&users, name));
    found.map(Some).ok_or_else(|| "PostgreSQL can't run as root, and there is no other user".to_owned())
}

fn ids_of(users: &str, name: &str) -> Option<(u32, u32)> {
    let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
