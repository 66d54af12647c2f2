//! Numbers that no utility means, and that arithmetic or the database would choke on.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// Years that a utility can speak of; far from where adding a day to a date fails.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// An instant of a year that can be meant.
pub(super) fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let at = DateTime::<Utc>::deserialize(from)?;
    YEARS.contains(&at.year()).then_some(at).ok_or_else(|| D::Error::custom("an instant of no year of ours"))
}

/// The same where there may be none.
pub(super) fn maybe_instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let at = Option::<DateTime<Utc>>::deserialize(from)?;
    if at.is_none_or(|at| YEARS.contains(&at.year())) {
        Ok(at)
    } else {
        Err(D::Error::custom("an instant of no year of ours"))
    }
}

/// A day of a year that can be meant, where there may be none.
pub(super) fn maybe_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let date = Option::<NaiveDate>::deserialize(from)?;
    if date.is_none_or(|date| YEARS.contains(&date.year())) {
        Ok(date)
    } else {
        Err(D::Error::custom("a day of no year of ours"))
    }
}

/// A number of persons; what can be none is not known.
pub(super) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i32>, D::Error> {
    Ok(Option::<i32>::deserialize(from)?.filter(|count| (0..=9_999).contains(count)))
}
