//! A request leaves with items, and what it came to.

use rusqlite::params;
use rusqlite::types::Value;

use super::super::item::Outcome;
use super::super::{Writing, codec};
use super::WAITING;
use super::listed::follow_target;
use crate::domain::Instant;

/// Marks an item as leaving; tells whether it may leave, which it may not when the resident has just corrected or
/// withdrawn it. The payload is frozen by the first attempt and kept by every later one.
pub fn freeze_and_send(
    db: &Writing<'_>,
    item_id: &str,
    payload: Option<&str>,
    now: Instant,
) -> rusqlite::Result<bool> {
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = 'sending', payload = coalesce(payload, ?2), attempts = attempts + 1,
                sent_at = coalesce(sent_at, ?3)
             WHERE item_id = ?1 AND state IN ('queued', 'sending')",
        )?
        .execute(params![item_id, payload, codec::millis(now)])?;
    Ok(changed > 0)
}

/// Where an item stays that the utility surely does not hold: it gives way to a correction that waits behind it, or that is
/// on its way already.
pub(super) fn unless_corrected(state: &str) -> String {
    format!(
        "state = CASE WHEN EXISTS (SELECT 1 FROM outbox AS behind
            WHERE behind.meter_id = outbox.meter_id AND behind.period = outbox.period
              AND behind.item_id <> outbox.item_id AND behind.state IN {WAITING})
          OR EXISTS (SELECT 1 FROM capture AS later JOIN outbox AS its ON its.item_id = later.item_id
            WHERE later.supersedes IN (outbox.item_id, outbox.reading_id) AND later.item_id <> outbox.item_id
              AND its.state IN ('sending', 'received'))
         THEN 'superseded' ELSE '{state}' END"
    )
}

/// Notes what an attempt came to.
pub fn settle(db: &Writing<'_>, item_id: &str, outcome: &Outcome, now: Instant) -> rusqlite::Result<()> {
    let set = |sql: &str, values: Vec<Value>| -> rusqlite::Result<()> {
        let mut all = vec![Value::from(item_id.to_owned()), codec::millis(now).into()];
        all.extend(values);
        let sql =
            format!("UPDATE outbox SET waits_since = ?2, {sql} WHERE item_id = ?1 AND state = 'sending'");
        db.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(all))?;
        Ok(())
    };
    match outcome {
        Outcome::Received { reading_id, receipt, effective_period, received_at } => set(
            "state = 'received', reason = NULL, params = NULL, reading_id = ?3, receipt = ?4,
             effective_period = ?5, received_at = ?6",
            vec![
                reading_id.clone().into(),
                receipt.clone().into(),
                effective_period.map(|p| p.to_string()).into(),
                codec::millis(*received_at).into(),
            ],
        ),
        Outcome::Queued { reason, not_before } => set(
            &format!("{}, sent_at = NULL, reason = ?3, not_before = ?4", unless_corrected("queued")),
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::InDoubt { reason, not_before } => set(
            "reason = ?3, not_before = ?4",
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::Renewed { reason, not_before, idempotency_key } => set(
            &format!(
                "{}, sent_at = NULL, payload = NULL, reason = ?3, not_before = ?4, idempotency_key = ?5",
                unless_corrected("queued")
            ),
            vec![reason.clone().into(), codec::millis(*not_before).into(), idempotency_key.clone().into()],
        ),
        Outcome::NeedsAnswer { code, params } => set(
            &format!("{}, reason = ?3, params = ?4", unless_corrected("needs_answer")),
            vec![code.clone().into(), params.clone().into()],
        ),
        Outcome::Rejected { code, params } => set(
            &format!("{}, reason = ?3, params = ?4", unless_corrected("rejected")),
            vec![code.clone().into(), params.clone().into()],
        ),
    }?;
    follow_target(db, item_id)
}
