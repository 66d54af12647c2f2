//! Lists read element by element: what one element says that can't be read costs that element alone.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

use crate::domain::ChargeLine;

/// A list, without the elements that could not be read.
pub(super) struct Read<T> {
    pub(super) items: Vec<T>,
    pub(super) unreadable: usize,
}

impl<T> Default for Read<T> {
    fn default() -> Self {
        Self { items: Vec::new(), unreadable: 0 }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // Absent and `null` are one.
        let elements = Option::<Vec<Box<RawValue>>>::deserialize(from)?.unwrap_or_default();
        let count = elements.len();
        let items: Vec<T> = elements.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
        Ok(Self { unreadable: count - items.len(), items })
    }
}

/// The elements of a list that can be read; the list itself must be there.
pub(super) fn items<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let elements = Vec::<Box<RawValue>>::deserialize(from)?;
    let items: Vec<T> = elements.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
    if items.len() < elements.len() {
        log::warn!("{} of an answer's verdicts can't be read by this version", elements.len() - items.len());
    }
    Ok(items)
}

/// `null` where a newer server leaves nothing out.
pub(super) fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(from)?.unwrap_or_default())
}

/// The lines of a bill. A line left out would make the bill seem wrong, so a line of a service that this client does
/// not know stays, as one of no single service and of a basis that nobody can check (two of them are not one line
/// charged twice). Any other that can't be read makes the whole bill unreadable.
pub(super) fn charge_lines<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ChargeLine>, D::Error> {
    Vec::<Box<RawValue>>::deserialize(from)?
        .iter()
        .map(|raw| line(raw.get()))
        .collect::<Result<_, _>>()
        .map_err(serde::de::Error::custom)
}

fn line(json: &str) -> Result<ChargeLine, serde_json::Error> {
    serde_json::from_str(json).or_else(|unreadable| {
        let mut line: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
        let Some(service) = line.get("resource").and_then(serde_json::Value::as_str) else {
            return Err(unreadable);
        };
        let basis = line.get("basis").and_then(serde_json::Value::as_str).unwrap_or_default();
        let basis = format!("{service}: {basis}");
        line.insert("basis".to_owned(), basis.into());
        line.insert("resource".to_owned(), serde_json::Value::Null);
        serde_json::from_value(line.into())
    })
}
