//! Taking an application: one is one entry in the register, however often it is sent.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::Registration;
use super::posted::PostedRegistration;
use crate::auth::new_id;
use crate::canonical;
use crate::config::Rules;
use crate::domain::LetterStatus;
use crate::error::Broken;
use crate::letters::{LetterAnswer, Refusal};
use crate::storage::{PUBLIC, StorageError, Tx};

/// Why an application is not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The verdict on it.
    Refused(Refusal),
    /// Too many came; after this instant the next one may.
    TooMany { until: DateTime<Utc> },
    /// A defect or a full disk.
    Broken(Broken),
}

impl From<Refusal> for NotTaken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Broken> for NotTaken {
    fn from(error: Broken) -> Self {
        Self::Broken(error)
    }
}

impl From<StorageError> for NotTaken {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Registers an application, or finds it in the register. A refused one leaves nothing behind.
///
/// # Errors
/// [`NotTaken`]; then nothing is kept.
pub fn take(tx: &Tx, rules: &Rules, body: &Value, now: DateTime<Utc>) -> Result<LetterAnswer, NotTaken> {
    let posted = PostedRegistration::read(body)?;
    let sha256 = canonical::sha256(&json!({ "registration": body }));
    match tx.key(PUBLIC, &posted.idempotency_key)? {
        Some((bound_to, _)) if bound_to != sha256 => return Err(Refusal::IdempotencyKeyReused.into()),
        Some((_, Some(kept))) => return Ok(serde_json::from_str(&kept).map_err(unreadable)?),
        Some((_, None)) | None => {}
    }
    let registration = match tx.registration_of_item(&posted.client_item_id)? {
        // The app lost the key, not the application.
        Some(held) if is_the_same(&held, &posted) => held,
        Some(_) => return Err(another_of_the_same_item().into()),
        None => register(tx, rules, &posted, now)?,
    };
    let Registration { id: letter_id, receipt, received_at, .. } = registration;
    let answer = LetterAnswer { letter_id, receipt, received_at };
    let kept = serde_json::to_string(&answer).map_err(unreadable)?;
    tx.set_key(PUBLIC, &posted.idempotency_key, &sha256, Some(&kept), now)?;
    Ok(answer)
}

fn register(
    tx: &Tx,
    rules: &Rules,
    posted: &PostedRegistration,
    now: DateTime<Utc>,
) -> Result<Registration, NotTaken> {
    if let Some(oldest) = tx.registration_received(rules.registrations.an_hour)?
        && now < oldest + Duration::hours(1)
    {
        return Err(NotTaken::TooMany { until: oldest + Duration::hours(1) });
    }
    let posted = posted.clone();
    let registration = Registration {
        id: new_id()?,
        client_item_id: posted.client_item_id,
        surname: posted.surname,
        name: posted.name,
        patronymic: posted.patronymic,
        address: posted.address,
        account_number: posted.account_number,
        phone: posted.phone,
        email: posted.email,
        written_at: posted.written_at,
        received_at: now,
        receipt: tx.next_receipt()?,
        status: LetterStatus::Received,
        answer: None,
        answered_at: None,
    };
    tx.add_registration(&registration)?;
    Ok(registration)
}

fn is_the_same(held: &Registration, posted: &PostedRegistration) -> bool {
    (&held.surname, &held.name, &held.patronymic, &held.address, &held.account_number)
        == (&posted.surname, &posted.name, &posted.patronymic, &posted.address, &posted.account_number)
        && (&held.phone, &held.email) == (&posted.phone, &posted.email)
}

fn another_of_the_same_item() -> Refusal {
    Refusal::InvalidItem { reason: "this client_item_id was received with another application".to_owned() }
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Unreadable(error.to_string())
}
