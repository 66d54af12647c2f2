//! A time of the day in a file: `HH:MM`, always two digits each.

use chrono::NaiveTime;
use serde::{Deserialize, Deserializer, Serializer, de};

pub fn serialize<S: Serializer>(time: &NaiveTime, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&time.format("%H:%M"))
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(from)?;
    let well_formed = text.len() == 5 && text.bytes().filter(u8::is_ascii_digit).count() == 4;
    well_formed
        .then(|| NaiveTime::parse_from_str(&text, "%H:%M").ok())
        .flatten()
        .ok_or_else(|| de::Error::custom(format_args!("{text:?} is no time as HH:MM")))
}

/// The same for a time that may be left out.
pub mod optional {
    use super::{Deserialize, Deserializer, NaiveTime, Serializer};

    pub fn serialize<S: Serializer>(time: &Option<NaiveTime>, to: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::serialize(time, to),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveTime>, D::Error> {
        #[derive(Deserialize)]
        struct Time(#[serde(with = "super")] NaiveTime);
        Ok(Option::<Time>::deserialize(from)?.map(|Time(time)| time))
    }
}
