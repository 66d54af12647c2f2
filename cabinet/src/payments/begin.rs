//! Beginning a payment: one, however often the wish is sent.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Payment;
use crate::auth::new_id;
use crate::canonical;
use crate::config::PaymentRules;
use crate::domain::{PaymentStatus, Period};
use crate::error::Broken;
use crate::letters::Refusal;
use crate::readings::is_name;
use crate::storage::{StorageError, Tx};

/// What is posted.
#[derive(Deserialize)]
struct Posted {
    idempotency_key: String,
    amount_kopecks: i64,
    #[serde(default)]
    period: Option<Period>,
}

/// Who pays, and where the bank's pages are.
#[derive(Clone, Copy, Debug)]
pub struct Payer<'a> {
    /// The account.
    pub account: &'a str,
    /// The resident.
    pub resident: &'a str,
    /// What stands before a payment's id in the address of its page.
    pub pages: &'a str,
}

/// The payment is begun; the bank's page is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// The cabinet's id of it.
    pub payment_id: String,
    /// Where it is paid.
    pub page_url: String,
    /// When that page closes.
    pub expires_at: DateTime<Utc>,
}

/// Why it is not begun.
#[derive(Debug)]
pub enum NotBegun {
    /// The verdict on it.
    Refused(Refusal),
    /// A defect or a full disk.
    Broken(Broken),
}

impl From<Refusal> for NotBegun {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Broken> for NotBegun {
    fn from(error: Broken) -> Self {
        Self::Broken(error)
    }
}

impl From<StorageError> for NotBegun {
    fn from(error: StorageError) -> Self {
        Self::Broken(error.into())
    }
}

/// Begins a payment, or finds the one that was begun under this key. A refused wish leaves nothing behind.
///
/// # Errors
/// [`NotBegun`]; then nothing is kept.
pub fn begin(
    tx: &Tx,
    rules: PaymentRules,
    payer: Payer,
    body: &Value,
    now: DateTime<Utc>,
) -> Result<Begun, NotBegun> {
    let posted = read(rules, body)?;
    let sha256 = canonical::sha256(&json!({ "payment": body }));
    match tx.key(payer.account, &posted.idempotency_key)? {
        Some((bound_to, _)) if bound_to != sha256 => return Err(Refusal::IdempotencyKeyReused.into()),
        Some((_, Some(kept))) => return Ok(serde_json::from_str(&kept).map_err(unreadable)?),
        Some((_, None)) | None => {}
    }
    let payment = Payment {
        id: new_id()?,
        account_id: payer.account.to_owned(),
        amount_kopecks: posted.amount_kopecks,
        period: posted.period,
        purpose: purpose(tx, payer.account, posted.period)?,
        status: PaymentStatus::Pending,
        created_at: now,
        expires_at: now + Duration::minutes(i64::from(rules.minutes)),
        paid_at: None,
        receipt: None,
        resident_id: payer.resident.to_owned(),
    };
    tx.add_payment(&payment)?;
    let page_url = format!("{}{}", payer.pages, payment.id);
    let begun = Begun { payment_id: payment.id, page_url, expires_at: payment.expires_at };
    let kept = serde_json::to_string(&begun).map_err(unreadable)?;
    tx.set_key(payer.account, &posted.idempotency_key, &sha256, Some(&kept), now)?;
    Ok(begun)
}

fn read(rules: PaymentRules, body: &Value) -> Result<Posted, Refusal> {
    let invalid = |reason: String| Refusal::InvalidItem { reason };
    let posted = Posted::deserialize(body).map_err(|error| invalid(error.to_string()))?;
    if !is_name(&posted.idempotency_key) {
        return Err(invalid("no proper `idempotency_key`".to_owned()));
    }
    if !(1..=rules.most_kopecks).contains(&posted.amount_kopecks) {
        return Err(invalid(format!("`amount_kopecks` is not from 1 to {}", rules.most_kopecks)));
    }
    Ok(posted)
}

/// In words for the bank's page; refused for a month that was not charged.
fn purpose(tx: &Tx, account: &str, period: Option<Period>) -> Result<String, NotBegun> {
    let number = tx.account_number(account)?.unwrap_or_default();
    let Some(period) = period else { return Ok(format!("Лицевой счёт {number}")) };
    if !tx.books().charges(account)?.iter().any(|charge| charge.period == period) {
        return Err(Refusal::InvalidItem { reason: format!("{period} was not charged") }.into());
    }
    let period = period.to_string();
    let (year, month) = period.split_once('-').unwrap_or_default();
    Ok(format!("Лицевой счёт {number}, за {month}.{year}"))
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Unreadable(error.to_string())
}
