//! As much of JSON Schema as the contract uses, strict where a document is easily wrong: a field that the schema does
//! not describe is an error too.

use serde_json::Value;

/// Everything in which a value is not as the schema says.
pub fn errors(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        let fits = branches.iter().any(|branch| errors(document, branch, value, at).is_empty());
        return if fits { vec![] } else { vec![format!("{at}: {value} fits no branch")] };
    }
    let mut found = Vec::new();
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        found.extend(errors(document, resolve(document, reference), value, at));
    }
    if let Some(kind) = schema.get("type") {
        let kinds = kind.as_array().cloned().unwrap_or_else(|| vec![kind.clone()]);
        if !kinds.iter().any(|kind| kind == kind_of(value)) {
            found.push(format!("{at}: {value} is no {kind}"));
        }
    }
    if let Some(names) = schema.get("enum").and_then(Value::as_array)
        && !names.contains(value)
    {
        found.push(format!("{at}: {value} is none of {names:?}"));
    }
    if let Some(items) = value.as_array() {
        for (index, item) in items.iter().enumerate() {
            found.extend(errors(document, &schema["items"], item, &format!("{at}[{index}]")));
        }
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let fields = value.as_object().cloned().unwrap_or_default();
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                found.push(format!("{at}: no {name}"));
            }
        }
        for (name, field) in &fields {
            match properties.get(name) {
                Some(schema) => found.extend(errors(document, schema, field, &format!("{at}.{name}"))),
                // It is described where the reference leads.
                None if schema.get("$ref").is_some() => {}
                None => found.push(format!("{at}: {name} is not described")),
            }
        }
    }
    found
}

/// What a `$ref` of the document points at.
pub fn resolve<'a>(document: &'a Value, reference: &str) -> &'a Value {
    let pointer = reference.strip_prefix('#').expect("references stay in the document");
    document.pointer(pointer).unwrap_or_else(|| panic!("{reference} points nowhere"))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
