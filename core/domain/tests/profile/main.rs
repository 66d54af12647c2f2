//! The profile, its schema and its refusals, from outside: whatever a team that edits the JSON meets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it is not as told")]

mod drift;
mod files;
mod full;
mod reaching;
mod refusals;
mod windows;

use std::sync::LazyLock;

use serde_json::Value;

const SCHEMA: &str = include_str!("../../profiles/profile.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

static VALIDATOR: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&schema()).unwrap());

#[test]
fn the_schema_is_a_schema() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}
