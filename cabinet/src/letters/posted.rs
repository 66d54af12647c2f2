//! A letter as it comes, and whether it has the form that the contract gives.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::Refusal;
use crate::domain::LetterKind;
use crate::readings::is_name;

/// Characters of a text, as Unicode counts them.
const MAX_TEXT: usize = 4000;
/// Plenty for anybody's name, and for a telephone number or an address to answer to.
const MAX_LINE: usize = 200;

/// One posted letter.
#[derive(Clone, Debug, Deserialize)]
pub struct PostedLetter {
    /// Made when it was written; the same for every replay.
    pub idempotency_key: String,
    /// The app's id of it.
    pub client_item_id: String,
    /// What it is about, as a code.
    pub topic: String,
    /// The text.
    pub text: String,
    /// When it was written, by the phone's word.
    pub written_at: DateTime<Utc>,
    /// The meter that it is about.
    #[serde(default)]
    pub meter_id: Option<String>,
    /// The day that suits the resident.
    #[serde(default)]
    pub wanted_on: Option<NaiveDate>,
    /// Who writes.
    #[serde(default)]
    pub name: Option<String>,
    /// Where to answer.
    #[serde(default)]
    pub contact: Option<String>,
}

impl PostedLetter {
    /// Reads a letter of a kind.
    ///
    /// # Errors
    /// The first thing that is not as the contract says.
    pub fn read(kind: LetterKind, body: &Value) -> Result<Self, Refusal> {
        let invalid = |reason: String| Refusal::InvalidItem { reason };
        let mut posted = Self::deserialize(body).map_err(|error| invalid(error.to_string()))?;
        let names = [
            ("idempotency_key", &posted.idempotency_key),
            ("client_item_id", &posted.client_item_id),
            ("topic", &posted.topic),
        ];
        if let Some((field, _)) = names.iter().find(|(_, name)| !is_name(name)) {
            return Err(invalid(format!("no proper `{field}`")));
        }
        let lines = [("meter_id", &posted.meter_id), ("name", &posted.name), ("contact", &posted.contact)];
        let too_long = |line: &Option<String>| line.as_ref().is_some_and(|it| it.chars().count() > MAX_LINE);
        if let Some((field, _)) = lines.iter().find(|(_, line)| too_long(line)) {
            return Err(invalid(format!("`{field}` is longer than {MAX_LINE} characters")));
        }
        if posted.text.trim().is_empty() {
            return Err(Refusal::TextEmpty);
        }
        if posted.text.chars().count() > MAX_TEXT {
            return Err(Refusal::TextTooLong { limit: MAX_TEXT });
        }
        let is_blank = |line: &Option<String>| line.as_ref().is_none_or(|it| it.trim().is_empty());
        if kind == LetterKind::Appeal && (is_blank(&posted.name) || is_blank(&posted.contact)) {
            return Err(Refusal::NameAndContactNeeded);
        }
        posted.written_at = posted.written_at.trunc_subsecs(3);
        Ok(posted)
    }
}
