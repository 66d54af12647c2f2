//! What goes one by one: a reading taken back, and letters.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::bounds;

/// The answer to a reading taken back: `DELETE /v1/accounts/{a}/readings/{id}`.
#[derive(Debug, Deserialize)]
pub struct Withdrawn {
    /// The reading.
    pub reading_id: String,
    /// When the server did so first.
    #[serde(deserialize_with = "bounds::instant")]
    pub withdrawn_at: DateTime<Utc>,
}

/// A service request, a question or an appeal. Serialised once, at the first attempt, and stored as it went out.
#[derive(Debug, Serialize)]
pub struct PostedLetter<'a> {
    /// Made when it was written; the same for every replay.
    pub idempotency_key: &'a str,
    /// The phone's id of it.
    pub client_item_id: &'a str,
    /// What it is about, as a code of the utility: `verification, sealing, leak, charges, other …`.
    pub topic: &'a str,
    /// The text.
    pub text: &'a str,
    /// When it was written, by the utility's clock as the phone knew it.
    pub written_at: DateTime<Utc>,
    /// The meter that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meter_id: Option<&'a str>,
    /// The day that suits the resident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted_on: Option<NaiveDate>,
    /// Who writes; an appeal must say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Telephone or e-mail for the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<&'a str>,
}

/// The answer to a letter.
#[derive(Debug, Deserialize)]
pub struct LetterAnswer {
    /// The server's id.
    pub letter_id: String,
    /// The number that it is registered under.
    pub receipt: Option<String>,
    /// When the server got it first.
    #[serde(deserialize_with = "bounds::instant")]
    pub received_at: DateTime<Utc>,
}
