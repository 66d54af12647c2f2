//! A batch: all its items in one transaction, each with its own key and its own answer.

use chrono::{DateTime, Utc};

use super::item::Batch;
use super::judge::{Arrival, NotHeld, hold};
use super::{Envelope, ItemAnswer, Refusal};
use crate::config::Rules;
use crate::error::Broken;
use crate::storage::{StorageError, Tx};

/// How many items one request may carry.
pub const MAX_ITEMS: usize = 50;

/// Answers every item, in their order. An item refused spoils no other.
///
/// # Errors
/// When something broke; then nothing of the batch is kept.
pub fn accept(
    tx: &Tx,
    rules: &Rules,
    account: &str,
    batch: &Batch,
    now: DateTime<Utc>,
) -> Result<Vec<ItemAnswer>, Broken> {
    let arrival = Arrival { now, sent_at: batch.sent_at };
    batch.items.iter().map(|item| answer(tx, rules, account, item, arrival)).collect()
}

fn answer(
    tx: &Tx,
    rules: &Rules,
    account: &str,
    item: &Envelope,
    arrival: Arrival,
) -> Result<ItemAnswer, Broken> {
    let refused = |refusal: &Refusal| ItemAnswer::refused(&item.client_item_id, refusal);
    let sha256 = item.sha256();
    match tx.key(account, &item.key)? {
        Some((bound_to, _)) if bound_to != sha256 => return Ok(refused(&Refusal::IdempotencyKeyReused)),
        Some((_, Some(kept))) => return kept_answer(&kept),
        Some((_, None)) | None => {}
    }
    let posted = match item.read() {
        Ok(posted) => posted,
        Err(error) => return Ok(refused(&Refusal::InvalidItem { reason: error.to_string() })),
    };
    let (answer, is_final) = match hold(tx, rules, account, &posted, arrival) {
        Ok(reading) => (ItemAnswer::held(&item.client_item_id, &reading), true),
        Err(NotHeld::Refused(refusal)) => (refused(&refusal), !refusal.may_lift()),
        Err(NotHeld::Broken(error)) => return Err(error),
    };
    let kept = if is_final { Some(to_json(&answer)?) } else { None };
    tx.set_key(account, &item.key, &sha256, kept.as_deref(), arrival.now)?;
    Ok(answer)
}

fn to_json(answer: &ItemAnswer) -> Result<String, Broken> {
    serde_json::to_string(answer).map_err(|error| unreadable(error).into())
}

fn kept_answer(kept: &str) -> Result<ItemAnswer, Broken> {
    serde_json::from_str(kept).map_err(|error| unreadable(error).into())
}

fn unreadable(error: serde_json::Error) -> StorageError {
    StorageError::Unreadable(error.to_string())
}
