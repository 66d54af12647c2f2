//! A table out of a CSV file: UTF-8, commas or semicolons, the first line names the columns.

use csv::{ReaderBuilder, StringRecord};

use crate::error::Broken;
use crate::storage::StorageError;

/// Why a table is not brought in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A value is wrong.
    #[error("line {line}, column {column}: {reason}")]
    Wrong {
        /// Counted from 1, the line of the names included.
        line: u64,
        /// The column's name.
        column: String,
        /// What is wrong with it. May repeat the value: it goes to the operator's terminal, not into a log.
        reason: String,
    },
    /// A line is no line of this table.
    #[error("line {line}: {reason}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// Why not.
        reason: String,
    },
    /// The cabinet's own trouble.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for ImportError {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// A table whose columns are known, and whose lines all have as many values.
#[derive(Debug)]
pub struct Table {
    columns: Vec<String>,
    records: Vec<(u64, StringRecord)>,
}

/// One line of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Where it stands.
    pub line: u64,
    columns: &'a [String],
    record: &'a StringRecord,
}

impl Table {
    /// Reads a table that has these columns, and perhaps those.
    ///
    /// # Errors
    /// The first line that is none, or a column that is missing or not known.
    pub fn read(csv: &[u8], needed: &[&str], perhaps: &[&str]) -> Result<Self, ImportError> {
        let csv = csv.strip_prefix("\u{feff}".as_bytes()).unwrap_or(csv);
        let names = csv.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if names.contains(&b';') { b';' } else { b',' };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(csv);
        let names = reader.headers().map_err(|error| of_csv(&error))?;
        let columns: Vec<String> = names.iter().map(str::to_owned).collect();
        let of_names = |reason: String| ImportError::Line { line: 1, reason };
        if let Some(missing) = needed.iter().find(|name| !columns.iter().any(|it| it == *name)) {
            return Err(of_names(format!("there is no column `{missing}`")));
        }
        let is_known = |name: &String| needed.contains(&name.as_str()) || perhaps.contains(&name.as_str());
        if let Some(unknown) = columns.iter().find(|name| !is_known(name)) {
            return Err(of_names(format!("the column `{unknown}` is not known")));
        }
        if let Some(twice) = columns.iter().find(|name| columns.iter().filter(|it| it == name).count() > 1) {
            return Err(of_names(format!("there are two columns `{twice}`")));
        }
        let record = |record: csv::Result<StringRecord>| {
            let record = record.map_err(|error| of_csv(&error))?;
            Ok((record.position().map_or(0, csv::Position::line), record))
        };
        let records = reader.records().map(record).collect::<Result<_, ImportError>>()?;
        Ok(Self { columns, records })
    }

    /// Its lines.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let row = |(line, record)| Row { line, columns: &self.columns, record };
        self.records.iter().map(|(line, record)| (*line, record)).map(row)
    }
}

impl Row<'_> {
    /// A value that may be empty, or whose column may be missing.
    pub fn optional(&self, column: &str) -> Option<&str> {
        let place = self.columns.iter().position(|name| name == column)?;
        self.record.get(place).filter(|value| !value.is_empty())
    }

    /// A value.
    pub fn text(&self, column: &str) -> Result<&str, ImportError> {
        self.optional(column).ok_or_else(|| self.wrong(column, "is empty"))
    }

    /// A value that means something.
    pub fn meaning<T>(
        &self,
        column: &str,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ImportError> {
        let text = self.text(column)?;
        read(text).ok_or_else(|| self.wrong(column, &format!("`{text}` is not {wanted}")))
    }

    /// The same of one that may be empty.
    pub fn optional_meaning<T>(
        &self,
        column: &str,
        wanted: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ImportError> {
        self.optional(column).map(|_| self.meaning(column, wanted, read)).transpose()
    }

    /// Says what is wrong with a value.
    pub fn wrong(&self, column: &str, reason: &str) -> ImportError {
        ImportError::Wrong { line: self.line, column: column.to_owned(), reason: reason.to_owned() }
    }
}

fn of_csv(error: &csv::Error) -> ImportError {
    let line = error.position().map_or(1, csv::Position::line);
    let reason = if let csv::ErrorKind::UnequalLengths { expected_len, len, .. } = error.kind() {
        format!("{len} values, where there are {expected_len} columns")
    } else if let csv::ErrorKind::Utf8 { .. } = error.kind() {
        "is not UTF-8; save the table as UTF-8".to_owned()
    } else {
        "is not CSV".to_owned()
    };
    ImportError::Line { line, reason }
}
