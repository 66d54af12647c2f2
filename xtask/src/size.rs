//! `cargo xtask size`: how heavy the library is for those who embed it, held against a budget.

use crate::bindings::Language;
use crate::builds;
use crate::elf;
use crate::failure::{Failure, Outcome, While};
use crate::workspace::Workspace;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The most that each thing may weigh, in bytes. Raising a number here is a decision, made in its own commit.
const BUDGET: [(&str, u64); 3] = [
    ("libvodomer.so, stripped", 7_400_000),
    ("the same, deflated as in an APK", 2_700_000),
    ("generated Kotlin", 380_000),
];

/// Android 15 and later run on devices with 16 KiB pages.
const ANDROID_PAGE: u64 = 0x4000;

/// What `cargo xtask size` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Build for this target, for instance aarch64-linux-android (its linker must be set up), instead of the host
    #[arg(long)]
    target: Option<String>,
}

/// Builds the release library, prints the table, and fails when something is over its budget.
pub fn run(workspace: &Workspace, options: &Options) -> Outcome<()> {
    let target = options.target.as_deref();
    let mut library = workspace.target.clone();
    library.extend(target);
    library.push("release/libvodomer.so");
    builds::release_library(workspace, target)?;
    builds::kotlin(workspace)?;

    let file = fs::read(&library).when(format_args!("reading {}", library.display()))?;
    let measured = [file.len() as u64, deflated(&file)?, weight(&Language::Kotlin.folder(workspace))?];
    let mut over = Vec::new();
    println!();
    for ((what, budget), bytes) in BUDGET.into_iter().zip(measured) {
        println!("{what:<34} {:>11} bytes   budget {:>11}", grouped(bytes), grouped(budget));
        if bytes > budget {
            over.push(format!("{what} is {} bytes too big", bytes - budget));
        }
    }
    let alignment = elf::load_alignment(&file)
        .ok_or_else(|| Failure::new(format!("{} is no ELF file", library.display())))?;
    println!("{:<34} {:>11} bytes", "alignment of its segments", grouped(alignment));
    let for_android = target.is_some_and(|t| t.contains("android"));
    if for_android && alignment < ANDROID_PAGE {
        over.push(format!("segments are aligned to {alignment} bytes, Android needs {ANDROID_PAGE}"));
    }
    if over.is_empty() { Ok(()) } else { Err(Failure::new(over.join("\n"))) }
}

fn deflated(file: &[u8]) -> Outcome<u64> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(file).when("deflating")?;
    Ok(encoder.finish().when("deflating")?.len() as u64)
}

/// The bytes of all files below `folder`.
fn weight(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder).when(folder.display())? {
        let entry = entry.when(folder.display())?;
        let about = entry.metadata().when(folder.display())?;
        sum += if about.is_dir() { weight(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}

/// 1234567 → "1 234 567".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_from_the_right() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234), "1 234");
        assert_eq!(grouped(123_456_789), "123 456 789");
    }

    #[test]
    fn what_repeats_deflates() {
        assert!(deflated(&[7; 100_000]).unwrap() < 1_000);
    }
}
