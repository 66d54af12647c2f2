//! What was sent, as its meaning: neither the order of fields nor white space makes it another.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The hash of a value's meaning.
pub fn sha256(value: &Value) -> [u8; 32] {
    let mut canonical = String::new();
    write_canonical(value, &mut canonical);
    Sha256::digest(canonical).into()
}

fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string())
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                write_canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in fields {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_hash_does_not_see_the_order_of_fields_but_every_value() {
        let item = json!({"a": 1, "b": {"c": ["x", "y"], "d": null}});
        let reordered: Value =
            serde_json::from_str(r#"{ "b": {"d": null, "c": ["x","y"]}, "a": 1 }"#).unwrap_or_default();
        assert_eq!(sha256(&item), sha256(&reordered));
        for other in [
            json!({"a": 2, "b": {"c": ["x", "y"], "d": null}}),
            json!({"a": 1, "b": {"c": ["y", "x"], "d": null}}),
            json!({"a": 1, "b": {"c": ["x,y"], "d": null}}),
            json!({"a": 1, "b": {"c": ["x", "y"]}}),
        ] {
            assert_ne!(sha256(&item), sha256(&other));
        }
    }
}
