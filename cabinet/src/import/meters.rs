//! Meters, and what they showed last where the utility knows it.

use chrono::{DateTime, Utc};

use super::table::{ImportError, Row};
use crate::auth::new_id;
use crate::domain::{Dial, Period, Resource, Source, Status, Volume};
use crate::records::{Kept, Reading};
use crate::storage::{NewMeter, Tx};

pub const NEEDED: &[&str] =
    &["account_number", "serial", "resource", "place", "whole_digits", "fraction_digits"];
pub const PERHAPS: &[&str] = &["verify_by", "zone", "value", "value_period"];

/// Enters one meter.
pub fn add(tx: &Tx, row: &Row, now: DateTime<Utc>) -> Result<(), ImportError> {
    let account = tx.account_numbered(row.text("account_number")?)?;
    let account = account.ok_or_else(|| row.wrong("account_number", "there is no account of this number"))?;
    let (serial, zone) = (row.text("serial")?, row.optional("zone"));
    let resource = row.meaning("resource", "cold_water or hot_water", |text| {
        Resource::named(text).filter(|it| *it != Resource::Sewage)
    })?;
    let known = tx.books().meters(&account)?;
    if known
        .iter()
        .any(|it| (it.serial.as_str(), it.zone.as_deref(), it.resource) == (serial, zone, resource))
    {
        return Err(row.wrong("serial", "the account has this meter already"));
    }
    let digits = |column: &str, range: std::ops::RangeInclusive<u32>| {
        let wanted = format!("a number from {} to {}", range.start(), range.end());
        row.meaning(column, &wanted, |text| text.parse().ok().filter(|it| range.contains(it)))
    };
    let meter = NewMeter {
        id: &new_id()?,
        account_id: &account,
        serial,
        zone,
        resource,
        place: row.text("place")?,
        digits: Dial { whole: digits("whole_digits", 1..=9)?, fraction: digits("fraction_digits", 0..=4)? },
        verify_by: row.optional_meaning("verify_by", "a date like 2029-04-18", |text| text.parse().ok())?,
        limit: None,
        replaces: None,
    };
    tx.add_meter(&meter)?;
    match first_value(row, meter.digits)? {
        Some((value, period)) => Ok(tx.add_reading(&shown(&meter, value, period, now)?)?),
        None => Ok(()),
    }
}

/// What the dial showed, and at the end of which month; both or neither.
fn first_value(row: &Row, digits: Dial) -> Result<Option<(Volume, Period)>, ImportError> {
    let end = Volume::dial_end(digits.whole);
    let fits = |text: &str| text.parse::<Volume>().ok().filter(|it| (Volume::ZERO..end).contains(it));
    let value = row.optional_meaning("value", "a value of this dial, like 123 or 123.45", fits)?;
    let period = row.optional_meaning("value_period", "a month like 2026-11", |text| text.parse().ok())?;
    match (value, period) {
        (Some(value), Some(period)) => Ok(Some((value, period))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(row.wrong("value_period", "a value needs its month")),
        (None, Some(_)) => Err(row.wrong("value", "a month needs its value")),
    }
}

fn shown(
    meter: &NewMeter,
    value: Volume,
    period: Period,
    now: DateTime<Utc>,
) -> Result<Reading, ImportError> {
    Ok(Reading {
        id: new_id()?,
        meter_id: meter.id.to_owned(),
        period,
        value,
        rollover: false,
        replacement: None,
        taken_at: None,
        received_at: now,
        source: Source::Import,
        status: Status::Accounted,
        receipt: None,
        client_item_id: None,
        sent_at: None,
        kept: Kept::without_evidence(meter.account_id.to_owned(), period),
    })
}
