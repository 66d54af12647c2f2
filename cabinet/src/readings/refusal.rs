//! Why an item is refused: the contract's codes with their parameters.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::domain::{Period, Volume};

/// A refusal. The reading is not stored, and the app keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A field is missing or of the wrong form: a defect of the app.
    InvalidItem { reason: String },
    /// The same key came with another item before: a defect of the app.
    IdempotencyKeyReused,
    /// The account has no such meter.
    NoSuchMeter,
    /// Replaced or cut off.
    MeterArchived { replaced_by: Option<String> },
    /// The resident saw an older record of the meter.
    MeterVersionMismatch { version: i64 },
    /// The day until which the meter's readings count has passed.
    MeterVerificationOverdue,
    /// More black digits than the dial has.
    TooManyDigits { whole: u32 },
    /// More decimal places than the utility takes.
    FractionNotAllowed { places: u32 },
    /// Taken later than the cabinet's clock shows.
    DateInFuture,
    /// The month's window is still to come.
    PeriodNotOpen { opens_at: DateTime<Utc> },
    /// Too late for the month.
    PeriodClosed { next_period: Period },
    /// The month was charged by this value.
    AlreadyAccounted { value: Volume, reading_id: String },
    /// Another reading stands for the month, and the item does not say that it corrects it.
    DuplicateInPeriod { value: Volume, reading_id: String },
    /// Lower than the last actual value, and neither a turn of the dial nor a replacement was claimed.
    ValueLessThanPrevious { previous: Volume },
    /// A turn of the dial was claimed, and the value is not below the last actual one.
    RolloverNotPossible { previous: Option<Volume> },
    /// A replacement was claimed over which a dial would have run backwards.
    ReplacementDoesNotFit { previous: Option<Volume> },
    /// More than can be.
    ExceedsHardLimit { limit: Volume },
    /// Unusual; taken when the resident says that it is so.
    NeedsConfirmation { reason: &'static str, expected: Option<Volume>, suggested: Option<Volume> },
}

impl Refusal {
    /// The contract's code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidItem { .. } => "INVALID_ITEM",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::NoSuchMeter => "NO_SUCH_METER",
            Self::MeterArchived { .. } => "METER_ARCHIVED",
            Self::MeterVersionMismatch { .. } => "METER_VERSION_MISMATCH",
            Self::MeterVerificationOverdue => "METER_VERIFICATION_OVERDUE",
            Self::TooManyDigits { .. } => "TOO_MANY_DIGITS",
            Self::FractionNotAllowed { .. } => "FRACTION_NOT_ALLOWED",
            Self::DateInFuture => "DATE_IN_FUTURE",
            Self::PeriodNotOpen { .. } => "PERIOD_NOT_OPEN",
            Self::PeriodClosed { .. } => "PERIOD_CLOSED",
            Self::AlreadyAccounted { .. } => "ALREADY_ACCOUNTED",
            Self::DuplicateInPeriod { .. } => "DUPLICATE_IN_PERIOD",
            Self::ValueLessThanPrevious { .. } => "VALUE_LESS_THAN_PREVIOUS",
            Self::RolloverNotPossible { .. } => "ROLLOVER_NOT_POSSIBLE",
            Self::ReplacementDoesNotFit { .. } => "REPLACEMENT_DOES_NOT_FIT",
            Self::ExceedsHardLimit { .. } => "EXCEEDS_HARD_LIMIT",
            Self::NeedsConfirmation { .. } => "NEEDS_CONFIRMATION",
        }
    }

    /// The code's parameters.
    pub fn params(&self) -> Map<String, Value> {
        let params = match self {
            Self::InvalidItem { reason } => json!({ "reason": reason }),
            Self::MeterArchived { replaced_by } => json!({ "replaced_by": replaced_by }),
            Self::MeterVersionMismatch { version } => json!({ "version": version }),
            Self::TooManyDigits { whole } => json!({ "whole": whole }),
            Self::FractionNotAllowed { places } => json!({ "places": places }),
            Self::PeriodNotOpen { opens_at } => json!({ "opens_at": opens_at }),
            Self::PeriodClosed { next_period } => json!({ "next_period": next_period }),
            Self::AlreadyAccounted { value, reading_id } | Self::DuplicateInPeriod { value, reading_id } => {
                json!({ "value": value, "reading_id": reading_id })
            }
            Self::ValueLessThanPrevious { previous } => json!({ "previous": previous }),
            Self::RolloverNotPossible { previous } | Self::ReplacementDoesNotFit { previous } => {
                json!({ "previous": previous })
            }
            Self::ExceedsHardLimit { limit } => json!({ "limit": limit }),
            Self::NeedsConfirmation { reason, expected, suggested } => {
                json!({ "reason": reason, "expected": expected, "suggested": suggested })
            }
            Self::IdempotencyKeyReused
            | Self::NoSuchMeter
            | Self::MeterVerificationOverdue
            | Self::DateInFuture => json!({}),
        };
        match params {
            Value::Object(params) => params,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Map::new()
            }
        }
    }

    /// Whether time alone, or the utility's clerks, may lift it. Such a verdict is not kept under the item's key:
    /// the app holds the very same item and tries again.
    pub const fn may_lift(&self) -> bool {
        match self {
            Self::NoSuchMeter
            | Self::MeterVerificationOverdue
            | Self::DateInFuture
            | Self::PeriodNotOpen { .. } => true,
            Self::InvalidItem { .. }
            | Self::IdempotencyKeyReused
            | Self::MeterArchived { .. }
            | Self::MeterVersionMismatch { .. }
            | Self::TooManyDigits { .. }
            | Self::FractionNotAllowed { .. }
            | Self::PeriodClosed { .. }
            | Self::AlreadyAccounted { .. }
            | Self::DuplicateInPeriod { .. }
            | Self::ValueLessThanPrevious { .. }
            | Self::RolloverNotPossible { .. }
            | Self::ReplacementDoesNotFit { .. }
            | Self::ExceedsHardLimit { .. }
            | Self::NeedsConfirmation { .. } => false,
        }
    }
}
