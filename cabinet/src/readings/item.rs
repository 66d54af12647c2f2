//! The items of a posted batch: what must be right for the batch to be answered at all, and what an item says.

use chrono::{DateTime, SubsecRound, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::batch::MAX_ITEMS;
use crate::domain::{Period, Replacement, Volume};

/// Keys and ids are the app's; this much is plenty for any form of them.
const MAX_NAME: usize = 64;

/// Without these two an item can't be answered.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// The item's idempotency key.
    pub key: String,
    /// The app's id of the reading.
    pub client_item_id: String,
    /// The whole item, as it came.
    pub item: Value,
}

/// One posted reading.
#[derive(Clone, Debug, Deserialize)]
pub struct PostedReading {
    /// The app's id of the reading; the same over confirmations.
    pub client_item_id: String,
    /// The meter.
    pub meter_id: String,
    /// The version of the meter's record that the resident saw.
    pub meter_version: i64,
    /// The month that the resident means.
    pub period: Period,
    /// The value taken.
    pub value: Volume,
    /// What was typed, as evidence.
    #[serde(deserialize_with = "short")]
    pub entered: String,
    /// When it was taken, to the millisecond.
    #[serde(deserialize_with = "to_the_millisecond")]
    pub taken_at: DateTime<Utc>,
    /// The resident says that the dial went over its end.
    #[serde(default)]
    pub rollover: bool,
    /// The resident says that the meter was replaced.
    #[serde(default)]
    pub replacement: Option<Replacement>,
    /// The doubts that the resident answered "it is so".
    #[serde(default)]
    pub confirmed: Vec<String>,
    /// The reading that this one corrects.
    #[serde(default)]
    pub supersedes: Option<String>,
}

impl PostedReading {
    /// Every value in it that was read off a dial.
    pub fn values(&self) -> impl Iterator<Item = Volume> {
        let of_both_dials = self.replacement.iter().flat_map(|it| [it.final_value, it.initial_value]);
        std::iter::once(self.value).chain(of_both_dials)
    }
}

/// Why a whole batch is turned away.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotABatch {
    /// More than [`MAX_ITEMS`].
    #[error("more than {MAX_ITEMS} items")]
    TooMany,
    /// No list of items, or an empty one.
    #[error("`items` must be a list of 1 to {MAX_ITEMS} items")]
    NoItems,
    /// An item without a name of its own.
    #[error("item {0} has no proper `{1}`")]
    Nameless(usize, &'static str),
}

/// Takes a batch apart.
///
/// # Errors
/// Says what keeps it from being answered item by item.
pub fn envelopes(mut batch: Value) -> Result<Vec<Envelope>, NotABatch> {
    let Some(Value::Array(items)) = batch.get_mut("items").map(Value::take) else {
        return Err(NotABatch::NoItems);
    };
    match items.len() {
        0 => return Err(NotABatch::NoItems),
        1..=MAX_ITEMS => {}
        _ => return Err(NotABatch::TooMany),
    }
    let envelope = |(index, item): (usize, Value)| {
        let name = |field| {
            let name = item.get(field).and_then(Value::as_str);
            let name = name.filter(|name| {
                (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
            });
            name.map(str::to_owned).ok_or(NotABatch::Nameless(index, field))
        };
        Ok(Envelope { key: name("idempotency_key")?, client_item_id: name("client_item_id")?, item })
    };
    items.into_iter().enumerate().map(envelope).collect()
}

impl Envelope {
    /// The item's fields.
    ///
    /// # Errors
    /// What is missing or of the wrong form, in words for the app's developer.
    pub fn read(&self) -> Result<PostedReading, serde_json::Error> {
        let posted = PostedReading::deserialize(&self.item)?;
        if posted.rollover && posted.replacement.is_some() {
            return Err(serde_json::Error::custom("`rollover` and `replacement` exclude each other"));
        }
        Ok(posted)
    }

    /// The hash of the item's meaning: neither the order of its fields nor white space counts.
    pub fn sha256(&self) -> [u8; 32] {
        let mut canonical = String::new();
        write_canonical(&self.item, &mut canonical);
        Sha256::digest(canonical).into()
    }
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

fn short<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    let fits = text.chars().count() <= MAX_NAME;
    if fits { Ok(text) } else { Err(serde::de::Error::custom(format!("longer than {MAX_NAME} characters"))) }
}

fn to_the_millisecond<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    DateTime::<Utc>::deserialize(deserializer).map(|at| at.trunc_subsecs(3))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hash(item: Value) -> [u8; 32] {
        Envelope { key: String::new(), client_item_id: String::new(), item }.sha256()
    }

    #[test]
    fn the_hash_does_not_see_the_order_of_fields_but_every_value() {
        let item = json!({"a": 1, "b": {"c": ["x", "y"], "d": null}});
        let reordered: Value =
            serde_json::from_str(r#"{ "b": {"d": null, "c": ["x","y"]}, "a": 1 }"#).unwrap_or_default();
        assert_eq!(hash(item.clone()), hash(reordered));
        for other in [
            json!({"a": 2, "b": {"c": ["x", "y"], "d": null}}),
            json!({"a": 1, "b": {"c": ["y", "x"], "d": null}}),
            json!({"a": 1, "b": {"c": ["x,y"], "d": null}}),
            json!({"a": 1, "b": {"c": ["x", "y"]}}),
        ] {
            assert_ne!(hash(item.clone()), hash(other));
        }
    }

    #[test]
    fn a_batch_needs_one_to_fifty_items_that_can_be_answered() {
        let item = json!({"idempotency_key": "k", "client_item_id": "i"});
        let batch = |count| json!({ "items": vec![item.clone(); count] });
        assert_eq!(envelopes(batch(MAX_ITEMS)).map(|items| items.len()), Ok(MAX_ITEMS));
        assert_eq!(envelopes(batch(MAX_ITEMS + 1)).err(), Some(NotABatch::TooMany));
        assert_eq!(envelopes(batch(0)).err(), Some(NotABatch::NoItems));
        assert_eq!(envelopes(json!([item])).err(), Some(NotABatch::NoItems));
        for key in [json!(""), json!("x".repeat(65)), json!("с пробелом"), json!(7), json!(null)] {
            let nameless = json!({"items": [item, {"idempotency_key": key, "client_item_id": "i"}]});
            assert_eq!(envelopes(nameless).err(), Some(NotABatch::Nameless(1, "idempotency_key")));
        }
    }
}
