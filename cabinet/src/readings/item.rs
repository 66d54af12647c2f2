//! The items of a posted batch: what must be right for the batch to be answered at all, and what an item says.

use chrono::{DateTime, SubsecRound, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::batch::MAX_ITEMS;
use crate::canonical;
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

/// A batch taken apart.
#[derive(Clone, Debug)]
pub struct Batch {
    /// When its request left, by the phone's word, to the millisecond.
    pub sent_at: Option<DateTime<Utc>>,
    /// Its items.
    pub items: Vec<Envelope>,
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
    /// When it was taken, by the phone's own clock, to the millisecond.
    #[serde(default, deserialize_with = "to_the_millisecond_if_any")]
    pub phone_at: Option<DateTime<Utc>>,
    /// Server − phone, as the phone knew it, milliseconds.
    #[serde(default)]
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    #[serde(default)]
    pub monotonic_ms: Option<i64>,
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
    /// A time of sending that is none.
    #[error("`sent_at` is no instant")]
    SentAtNoTime,
}

/// Takes a batch apart.
///
/// # Errors
/// Says what keeps it from being answered item by item.
pub fn take_apart(mut batch: Value) -> Result<Batch, NotABatch> {
    let sent_at = batch.get("sent_at").unwrap_or(&Value::Null);
    let sent_at = to_the_millisecond_if_any(sent_at).map_err(|_| NotABatch::SentAtNoTime)?;
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
            let name = item.get(field).and_then(Value::as_str).filter(|name| is_name(name));
            name.map(str::to_owned).ok_or(NotABatch::Nameless(index, field))
        };
        Ok(Envelope { key: name("idempotency_key")?, client_item_id: name("client_item_id")?, item })
    };
    let items = items.into_iter().enumerate().map(envelope).collect::<Result<_, _>>()?;
    Ok(Batch { sent_at, items })
}

/// Whether a key or an id has the form that the contract gives.
pub fn is_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
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
        canonical::sha256(&self.item)
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

fn to_the_millisecond_if_any<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let at = Option::<DateTime<Utc>>::deserialize(deserializer)?;
    Ok(at.map(|at| at.trunc_subsecs(3)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_batch_needs_one_to_fifty_items_that_can_be_answered() {
        let item = json!({"idempotency_key": "k", "client_item_id": "i"});
        let batch = |count| json!({ "items": vec![item.clone(); count] });
        assert_eq!(take_apart(batch(MAX_ITEMS)).map(|batch| batch.items.len()), Ok(MAX_ITEMS));
        assert_eq!(take_apart(batch(MAX_ITEMS + 1)).err(), Some(NotABatch::TooMany));
        assert_eq!(take_apart(batch(0)).err(), Some(NotABatch::NoItems));
        assert_eq!(take_apart(json!([item])).err(), Some(NotABatch::NoItems));
        for key in [json!(""), json!("x".repeat(65)), json!("с пробелом"), json!(7), json!(null)] {
            let nameless = json!({"items": [item, {"idempotency_key": key, "client_item_id": "i"}]});
            assert_eq!(take_apart(nameless).err(), Some(NotABatch::Nameless(1, "idempotency_key")));
        }
    }
}
