//! A reading that came another way than the app, entered by a clerk.

use chrono::{DateTime, SubsecRound, Utc};
use serde::Deserialize;

use super::value::check_digits;
use crate::auth::new_id;
use crate::config::Rules;
use crate::domain::{Period, Source, Status, Volume};
use crate::error::Broken;
use crate::history::History;
use crate::records::{Kept, Reading};
use crate::storage::{StorageError, Tx};

/// How it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A text message.
    Sms,
    /// A letter.
    Email,
    /// The readings line.
    Phone,
    /// The counter.
    Office,
    /// The utility's inspector.
    Inspector,
}

/// What a clerk enters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The meter.
    pub meter_id: String,
    /// The month that it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// How it came.
    pub source: Channel,
    /// When it was taken, where that is known.
    #[serde(default)]
    pub taken_at: Option<DateTime<Utc>>,
}

/// Why a reading is not entered.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// None of this id, or out of use.
    #[error("there is no such meter, or it is out of use")]
    NoMeter,
    /// The dial or the rules do not allow the value.
    #[error("the value is not allowed: {0}")]
    Digits(&'static str),
    /// A dial does not run backwards.
    #[error("the value is below {0}, the last one read off the dial")]
    Below(Volume),
    /// Another reading stands for the month.
    #[error("{0} stands for the month")]
    Taken(Volume),
    /// The month was charged.
    #[error("the month was charged")]
    Charged,
    /// The cabinet's own trouble.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl From<StorageError> for EntryError {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

impl Channel {
    /// As the contract names it.
    pub const fn source(self) -> Source {
        match self {
            Self::Sms => Source::Sms,
            Self::Email => Source::Email,
            Self::Phone => Source::Phone,
            Self::Office => Source::Office,
            Self::Inspector => Source::Inspector,
        }
    }
}

/// Enters a reading. What a resident handed in gets a receipt; what the inspector wrote down does not.
///
/// # Errors
/// [`EntryError`]; then nothing is entered.
pub fn enter(tx: &Tx, rules: &Rules, entry: &Entry, now: DateTime<Utc>) -> Result<Reading, EntryError> {
    let meter = tx.any_meter(&entry.meter_id)?.filter(|meter| !meter.archived).ok_or(EntryError::NoMeter)?;
    check_digits(&rules.readings, entry.value, meter.digits)
        .map_err(|refusal| EntryError::Digits(refusal.code()))?;
    if let Some(standing) = tx.reading_of(&meter.id, entry.period)? {
        return Err(EntryError::Taken(standing.value));
    }
    if tx.books().charged_upto(&meter.account_id)?.is_some_and(|charged| entry.period <= charged) {
        return Err(EntryError::Charged);
    }
    let history = History::before(tx, &meter, entry.period)?;
    if let Some(last) = history.last_actual().filter(|last| entry.value < last.value) {
        return Err(EntryError::Below(last.value));
    }
    let receipt = if entry.source == Channel::Inspector { None } else { Some(tx.next_receipt()?) };
    let reading = Reading {
        id: new_id()?,
        meter_id: meter.id,
        period: entry.period,
        value: entry.value,
        rollover: false,
        replacement: None,
        taken_at: entry.taken_at.map(|at| at.trunc_subsecs(3)),
        received_at: now,
        source: entry.source.source(),
        status: Status::Received,
        receipt,
        client_item_id: None,
        sent_at: None,
        kept: Kept::without_evidence(meter.account_id, entry.period),
    };
    tx.add_reading(&reading)?;
    Ok(reading)
}
