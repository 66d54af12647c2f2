//! Why an item has no reading, as the contract's codes say it.

use serde_json::{Map, Value, json};
use vodomer_core::domain::{Instant, Period, Volume};

/// A verdict that is no reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A field is missing or of the wrong form.
    InvalidItem,
    /// The key came with another item.
    KeyReused,
    /// The account has no such meter.
    NoSuchMeter,
    /// Replaced or cut off.
    MeterArchived,
    /// The meter's record has changed.
    MeterVersionMismatch { version: i64 },
    /// Its verification has run out.
    MeterVerificationOverdue,
    /// More black digits than the dial has.
    TooManyDigits { whole: u8 },
    /// Whole cubic metres only.
    FractionNotAllowed,
    /// Taken later than the server's clock shows.
    DateInFuture,
    /// The window is still to come.
    PeriodNotOpen { opens_at: Instant },
    /// Too late for its month.
    PeriodClosed { next_period: Period },
    /// The month was charged by this value.
    AlreadyAccounted { value: Volume, reading_id: String },
    /// Another reading stands for the month.
    DuplicateInPeriod { value: Volume, reading_id: String },
    /// Lower than the last value off the dial.
    ValueLessThanPrevious { previous: Volume },
    /// A turn of the dial was claimed that was none.
    RolloverNotPossible { previous: Option<Volume> },
    /// A replacement was claimed over which a dial would have run backwards.
    ReplacementDoesNotFit { previous: Option<Volume> },
    /// More than can be.
    ExceedsHardLimit { limit: Volume },
    /// Unusual.
    NeedsConfirmation { expected: Option<Volume>, suggested: Option<Volume> },
}

impl Refusal {
    /// The contract's code and its parameters.
    #[must_use]
    pub fn told(&self) -> (&'static str, Map<String, Value>) {
        let (code, params) = match self {
            Self::InvalidItem => ("INVALID_ITEM", json!({ "reason": "the item can't be read" })),
            Self::KeyReused => ("IDEMPOTENCY_KEY_REUSED", json!({})),
            Self::NoSuchMeter => ("NO_SUCH_METER", json!({})),
            Self::MeterArchived => ("METER_ARCHIVED", json!({ "replaced_by": null })),
            Self::MeterVersionMismatch { version } => {
                ("METER_VERSION_MISMATCH", json!({ "version": version }))
            }
            Self::MeterVerificationOverdue => ("METER_VERIFICATION_OVERDUE", json!({})),
            Self::TooManyDigits { whole } => ("TOO_MANY_DIGITS", json!({ "whole": whole })),
            Self::FractionNotAllowed => ("FRACTION_NOT_ALLOWED", json!({ "places": 0 })),
            Self::DateInFuture => ("DATE_IN_FUTURE", json!({})),
            Self::PeriodNotOpen { opens_at } => ("PERIOD_NOT_OPEN", json!({ "opens_at": opens_at })),
            Self::PeriodClosed { next_period } => ("PERIOD_CLOSED", json!({ "next_period": next_period })),
            Self::AlreadyAccounted { value, reading_id } => {
                ("ALREADY_ACCOUNTED", json!({ "value": value, "reading_id": reading_id }))
            }
            Self::DuplicateInPeriod { value, reading_id } => {
                ("DUPLICATE_IN_PERIOD", json!({ "value": value, "reading_id": reading_id }))
            }
            Self::ValueLessThanPrevious { previous } => {
                ("VALUE_LESS_THAN_PREVIOUS", json!({ "previous": previous }))
            }
            Self::RolloverNotPossible { previous } => {
                ("ROLLOVER_NOT_POSSIBLE", json!({ "previous": previous }))
            }
            Self::ReplacementDoesNotFit { previous } => {
                ("REPLACEMENT_DOES_NOT_FIT", json!({ "previous": previous }))
            }
            Self::ExceedsHardLimit { limit } => ("EXCEEDS_HARD_LIMIT", json!({ "limit": limit })),
            Self::NeedsConfirmation { expected, suggested } => (
                "NEEDS_CONFIRMATION",
                json!({ "reason": "higher", "expected": expected, "suggested": suggested }),
            ),
        };
        (code, params.as_object().cloned().unwrap_or_default())
    }

    /// Time or the utility's clerks may lift it: such a verdict is not kept under the item's key.
    #[must_use]
    pub const fn may_lift(&self) -> bool {
        matches!(
            self,
            Self::NoSuchMeter
                | Self::MeterVerificationOverdue
                | Self::DateInFuture
                | Self::PeriodNotOpen { .. }
                | Self::InvalidItem
                | Self::KeyReused
        )
    }
}
