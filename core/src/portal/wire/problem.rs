//! Refusals of a request as a whole.

use serde::Deserialize;

use super::tolerant;

/// An RFC 9457 problem; clients branch on `code` alone.
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// Stable code.
    pub code: String,
    /// The code's parameters.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub params: serde_json::Map<String, serde_json::Value>,
}
