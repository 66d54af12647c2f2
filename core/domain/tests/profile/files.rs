//! The profiles that the repository holds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use vodomer_domain::Profile;

use super::{VALIDATOR, full};

fn profiles() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        fs::read_dir(folder.join("profiles")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.ends_with("profile.schema.json"));
    files.push(folder.join("../../cabinet/demo/profile.json"));
    files.into_iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect()
}

/// The value at `contacts.phones[0].number`.
fn at_path<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    json.pointer(&pointer)
}

#[test]
fn every_profile_of_the_repository_is_taken_by_the_program_and_by_the_schema() {
    let profiles = profiles();
    assert!(profiles.len() >= 4, "{profiles:?}");
    for (name, text) in profiles {
        let json: Value = serde_json::from_str(&text).unwrap();
        let told: Vec<String> = VALIDATOR.iter_errors(&json).map(|e| e.to_string()).collect();
        assert_eq!(told, Vec::<String>::new(), "{name}");
        let profile = Profile::from_json(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let again = serde_json::to_string(&profile).unwrap();
        assert_eq!(Profile::from_json(&again).unwrap(), profile, "{name} survives being written");
    }
}

#[test]
fn every_fact_of_kursk_and_of_the_examples_has_its_source() {
    for (name, text) in profiles().iter().filter(|(name, _)| !name.contains("demo")) {
        let json: Value = serde_json::from_str(text).unwrap();
        let sources: Vec<&str> =
            json["sources"].as_array().unwrap().iter().map(|s| s["field"].as_str().unwrap()).collect();
        for path in &sources {
            assert!(at_path(&json, path).is_some(), "{name}: a source of {path}, which is not there");
        }
        let sourced: BTreeSet<&str> =
            sources.iter().map(|path| path.split(['.', '[']).next().unwrap()).collect();
        let facts: BTreeSet<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        let unsourced: Vec<_> =
            facts.difference(&sourced).filter(|f| !["$schema", "sources", "notes"].contains(f)).collect();
        assert!(unsourced.is_empty(), "{name}: no source of {unsourced:?}");
    }
}

#[test]
fn no_example_can_be_taken_for_a_real_utility() {
    for (name, text) in profiles().iter().filter(|(name, _)| name.contains("example")) {
        let profile = Profile::from_json(text).unwrap();
        assert!(profile.name.starts_with("ПРИМЕР"), "{name}");
        assert!(profile.host().ends_with(".example.invalid"), "{name}");
        assert!(profile.bank.is_none_or(|bank| bank.sample), "{name}");
        for phone in &profile.contacts.phones {
            assert!(phone.number.starts_with("+7000000000") && phone.display.contains("ПРИМЕР"), "{name}");
        }
    }
}

#[test]
fn a_profile_in_which_every_field_says_something_is_taken_by_both() {
    let told: Vec<String> = VALIDATOR.iter_errors(&full::json()).map(|e| e.to_string()).collect();
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(Profile::from_json(&full::json().to_string()).unwrap(), full::full());
}
