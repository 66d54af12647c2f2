//! The verdict on one posted reading, and what follows from it in the storage.

use chrono::{DateTime, Utc};

use super::timing::{Moment, effective_period};
use super::value::{check_digits, check_use};
use super::{PostedReading, Refusal};
use crate::auth::new_id;
use crate::config::Rules;
use crate::domain::{Source, Status};
use crate::error::Broken;
use crate::history::History;
use crate::records::{Kept, Meter, Reading};
use crate::storage::{StorageError, Tx};

/// Why an item has no reading: refused, or something broke, which fails the whole batch.
#[derive(Debug)]
pub enum NotHeld {
    /// The verdict.
    Refused(Refusal),
    /// A defect or a full disk.
    Broken(Broken),
}

impl From<Refusal> for NotHeld {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StorageError> for NotHeld {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// The request that brought an item.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// When it came.
    pub now: DateTime<Utc>,
    /// When it left, by the phone's word: kept, never judged.
    pub sent_at: Option<DateTime<Utc>>,
}

/// The reading that a posted one has become.
pub fn hold(
    tx: &Tx,
    rules: &Rules,
    account: &str,
    posted: &PostedReading,
    arrival: Arrival,
) -> Result<Reading, NotHeld> {
    let meter = tx.books().meter(account, &posted.meter_id)?.ok_or(Refusal::NoSuchMeter)?;
    if let Some(held) = tx.reading_of_item(&meter.id, posted.period, &posted.client_item_id)? {
        // The app lost the key, not the item: one item is one reading.
        let same = (held.value, held.rollover, &held.replacement)
            == (posted.value, posted.rollover, &posted.replacement);
        return if same { Ok(held) } else { Err(another_value_for_the_same_item().into()) };
    }
    check_meter(rules, &meter, posted)?;
    for value in posted.values() {
        check_digits(&rules.readings, value, meter.digits)?;
    }
    check_not_accounted(tx, rules, posted)?;
    let billed = tx.books().charged_upto(account)?;
    let moment = Moment { period: posted.period, taken: posted.taken_at, now: arrival.now, billed };
    let period = effective_period(rules, moment)?;
    let corrected = match tx.reading_of(&meter.id, period)? {
        None => None,
        Some(standing) if standing.status == Status::Accounted => {
            return Err(already_accounted(standing).into());
        }
        Some(standing) if posted.supersedes.as_deref() == Some(&standing.id) => Some(standing.id),
        Some(standing) => {
            return Err(Refusal::DuplicateInPeriod { value: standing.value, reading_id: standing.id }.into());
        }
    };
    let history = History::before(tx, &meter, period)?;
    check_use(&rules.readings, posted, period, &meter, &history)?;
    if let Some(corrected) = &corrected {
        tx.set_reading_status(corrected, Status::Superseded)?;
    }
    let reading = Reading {
        id: new_id().map_err(NotHeld::Broken)?,
        meter_id: meter.id,
        period,
        value: posted.value,
        rollover: posted.rollover,
        replacement: posted.replacement.clone(),
        taken_at: Some(posted.taken_at),
        received_at: arrival.now,
        source: Source::App,
        status: Status::Received,
        receipt: Some(tx.next_receipt()?),
        client_item_id: Some(posted.client_item_id.clone()),
        sent_at: arrival.sent_at,
        kept: Kept {
            account_id: account.to_owned(),
            meant_period: posted.period,
            entered: Some(posted.entered.clone()),
            supersedes: corrected,
            phone_at: posted.phone_at,
            skew_ms: posted.skew_ms,
            monotonic_ms: posted.monotonic_ms,
            withdrawn_at: None,
        },
    };
    tx.add_reading(&reading)?;
    Ok(reading)
}

fn check_meter(rules: &Rules, meter: &Meter, posted: &PostedReading) -> Result<(), Refusal> {
    if meter.archived {
        return Err(Refusal::MeterArchived { replaced_by: meter.replaced_by.clone() });
    }
    if meter.version != posted.meter_version {
        return Err(Refusal::MeterVersionMismatch { version: meter.version });
    }
    let taken_on = rules.window.business_day(posted.taken_at);
    if meter.verify_by.is_some_and(|last_day| taken_on > last_day) {
        return Err(Refusal::MeterVerificationOverdue);
    }
    Ok(())
}

/// A month that was charged by a reading keeps it: said before anything about windows, since it tells more.
fn check_not_accounted(tx: &Tx, rules: &Rules, posted: &PostedReading) -> Result<(), NotHeld> {
    let Some(standing) = tx.reading_of(&posted.meter_id, posted.period)? else { return Ok(()) };
    let meant_for_it = posted.taken_at < rules.window.of(posted.period).closes
        || posted.supersedes.as_deref() == Some(&standing.id);
    if standing.status == Status::Accounted && standing.source.is_actual() && meant_for_it {
        return Err(already_accounted(standing).into());
    }
    Ok(())
}

fn already_accounted(standing: Reading) -> Refusal {
    Refusal::AlreadyAccounted { value: standing.value, reading_id: standing.id }
}

fn another_value_for_the_same_item() -> Refusal {
    Refusal::InvalidItem { reason: "this client_item_id was received with another value or claim".to_owned() }
}
