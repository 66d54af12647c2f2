//! Why a letter is refused: the contract's codes with their parameters.

use serde_json::{Map, Value, json};

/// A refusal. The letter is not stored, its key stays free, and the app keeps it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A field is missing or of the wrong form: a defect of the app.
    #[error("a field is missing or of the wrong form")]
    InvalidItem { reason: String },
    /// The same key came with something else before: a defect of the app.
    #[error("the key came with something else before")]
    IdempotencyKeyReused,
    /// Nothing but white space.
    #[error("the text is empty")]
    TextEmpty,
    /// Longer than is read.
    #[error("the text is longer than {limit} characters")]
    TextTooLong { limit: usize },
    /// The account has no such meter.
    #[error("this account has no such meter")]
    NoSuchMeter,
    /// An appeal that can't be answered to anybody.
    #[error("an appeal needs a name, and where to answer")]
    NameAndContactNeeded,
}

impl Refusal {
    /// The contract's code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidItem { .. } => "INVALID_ITEM",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::TextEmpty => "TEXT_EMPTY",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::NoSuchMeter => "NO_SUCH_METER",
            Self::NameAndContactNeeded => "NAME_AND_CONTACT_NEEDED",
        }
    }

    /// The code's parameters.
    pub fn params(&self) -> Map<String, Value> {
        let param = match self {
            Self::InvalidItem { reason } => Some(("reason", json!(reason))),
            Self::TextTooLong { limit } => Some(("limit", json!(limit))),
            Self::IdempotencyKeyReused | Self::TextEmpty | Self::NoSuchMeter | Self::NameAndContactNeeded => {
                None
            }
        };
        param.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
