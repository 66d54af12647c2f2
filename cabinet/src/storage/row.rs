//! Between columns and the field's types.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};

use super::Result;
use super::engine::{FromValue, Row, ToValue, Value};
use crate::domain::{
    Basis, LetterKind, LetterStatus, PaymentStatus, Period, Resource, Source, Status, Volume,
};

/// An instant as its column holds it.
pub fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// An instant out of its column.
pub fn instant(row: &Row, column: &str) -> Result<DateTime<Utc>> {
    row.get(column).map(at)
}

/// An instant out of a column that may be empty.
pub fn instant_if_any(row: &Row, column: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(row.get::<Option<i64>>(column)?.map(at))
}

/// A date out of a column that may be empty.
pub fn date_if_any(row: &Row, column: &str) -> Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn at(ms: i64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(ms).single().unwrap_or_default()
}

macro_rules! as_text {
    ($($name:ident: $write:expr, $read:expr;)+) => { $(
        impl ToValue for $name {
            fn to_value(&self) -> Value {
                let write: fn(&$name) -> String = $write;
                Value::Text(write(self))
            }
        }

        impl FromValue for $name {
            fn from_value(value: &Value) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(&String::from_value(value)?)
            }
        }
    )+ };
}

as_text! {
    Period: ToString::to_string, |text| text.parse().ok();
    Resource: |it| it.name().to_owned(), Resource::named;
    Source: |it| it.name().to_owned(), Source::named;
    Status: |it| it.name().to_owned(), Status::named;
    LetterKind: |it| it.name().to_owned(), LetterKind::named;
    LetterStatus: |it| it.name().to_owned(), LetterStatus::named;
    PaymentStatus: |it| it.name().to_owned(), PaymentStatus::named;
    Basis: |it| it.name().to_owned(), Basis::named;
}

impl ToValue for Volume {
    fn to_value(&self) -> Value {
        Value::Integer(self.ten_thousandths())
    }
}

impl FromValue for Volume {
    fn from_value(value: &Value) -> Option<Self> {
        i64::from_value(value).map(Self::from_ten_thousandths)
    }
}
