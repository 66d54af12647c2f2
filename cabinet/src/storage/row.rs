//! Between columns and the field's types.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::domain::{Basis, LetterKind, LetterStatus, Period, Resource, Source, Status, Volume};

/// An instant as its column holds it.
pub fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// An instant out of its column.
pub fn instant(row: &Row, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    row.get(column).map(at)
}

/// An instant out of a column that may be empty.
pub fn instant_if_any(row: &Row, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(at))
}

/// A date out of a column that may be empty.
pub fn date_if_any(row: &Row, column: &str) -> rusqlite::Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

fn at(ms: i64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(ms).single().unwrap_or_default()
}

macro_rules! as_text {
    ($($name:ident: $write:expr, $read:expr;)+) => { $(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let write: fn(&$name) -> String = $write;
                Ok(ToSqlOutput::from(write(self)))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(value.as_str()?).ok_or(FromSqlError::InvalidType)
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
    Basis: |it| it.name().to_owned(), Basis::named;
}

impl ToSql for Volume {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.ten_thousandths()))
    }
}

impl FromSql for Volume {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self::from_ten_thousandths)
    }
}
