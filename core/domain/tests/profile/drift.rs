//! The schema says what the types say. serde itself is asked for the fields and the words it knows, by being given
//! ones that it does not.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vodomer_domain::Profile;

use super::{VALIDATOR, full, schema};

/// Every place of a JSON value, the root first.
fn places(json: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                places(value, &format!("{at}/{name}"), into);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{index}"), into);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The part of the schema that describes a place, references followed.
fn part(schema: &Value, place: &str) -> Value {
    let mut here = schema.clone();
    for step in place.split('/').skip(1) {
        here = resolved(schema, &here);
        here = match step.parse::<usize>() {
            Ok(_) => here["items"].clone(),
            // Of several shapes, the one that is an object.
            Err(_) => match here["anyOf"].as_array() {
                Some(shapes) => {
                    shapes.iter().find(|s| s["properties"].is_object()).unwrap()["properties"][step].clone()
                }
                None => here["properties"][step].clone(),
            },
        };
        assert!(here.is_object(), "the schema knows {place}");
    }
    resolved(schema, &here)
}

fn resolved(schema: &Value, part: &Value) -> Value {
    match part["$ref"].as_str() {
        Some(reference) => schema.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => part.clone(),
    }
}

/// The names in backticks after "expected".
fn expected(error: &serde_json::Error) -> BTreeSet<String> {
    let text = error.to_string();
    let names = text.split_once("expected").unwrap_or_else(|| panic!("{text}")).1;
    names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn strings(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn the_schema_has_the_fields_that_the_program_reads_and_no_others() {
    let (schema, base) = (schema(), full::json());
    let mut all = Vec::new();
    places(&base, "", &mut all);
    let mut objects = 0;
    for place in all.iter().filter(|place| base.pointer(place).unwrap().is_object()) {
        let described = part(&schema, place);
        if described["anyOf"].is_array() {
            continue; // A choice with a value is an object only in JSON: its words are looked at below.
        }
        let mut changed = base.clone();
        changed.pointer_mut(place).unwrap()["nobody knows this"] = json!(1);
        let error = serde_json::from_value::<Profile>(changed).unwrap_err();
        let fields: BTreeSet<String> = described["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, expected(&error), "at {place:?}");
        assert_eq!(described["additionalProperties"], json!(false), "at {place:?}");
        objects += 1;
    }
    assert!(objects >= 20, "{objects} objects were looked at");
}

#[test]
fn the_schema_has_the_words_that_the_program_knows_and_no_others() {
    let (schema, base) = (schema(), full::json());
    let mut choices = 0;
    for place in [
        "/early_readings",
        "/late_readings",
        "/fraction",
        "/tariffs/0/resource",
        "/norms/0/resource",
        "/contacts/phones/0/purpose",
        "/sources/0/source",
    ] {
        let described = part(&schema, place);
        let mut words = strings(&described["enum"]);
        for shape in described["anyOf"].as_array().into_iter().flatten() {
            words.extend(strings(&shape["enum"]));
            words.extend(shape["properties"].as_object().into_iter().flat_map(|p| p.keys().cloned()));
        }
        let mut changed = base.clone();
        *changed.pointer_mut(place).unwrap() = json!("nobody knows this");
        let error = serde_json::from_value::<Profile>(changed).unwrap_err();
        assert_eq!(words, expected(&error), "at {place}");
        choices += 1;
    }
    let in_the_schema = super::SCHEMA.matches("\"enum\":").count();
    assert_eq!(
        in_the_schema, choices,
        "every list of words is looked at: last_day's stands for the doubled resource"
    );
}

/// What the schema lets pass, the program can read; what the program takes, the schema lets pass, except `null` for
/// something absent, and serde's habit of reading an object from a list of its values.
#[test]
fn the_schema_and_the_program_agree_about_every_field_that_is_absent_or_of_another_type() {
    let base = full::json();
    let mut all = Vec::new();
    places(&base, "", &mut all);
    let others =
        [json!("text"), json!(7), json!(-1), json!(1_000_000_000_000_u64), json!(true), json!([]), json!({})];
    let mut tried = 0;
    for place in all.iter().skip(1) {
        let mut variants: Vec<Value> = others
            .iter()
            .map(|other| {
                let mut changed = base.clone();
                *changed.pointer_mut(place).unwrap() = other.clone();
                changed
            })
            .collect();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let mut without = base.clone();
        if let Some(fields) = without.pointer_mut(parent).unwrap().as_object_mut() {
            fields.remove(name);
            variants.push(without);
        }
        for changed in variants {
            let now = changed.pointer(place);
            let readable = || serde_json::from_value::<Profile>(changed.clone()).is_ok();
            if VALIDATOR.is_valid(&changed) {
                assert!(readable(), "{place} {now:?}: the schema takes what the program can't read");
            } else {
                let taken = readable() && Profile::from_json(&changed.to_string()).is_ok();
                let list_for_object =
                    now.is_some_and(Value::is_array) && base.pointer(place).unwrap().is_object();
                assert!(
                    !taken || list_for_object,
                    "{place} {now:?}: the schema refuses what the program takes"
                );
            }
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried} were tried");
}
