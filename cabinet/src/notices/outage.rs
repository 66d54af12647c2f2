//! Where the water is off, from when to when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{NoticeError, Place, must_say};
use crate::auth::new_id;
use crate::domain::Resource;
use crate::storage::Storage;

/// One outage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outage {
    /// The cabinet's id.
    pub id: String,
    /// What is off.
    pub resources: Vec<Resource>,
    /// Whole districts.
    pub districts: Vec<String>,
    /// Streets, and houses of a street, as they are said.
    pub addresses: Vec<String>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends, as far as anybody knows.
    pub ends_at: Option<DateTime<Utc>>,
    /// Announced work; otherwise something broke.
    pub planned: bool,
    /// Why, and what there is instead.
    pub text: String,
    /// When this was last changed.
    pub updated_at: DateTime<Utc>,
}

/// An outage to be published, or to be put in the place of one that was, under the same id.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOutage {
    /// Of what it replaces; a new one if there is none.
    #[serde(default)]
    pub id: Option<String>,
    /// What is off.
    pub resources: Vec<Resource>,
    /// Where. One that was published stays where it is.
    pub places: Vec<Place>,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends, as far as anybody knows.
    #[serde(default)]
    pub ends_at: Option<DateTime<Utc>>,
    /// Announced work; otherwise something broke.
    #[serde(default)]
    pub planned: bool,
    /// Why, and what there is instead.
    pub text: String,
}

impl NewOutage {
    /// Publishes it.
    ///
    /// # Errors
    /// [`NoticeError`]
    pub fn publish(&self, storage: &Storage, now: DateTime<Utc>) -> Result<Outage, NoticeError> {
        must_say(&self.text, "a text")?;
        if self.resources.is_empty() {
            return Err(NoticeError::Empty("what is off"));
        }
        if self.places.is_empty() || !self.places.iter().all(Place::is_somewhere) {
            return Err(NoticeError::Empty("a district or a street for each of its places"));
        }
        if self.ends_at.is_some_and(|ends| ends < self.starts_at) {
            return Err(NoticeError::EndsBeforeItBegins);
        }
        let id = self.id.clone().map_or_else(new_id, Ok)?;
        storage.write(|tx| {
            let published = tx.places_of_outage(&id)?;
            if !published.is_empty() && published != self.places {
                return Err(NoticeError::ElsewhereThanPublished);
            }
            let outage = self.as_shown(id, now);
            tx.put_outage(&outage)?;
            if published.is_empty() {
                tx.add_places(&outage.id, &self.places)?;
            }
            Ok(outage)
        })
    }

    fn as_shown(&self, id: String, now: DateTime<Utc>) -> Outage {
        let (districts, addresses) = told(&self.places);
        Outage {
            id,
            resources: self.resources.clone(),
            districts,
            addresses,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            planned: self.planned,
            text: self.text.clone(),
            updated_at: now,
        }
    }
}

impl Outage {
    /// With its places in words.
    pub fn at(self, places: &[Place]) -> Self {
        let (districts, addresses) = told(places);
        Self { districts, addresses, ..self }
    }
}

/// Whole districts, and streets with their houses.
fn told(places: &[Place]) -> (Vec<String>, Vec<String>) {
    let (streets, districts): (Vec<&Place>, Vec<&Place>) =
        places.iter().partition(|place| !place.street.is_empty());
    let said = |place: &&Place| {
        let house = if place.house.is_empty() { String::new() } else { format!(", {}", place.house) };
        format!("{}{house}", place.street)
    };
    (districts.iter().map(|it| it.district.clone()).collect(), streets.iter().map(said).collect())
}
