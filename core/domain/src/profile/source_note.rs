//! Where the facts of a profile come from.

use serde::{Deserialize, Serialize};

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// Path of the field in the file: `window`, `contacts.phones[0].number`.
    pub field: String,
    /// How far to trust it.
    pub source: FactSource,
    /// What there is to say about it.
    pub note: Option<String>,
}

/// How far a fact is to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactSource {
    /// The utility has said so, in writing.
    Utility,
    /// The article about the utility's account.
    Article,
    /// Seen in public sources.
    Seen,
    /// From memory: to be confirmed.
    Unverified,
    /// No fact: it stands in the place of one.
    Placeholder,
}
