//! SQL, parameters and rows as PostgreSQL has them.

use std::borrow::Cow;
use std::error::Error;
use std::rc::Rc;

use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::{Row, Value};
use crate::storage::{Result, StorageError};

/// The common words in PostgreSQL's. SQLite's index on `ifnull(…)` is used for these very words alone, so they are the
/// common ones.
pub fn translated(sql: &str) -> String {
    sql.replace('?', "$").replace("ifnull(", "coalesce(")
}

/// Text of PostgreSQL can't hold U+0000, and what residents write may. It is written as this mark, which no text means
/// to hold, and a digit, and the mark itself so as well.
const MARK: char = '\u{10FFFE}';

fn marked(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', MARK]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(MARK, "\u{10FFFE}1").replace('\0', "\u{10FFFE}0"))
}

fn unmarked(text: String) -> String {
    if !text.contains(MARK) {
        return text;
    }
    text.replace("\u{10FFFE}0", "\0").replace("\u{10FFFE}1", "\u{10FFFE}")
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) if *kind == Type::INT8 => number.to_sql(kind, out),
            Self::Integer(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Text(text) if *kind == Type::TEXT => marked(text).to_sql(kind, out),
            Self::Bytes(bytes) if *kind == Type::BYTEA => bytes.to_sql(kind, out),
            Self::Integer(_) | Self::Text(_) | Self::Bytes(_) => {
                Err(format!("a parameter of another kind than {kind}").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// What a statement answered.
pub fn rows(columns: &[postgres::Column], rows: &[postgres::Row]) -> Result<Vec<Row>> {
    let names: Rc<[String]> = columns.iter().map(|column| column.name().to_owned()).collect();
    let row = |row: &postgres::Row| {
        let values = columns.iter().enumerate().map(|(place, column)| value(row, place, column.type_()));
        Ok(Row::new(Rc::clone(&names), values.collect::<Result<_>>()?))
    };
    rows.iter().map(row).collect()
}

fn value(row: &postgres::Row, place: usize, kind: &Type) -> Result<Value> {
    let value = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(place)?.map(Value::Integer),
        Type::INT4 => row.try_get::<_, Option<i32>>(place)?.map(|number| Value::Integer(number.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(place)?.map(|yes| Value::Integer(yes.into())),
        Type::TEXT => row.try_get::<_, Option<String>>(place)?.map(|text| Value::Text(unmarked(text))),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Value::Bytes),
        _ => return Err(StorageError::Unreadable(format!("a column of the kind {kind}"))),
    };
    Ok(value.unwrap_or(Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_every_kind_comes_back_as_it_was() {
        for text in ["", "Почему?", "\0", "a\0\0b", "\u{10FFFE}", "\u{10FFFE}0", "\0\u{10FFFE}1\0"] {
            let written = marked(text).into_owned();
            assert!(!written.contains('\0'));
            assert_eq!(unmarked(written), text);
        }
    }
}
