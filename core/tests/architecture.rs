//! The house keeps its walls: arrows point one way, and the domain stays pure.
//!
//! That the domain can't name a database or a network is Cargo's to see to: its package depends on neither. What
//! the standard library offers is looked for here.

#![allow(clippy::unwrap_used, reason = "a test stops where it is not as told")]

use std::fs;
use std::path::Path;

/// Every Rust line of a folder of the core that is code of the program, with its place.
fn code(part: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(part);
    let mut files = Vec::new();
    collect(&path, &mut files);
    assert!(!files.is_empty(), "{part} is there");
    let mut lines = Vec::new();
    for (name, text) in files {
        let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
        for (number, line) in program.lines().enumerate() {
            let line = line.trim();
            if !line.starts_with("//") {
                lines.push((format!("{name}:{}", number + 1), line.to_owned()));
            }
        }
    }
    lines
}

fn collect(path: &Path, files: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), files);
        }
    } else if !is_a_test(path) {
        files.push((path.display().to_string(), fs::read_to_string(path).unwrap()));
    }
}

fn is_a_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests") && path.iter().any(|part| part == "src")
        || path.to_string_lossy().ends_with("_tests.rs")
}

fn must_not_name(part: &str, forbidden: &[&str]) {
    for (place, line) in code(part) {
        for word in forbidden {
            assert!(!line.contains(word), "{place} names {word}: {line}");
        }
    }
}

#[test]
fn the_domain_names_no_files_no_network_and_no_current_time() {
    must_not_name(
        "domain/src",
        &[
            "std::fs",
            "std::net",
            "std::env",
            "File::",
            "::now(",
            "SystemTime",
            "Mutex",
            "thread",
            "f32",
            "f64",
        ],
    );
}

#[test]
fn arrows_point_one_way() {
    must_not_name(
        "src/store",
        &["crate::portal", "crate::sync", "crate::app", "crate::documents", "crate::env"],
    );
    must_not_name(
        "src/portal",
        &["crate::store", "crate::sync", "crate::app", "crate::documents", "crate::env", "rusqlite"],
    );
    must_not_name(
        "src/documents",
        &["crate::store", "crate::portal", "crate::sync", "crate::app", "crate::env", "rusqlite"],
    );
    must_not_name("src/sync", &["crate::app", "crate::documents", "reqwest"]);
    must_not_name("src/app", &["reqwest", "uniffi"]);
}

#[test]
fn the_core_knows_nothing_of_the_boundary() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("uniffi") && !manifest.contains("android"), "UniFFI lives in bindings/ alone");
}
