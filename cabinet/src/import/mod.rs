//! Tables that an operator brings in: all of one, or nothing of it and where it is wrong.

mod accounts;
mod charges;
mod meters;
mod table;

pub use table::{ImportError, Table};

use chrono::{DateTime, Utc};

use crate::storage::Storage;

/// What a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `number, address, residents`, and perhaps `district, street, house`.
    Accounts,
    /// `account_number, serial, resource, place, whole_digits, fraction_digits`, and perhaps `verify_by, zone, value,
    /// value_period`.
    Meters,
    /// `account_number, period, basis, resource, volume, tariff_kopecks, amount_kopecks, pay_by`, and perhaps
    /// `meter_serial, note`; a line each, those of an account and month together.
    Charges,
}

impl Kind {
    /// Brings a table in; tells of how many lines.
    ///
    /// # Errors
    /// [`ImportError`], with the first line and column that are wrong; then nothing is brought in.
    pub fn bring_in(self, storage: &Storage, csv: &[u8], now: DateTime<Utc>) -> Result<usize, ImportError> {
        let (needed, perhaps) = match self {
            Self::Accounts => (accounts::NEEDED, accounts::PERHAPS),
            Self::Meters => (meters::NEEDED, meters::PERHAPS),
            Self::Charges => (charges::NEEDED, charges::PERHAPS),
        };
        let table = Table::read(csv, needed, perhaps)?;
        storage.write(|tx| match self {
            Self::Accounts => table.rows().try_for_each(|row| accounts::add(tx, &row, now)),
            Self::Meters => table.rows().try_for_each(|row| meters::add(tx, &row, now)),
            Self::Charges => charges::add(tx, &table, now),
        })?;
        Ok(table.rows().count())
    }
}
