//! Taking a letter: one letter is one entry in the register, however often it is sent.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Refusal;
use super::posted::PostedLetter;
use crate::auth::new_id;
use crate::canonical;
use crate::config::Rules;
use crate::domain::{LetterKind, LetterStatus};
use crate::error::Broken;
use crate::records::{Letter, LetterKept};
use crate::storage::{PUBLIC, StorageError, Tx};

/// Who writes, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub enum Sender<'a> {
    /// A resident, of an account that is theirs.
    Account { account: &'a str, resident: &'a str },
    /// A resident, of no account.
    Resident(&'a str),
    /// Anybody.
    Nobody,
}

/// The letter is in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterAnswer {
    /// The cabinet's id of it.
    pub letter_id: String,
    /// The number that it is registered under.
    pub receipt: String,
    /// When the cabinet got it first.
    pub received_at: DateTime<Utc>,
}

/// Why a letter is not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The verdict on it.
    Refused(Refusal),
    /// Too many wrote without a name of their own; after this instant the next one may.
    TooMany { until: DateTime<Utc> },
    /// A defect or a full disk.
    Broken(Broken),
}

impl From<Refusal> for NotTaken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StorageError> for NotTaken {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Registers a letter, or finds it in the register.
///
/// A refused one leaves nothing behind, so that nobody can fill the database with them.
///
/// # Errors
/// [`NotTaken`]; then nothing is kept.
pub fn take(
    tx: &Tx,
    rules: &Rules,
    sender: Sender,
    (kind, body): (LetterKind, &Value),
    now: DateTime<Utc>,
) -> Result<LetterAnswer, NotTaken> {
    let posted = PostedLetter::read(kind, body)?;
    let scope = sender.account().unwrap_or(PUBLIC);
    let sha256 = canonical::sha256(&json!({ kind.name(): body }));
    match tx.key(scope, &posted.idempotency_key)? {
        Some((bound_to, _)) if bound_to != sha256 => return Err(Refusal::IdempotencyKeyReused.into()),
        Some((_, Some(kept))) => return Ok(serde_json::from_str(&kept).map_err(unreadable)?),
        Some((_, None)) | None => {}
    }
    let letter = match tx.letter_of_item(sender.account(), &posted.client_item_id)? {
        // The app lost the key, not the letter.
        Some(held) if is_the_same(&held, kind, &posted) => held,
        Some(_) => return Err(another_letter_of_the_same_item().into()),
        None => register(tx, rules, sender, kind, &posted, now)?,
    };
    let (letter_id, receipt, received_at) = (letter.id, letter.receipt, letter.received_at);
    let answer = LetterAnswer { letter_id, receipt, received_at };
    let kept = serde_json::to_string(&answer).map_err(unreadable)?;
    tx.set_key(scope, &posted.idempotency_key, &sha256, Some(&kept), now)?;
    Ok(answer)
}

fn register(
    tx: &Tx,
    rules: &Rules,
    sender: Sender,
    kind: LetterKind,
    posted: &PostedLetter,
    now: DateTime<Utc>,
) -> Result<Letter, NotTaken> {
    if let Some(meter) = &posted.meter_id
        && !sender.may_name(tx, meter)?
    {
        return Err(Refusal::NoSuchMeter.into());
    }
    if sender.resident().is_none()
        && let Some(oldest) = tx.appeal_of_nobody(rules.appeals.anonymous_an_hour)?
        && now < oldest + Duration::hours(1)
    {
        return Err(NotTaken::TooMany { until: oldest + Duration::hours(1) });
    }
    let letter = Letter {
        id: new_id().map_err(NotTaken::Broken)?,
        kind,
        account_id: sender.account().map(str::to_owned),
        topic: posted.topic.clone(),
        text: posted.text.clone(),
        written_at: posted.written_at,
        meter_id: posted.meter_id.clone(),
        wanted_on: posted.wanted_on,
        status: LetterStatus::Received,
        received_at: now,
        receipt: tx.next_receipt()?,
        client_item_id: posted.client_item_id.clone(),
        answer: None,
        answered_at: None,
        kept: LetterKept {
            resident_id: sender.resident().map(str::to_owned),
            name: posted.name.clone(),
            contact: posted.contact.clone(),
        },
    };
    tx.add_letter(&letter)?;
    Ok(letter)
}

impl<'a> Sender<'a> {
    const fn account(self) -> Option<&'a str> {
        match self {
            Self::Account { account, .. } => Some(account),
            Self::Resident(_) | Self::Nobody => None,
        }
    }

    const fn resident(self) -> Option<&'a str> {
        match self {
            Self::Account { resident, .. } | Self::Resident(resident) => Some(resident),
            Self::Nobody => None,
        }
    }

    /// Whether a letter of theirs may be about a meter. What nobody in particular says of one is not looked up: it would
    /// tell strangers which meters there are.
    fn may_name(self, tx: &Tx, meter: &str) -> Result<bool, StorageError> {
        match self {
            Self::Account { account, .. } => Ok(tx.books().meter(account, meter)?.is_some()),
            Self::Resident(resident) => tx.may_see_meter(resident, meter),
            Self::Nobody => Ok(true),
        }
    }
}

fn is_the_same(held: &Letter, kind: LetterKind, posted: &PostedLetter) -> bool {
    (held.kind, &held.topic, &held.text, &held.meter_id)
        == (kind, &posted.topic, &posted.text, &posted.meter_id)
}

fn another_letter_of_the_same_item() -> Refusal {
    Refusal::InvalidItem { reason: "this client_item_id was received with another text".to_owned() }
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Unreadable(error.to_string())
}
