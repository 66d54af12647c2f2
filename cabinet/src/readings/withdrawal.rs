//! A reading taken back by its resident, as long as the month may still be made good.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::timing::last_call;
use crate::canonical;
use crate::config::Rules;
use crate::domain::{Period, Source, Status, Volume};
use crate::error::Broken;
use crate::records::Reading;
use crate::storage::{StorageError, Tx};

/// The reading is taken back: from now, or since long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The reading.
    pub reading_id: String,
    /// When it was taken back first.
    pub withdrawn_at: DateTime<Utc>,
}

/// Why a reading is not taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NotWithdrawn {
    /// The account has none of this id.
    #[error("this account has no such reading")]
    NoSuchReading,
    /// The month was charged by it.
    #[error("the month was charged by this reading")]
    AlreadyAccounted { value: Volume, reading_id: String },
    /// It stands for nothing any more, or it is not the app's.
    #[error("this reading is not the app's to take back, or stands no more")]
    NotWithdrawable { status: Status, came_by: Source },
    /// Too late for the month.
    #[error("the month is closed")]
    PeriodClosed { next_period: Period },
    /// The same key came with something else before: a defect of the app.
    #[error("the key came with something else before")]
    IdempotencyKeyReused,
}

/// What is answered, and kept under the key.
pub type Verdict = Result<Withdrawn, NotWithdrawn>;

impl NotWithdrawn {
    /// The contract's code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchReading => "NO_SUCH_READING",
            Self::AlreadyAccounted { .. } => "ALREADY_ACCOUNTED",
            Self::NotWithdrawable { .. } => "NOT_WITHDRAWABLE",
            Self::PeriodClosed { .. } => "PERIOD_CLOSED",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
        }
    }

    /// The code's parameters.
    pub fn params(&self) -> Map<String, Value> {
        let pairs = match self {
            Self::AlreadyAccounted { value, reading_id } => {
                vec![("value", json!(value)), ("reading_id", json!(reading_id))]
            }
            Self::NotWithdrawable { status, came_by } => {
                vec![("status", json!(status)), ("source", json!(came_by))]
            }
            Self::PeriodClosed { next_period } => vec![("next_period", json!(next_period))],
            Self::NoSuchReading | Self::IdempotencyKeyReused => vec![],
        };
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// Takes back `(account, reading)`; the same key gets the first answer again.
///
/// # Errors
/// When something broke; then nothing is changed.
pub fn withdraw(
    tx: &Tx,
    rules: &Rules,
    (account, id): (&str, &str),
    key: &str,
    now: DateTime<Utc>,
) -> Result<Verdict, Broken> {
    let sha256 = canonical::sha256(&json!({ "withdraws": id }));
    match tx.key(account, key)? {
        Some((bound_to, _)) if bound_to != sha256 => return Ok(Err(NotWithdrawn::IdempotencyKeyReused)),
        Some((_, Some(kept))) => {
            return serde_json::from_str(&kept).map_err(|error| unreadable(error).into());
        }
        Some((_, None)) | None => {}
    }
    let Some(reading) = tx.reading(account, id)? else { return Ok(Err(NotWithdrawn::NoSuchReading)) };
    let verdict = judge(tx, rules, &reading, now)?;
    if verdict.is_ok() && reading.status != Status::Withdrawn {
        tx.withdraw_reading(id, now)?;
    }
    let kept = serde_json::to_string(&verdict).map_err(unreadable)?;
    tx.set_key(account, key, &sha256, Some(&kept), now)?;
    Ok(verdict)
}

fn judge(tx: &Tx, rules: &Rules, reading: &Reading, now: DateTime<Utc>) -> Result<Verdict, Broken> {
    let withdrawn = |withdrawn_at| Withdrawn { reading_id: reading.id.clone(), withdrawn_at };
    match reading.status {
        Status::Withdrawn => {
            return Ok(Ok(withdrawn(reading.kept.withdrawn_at.unwrap_or(reading.received_at))));
        }
        Status::Accounted => {
            let (value, reading_id) = (reading.value, reading.id.clone());
            return Ok(Err(NotWithdrawn::AlreadyAccounted { value, reading_id }));
        }
        Status::Received | Status::Processing if reading.source == Source::App => {}
        Status::Received | Status::Processing | Status::Declined | Status::Superseded => {
            let (status, came_by) = (reading.status, reading.source);
            return Ok(Err(NotWithdrawn::NotWithdrawable { status, came_by }));
        }
    }
    let charged_upto = tx.books().charged_upto(&reading.kept.account_id)?;
    let is_billed = charged_upto.is_some_and(|charged| reading.period <= charged);
    if is_billed || now >= last_call(rules, reading.period) {
        return Ok(Err(NotWithdrawn::PeriodClosed { next_period: rules.window.next_to_close(now) }));
    }
    Ok(Ok(withdrawn(now)))
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Unreadable(error.to_string())
}
