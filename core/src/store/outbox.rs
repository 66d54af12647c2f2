//! What the resident took, and how far each of it has come: the transitions.
//!
//! A row of `capture` is evidence and never changes; its row of `outbox` moves through the states. Transitions
//! are named functions here, so that there is one place to look for "how could it get there".

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::Writing;
use super::codec;
use super::item::{Channel, ITEM, Item, NewCapture, Outcome, item_row};
use crate::domain::{Instant, Period};

/// Stores a reading with its place in the queue, in the transaction given.
///
/// What waited for the same meter and period gives way. What has left already stays, and the new reading goes as
/// its correction.
pub fn add(db: &Writing<'_>, new: &NewCapture) -> rusqlite::Result<()> {
    let c = &new.captured;
    let period = c.period.to_string();
    db.prepare_cached(
        "UPDATE outbox SET state = 'superseded'
         WHERE meter_id = ?1 AND period = ?2 AND state IN ('queued', 'needs_answer', 'rejected')",
    )?
    .execute(params![c.meter_id, period])?;
    let supersedes: Option<String> = db
        .prepare_cached(
            "SELECT item_id FROM outbox WHERE meter_id = ?1 AND period = ?2
             AND state IN ('sending', 'received') ORDER BY item_id DESC LIMIT 1",
        )?
        .query_row(params![c.meter_id, period], |row| row.get(0))
        .optional()?;
    db.prepare_cached(
        "INSERT INTO capture VALUES (:item, :account_id, :meter, :version, :serial, :resource, :place, :account,
            :address, :period, :value, :entered, :taken, :skew, :monotonic, :confirmed, :supersedes, :zone, :rollover,
            :replacement, :phone_at, :boot, NULL)",
    )?
    .execute(named_params! {
        ":item": c.item_id, ":account_id": new.account_id, ":serial": new.seen.serial,
        ":resource": new.seen.resource.code(), ":place": new.seen.place, ":account": new.seen.account,
        ":address": new.seen.address, ":meter": c.meter_id, ":version": new.meter_version,
        ":period": period, ":value": c.value.ten_thousandths(), ":entered": c.entered,
        ":taken": codec::millis(c.taken_at), ":skew": new.skew, ":monotonic": new.monotonic,
        ":confirmed": serde_json::json!(new.confirmed).to_string(), ":supersedes": supersedes,
        ":zone": new.seen.zone, ":rollover": new.rollover,
        ":replacement": codec::replacement_json(new.replacement.as_ref()),
        ":phone_at": codec::millis(new.phone_at), ":boot": new.boot,
    })?;
    db.prepare_cached(
        "INSERT INTO outbox (item_id, kind, account_id, meter_id, period, idempotency_key, state, not_before, waits_since)
         VALUES (?1, 'reading', ?2, ?3, ?4, ?5, 'queued', ?6, ?7)",
    )?
    .execute(params![
        c.item_id,
        new.account_id,
        c.meter_id,
        period,
        new.idempotency_key,
        codec::millis(new.not_before),
        codec::millis(c.taken_at)
    ])?;
    Ok(())
}

/// One item.
pub fn by_id(db: &Connection, item_id: &str) -> rusqlite::Result<Option<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE outbox.item_id = ?1"))?.query_row([item_id], item_row).optional()
}

/// All items but the superseded ones, the newest first; `since` leaves out older periods.
pub fn entries(db: &Connection, since: Period) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state <> 'superseded' AND outbox.period >= ?1 ORDER BY outbox.item_id DESC"
    ))?
    .query_map([since.to_string()], item_row)?
    .collect()
}

/// What was taken off one meter for a month and later, and may still count; the oldest first.
pub fn items_of_meter(db: &Connection, meter_id: &str, since: Period) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE outbox.meter_id = ?1 AND outbox.period >= ?2 AND state NOT IN ('superseded', 'rejected')
         ORDER BY outbox.item_id"
    ))?
    .query_map([meter_id, &since.to_string()], item_row)?
    .collect()
}

/// Items that have not left the phone, or are in doubt: the oldest first.
pub fn unsent(db: &Connection) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE state IN ('queued', 'sending') ORDER BY outbox.item_id"))?
        .query_map([], item_row)?
        .collect()
}

/// The next items of an account to go: due, the oldest first, and none whose forerunner is still in doubt.
pub fn batch(db: &Connection, account_id: &str, now: Instant, limit: i64) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state IN ('queued', 'sending') AND not_before <= ?2 AND outbox.account_id = ?1
           AND NOT EXISTS (SELECT 1 FROM outbox AS ahead
                           WHERE ahead.item_id = capture.supersedes AND ahead.state = 'sending')
         ORDER BY outbox.item_id LIMIT ?3"
    ))?
    .query_map(params![account_id, codec::millis(now), limit], item_row)?
    .collect()
}

/// When the next item may go.
pub fn next_attempt(db: &Connection) -> rusqlite::Result<Option<Instant>> {
    let soonest: Option<i64> = db
        .prepare_cached("SELECT min(not_before) FROM outbox WHERE state IN ('queued', 'sending')")?
        .query_row([], |row| row.get(0))?;
    Ok(soonest.and_then(chrono::DateTime::from_timestamp_millis))
}

/// Marks an item as leaving. The payload is frozen by the first attempt and kept by every later one.
pub fn freeze_and_send(db: &Connection, item_id: &str, payload: &str, now: Instant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET state = 'sending', payload = coalesce(payload, ?2), attempts = attempts + 1,
            sent_at = coalesce(sent_at, ?3)
         WHERE item_id = ?1 AND state IN ('queued', 'sending')",
    )?
    .execute(params![item_id, payload, codec::millis(now)])?;
    Ok(())
}

/// Where an item stays that the utility surely does not hold: it gives way to a correction that waits behind it.
fn unless_corrected(state: &str) -> String {
    format!(
        "state = CASE WHEN EXISTS (SELECT 1 FROM outbox AS behind
            WHERE behind.meter_id = outbox.meter_id AND behind.period = outbox.period
              AND behind.item_id <> outbox.item_id AND behind.state IN ('queued', 'needs_answer', 'rejected'))
         THEN 'superseded' ELSE '{state}' END"
    )
}

/// Notes what an attempt came to.
pub fn settle(db: &Connection, item_id: &str, outcome: &Outcome) -> rusqlite::Result<()> {
    let set = |sql: &str, values: Vec<Value>| -> rusqlite::Result<()> {
        let mut all = vec![Value::from(item_id.to_owned())];
        all.extend(values);
        let sql = format!("UPDATE outbox SET {sql} WHERE item_id = ?1 AND state = 'sending'");
        db.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(all))?;
        Ok(())
    };
    match outcome {
        Outcome::Received { reading_id, receipt, effective_period, received_at } => set(
            "state = 'received', reason = NULL, params = NULL, reading_id = ?2, receipt = ?3,
             effective_period = ?4, received_at = ?5",
            vec![
                reading_id.clone().into(),
                receipt.clone().into(),
                effective_period.map(|p| p.to_string()).into(),
                codec::millis(*received_at).into(),
            ],
        ),
        Outcome::Queued { reason, not_before } => set(
            &format!("{}, sent_at = NULL, reason = ?2, not_before = ?3", unless_corrected("queued")),
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::InDoubt { reason, not_before } => set(
            "reason = ?2, not_before = ?3",
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::Renewed { reason, not_before, idempotency_key } => set(
            &format!(
                "{}, sent_at = NULL, payload = NULL, reason = ?2, not_before = ?3, idempotency_key = ?4",
                unless_corrected("queued")
            ),
            vec![reason.clone().into(), codec::millis(*not_before).into(), idempotency_key.clone().into()],
        ),
        Outcome::NeedsAnswer { code, params } => set(
            &format!("{}, reason = ?2, params = ?3", unless_corrected("needs_answer")),
            vec![code.clone().into(), params.clone().into()],
        ),
        Outcome::Rejected { code, params } => set(
            &format!("{}, reason = ?2, params = ?3", unless_corrected("rejected")),
            vec![code.clone().into(), params.clone().into()],
        ),
    }
}

/// The resident confirms what the utility asked about: the same item goes again, with a new payload and key.
pub fn confirm(db: &Connection, item_id: &str, reason: &str, key: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "UPDATE capture SET confirmed = json_insert(confirmed, '$[#]', ?2)
         WHERE item_id = ?1 AND EXISTS (SELECT 1 FROM outbox WHERE item_id = ?1 AND state = 'needs_answer')",
    )?
    .execute([item_id, reason])?;
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = 'queued', payload = NULL, sent_at = NULL, reason = NULL, params = NULL, not_before = 0,
                idempotency_key = ?2 WHERE item_id = ?1 AND state = 'needs_answer'",
        )?
        .execute([item_id, key])?;
    Ok(changed > 0)
}

/// Notes what keeps everything that is due and has not been tried yet.
pub fn mark_kept(db: &Connection, reason: &str, now: Instant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET reason = ?1 WHERE state = 'queued' AND reason IS NULL AND not_before <= ?2",
    )?
    .execute(params![reason, codec::millis(now)])?;
    Ok(())
}

/// Lets everything that waits for the network go at once: the network has come back, or the resident asks.
pub fn hurry(db: &Connection, waiting_for: &[&str]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "UPDATE outbox SET not_before = 0 WHERE state IN ('queued', 'sending') AND reason = ?1",
    )?;
    for reason in waiting_for {
        statement.execute([reason])?;
    }
    Ok(())
}

/// Notes that an item was seen in the utility's own list, which ends every doubt: the list is what counts.
pub fn mark_read_back(
    db: &Connection,
    item_id: &str,
    reading: &super::ReadingRow,
    now: Instant,
) -> rusqlite::Result<bool> {
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = 'received', reason = NULL, params = NULL, read_back_at = ?2,
                reading_id = ?3, receipt = ?4, effective_period = ?5, received_at = coalesce(received_at, ?6)
             WHERE item_id = ?1 AND read_back_at IS NULL
               AND state IN ('queued', 'sending', 'received', 'needs_answer', 'rejected')",
        )?
        .execute(params![
            item_id,
            codec::millis(now),
            reading.id,
            reading.receipt,
            reading.period.to_string(),
            codec::millis(reading.received_at)
        ])?;
    Ok(changed > 0)
}

/// The utility held a reading and thought better of it.
pub fn mark_declined(db: &Connection, item_id: &str) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE outbox SET {}, reason = 'DECLINED' WHERE item_id = ?1 AND state IN ('sending', 'received')",
        unless_corrected("rejected")
    );
    db.prepare_cached(&sql)?.execute([item_id])?;
    Ok(())
}

/// Notes that a charge was made from a reading.
pub fn mark_accounted(db: &Connection, reading_id: &str, now: Instant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET state = 'accounted', accounted_at = ?2 WHERE reading_id = ?1 AND state = 'received'",
    )?
    .execute(params![reading_id, codec::millis(now)])?;
    Ok(())
}

/// Notes that the resident has handed an account's unsent readings over by another way; they still go by the app.
pub fn hand_over(
    db: &Connection,
    account_id: &str,
    channel: Channel,
    now: Instant,
) -> rusqlite::Result<usize> {
    db.prepare_cached(
        "UPDATE outbox SET channel = ?2, channel_at = ?3 WHERE account_id = ?1 AND state IN ('queued', 'sending')",
    )?
    .execute(params![account_id, channel.name(), codec::millis(now)])
}
