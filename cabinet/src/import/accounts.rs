//! Accounts and where they are.

use chrono::{DateTime, Utc};

use super::table::{ImportError, Row};
use crate::auth::new_id;
use crate::notices::Place;
use crate::storage::Tx;

pub const NEEDED: &[&str] = &["number", "address", "residents"];
pub const PERHAPS: &[&str] = &["district", "street", "house"];

/// Enters one account.
pub fn add(tx: &Tx, row: &Row, now: DateTime<Utc>) -> Result<(), ImportError> {
    let number = row.text("number")?;
    if tx.account_numbered(number)?.is_some() {
        return Err(row.wrong("number", "there is an account of this number already"));
    }
    let residents =
        row.meaning("residents", "a number from 1", |text| text.parse::<u32>().ok().filter(|it| *it > 0))?;
    let part = |column: &str| row.optional(column).unwrap_or_default().to_owned();
    let place = Place { district: part("district"), street: part("street"), house: part("house") };
    if !place.house.is_empty() && place.street.is_empty() {
        return Err(row.wrong("house", "a house without a street"));
    }
    let id = new_id()?;
    tx.add_account(&id, number, row.text("address")?, i64::from(residents), now)?;
    if place != Place::default() {
        tx.set_place(&id, &place)?;
    }
    Ok(())
}
