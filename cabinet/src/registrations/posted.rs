//! An application as it comes, and whether it has the form that the contract gives.

use chrono::{DateTime, SubsecRound, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::letters::Refusal;
use crate::readings::is_name;
use crate::recovery::Contact;

/// Plenty for a name or an address.
const MAX_LINE: usize = 200;

/// One posted application. What is not named here is refused with all that comes with it: it may be a passport.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostedRegistration {
    /// Made when it was written; the same for every replay.
    pub idempotency_key: String,
    /// The app's id of it.
    pub client_item_id: String,
    /// When it was written, by the phone's word.
    pub written_at: DateTime<Utc>,
    /// Of whoever applies.
    pub surname: String,
    /// Of whoever applies.
    pub name: String,
    /// Of whoever applies, if they have one.
    #[serde(default)]
    pub patronymic: Option<String>,
    /// Where the flat is.
    pub address: String,
    /// The number on the bill, if it is known.
    #[serde(default)]
    pub account_number: Option<String>,
    /// A telephone.
    pub phone: String,
    /// Where the answer goes.
    pub email: String,
    /// That what is written here may be kept and used for this.
    pub consent: bool,
}

impl PostedRegistration {
    /// Reads an application.
    ///
    /// # Errors
    /// The first thing that is not as the contract says. It names fields, never what stands in them.
    pub fn read(body: &Value) -> Result<Self, Refusal> {
        let invalid = |reason: &str| Refusal::InvalidItem { reason: reason.to_owned() };
        let mut posted = Self::deserialize(body)
            .map_err(|_| invalid("a field is missing, of the wrong form, or does not belong here"))?;
        if !is_name(&posted.idempotency_key) || !is_name(&posted.client_item_id) {
            return Err(invalid("no proper `idempotency_key` or `client_item_id`"));
        }
        let needed = [&posted.surname, &posted.name, &posted.address];
        if needed.iter().any(|line| line.trim().is_empty()) {
            return Err(invalid("`surname`, `name` or `address` is empty"));
        }
        let optional = [&posted.patronymic, &posted.account_number];
        let lines = needed.into_iter().chain(optional.into_iter().flatten());
        if lines.into_iter().any(|line| line.chars().count() > MAX_LINE) {
            return Err(invalid("a field is longer than 200 characters"));
        }
        if Contact::read(&posted.phone, &posted.email).is_none() || posted.phone.chars().count() > MAX_LINE {
            return Err(invalid("`phone` or `email` is none"));
        }
        if !posted.consent {
            return Err(invalid("`consent` is not given"));
        }
        posted.written_at = posted.written_at.trunc_subsecs(3);
        Ok(posted)
    }
}
