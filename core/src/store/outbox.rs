//! What the resident took, and how far each of it has come.
//!
//! A row of `capture` is evidence and never changes; its row of `outbox` moves through the states. Transitions
//! are named functions here, so that there is one place to look for "how could it get there".

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};

use super::codec;
use crate::domain::{Captured, Instant, Period};

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// On the phone; surely not at the utility.
    Queued,
    /// A request left with it; without an answer it is in doubt, and the same key is replayed.
    Sending,
    /// The utility said that it has it.
    Received,
    /// A charge was made from it.
    Accounted,
    /// The utility asks the resident.
    NeedsAnswer,
    /// The utility does not want it; the reason is kept.
    Rejected,
    /// A later capture took its place before it left.
    Superseded,
}

/// Another way to the utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Text message.
    Sms,
    /// Letter.
    Email,
    /// Call.
    Phone,
}

/// A reading to be stored.
#[derive(Debug, Clone)]
pub struct NewCapture {
    /// The evidence.
    pub captured: Captured,
    /// The account of the meter.
    pub account_id: String,
    /// The version of the meter's record that the resident saw.
    pub meter_version: i64,
    /// Server − phone, milliseconds.
    pub skew: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic: i64,
    /// Codes of the doubts that were answered.
    pub confirmed: Vec<String>,
    /// The key of every replay.
    pub idempotency_key: String,
    /// No attempt before.
    pub not_before: Instant,
}

/// A captured reading with its state.
#[derive(Debug, Clone)]
pub struct Item {
    /// The evidence.
    pub captured: Captured,
    /// The account.
    pub account_id: String,
    /// The version of the meter's record.
    pub meter_version: i64,
    /// Server − phone at capture, milliseconds.
    pub skew: Option<i64>,
    /// Codes of the doubts that were answered.
    pub confirmed: Vec<String>,
    /// The item that this one corrects.
    pub supersedes: Option<String>,
    /// The key of every replay.
    pub idempotency_key: String,
    /// How far it has come.
    pub state: State,
    /// JSON as it went out.
    pub payload: Option<String>,
    /// Attempts so far.
    pub attempts: i64,
    /// No attempt before.
    pub not_before: Instant,
    /// What kept it, or the utility's code.
    pub reason: Option<String>,
    /// JSON of the code's parameters.
    pub params: Option<String>,
    /// The last attempt.
    pub sent_at: Option<Instant>,
    /// When the utility got it, by its clock.
    pub received_at: Option<Instant>,
    /// When we saw it in the utility's list.
    pub read_back_at: Option<Instant>,
    /// When a charge was seen that carries it.
    pub accounted_at: Option<Instant>,
    /// The server's id.
    pub reading_id: Option<String>,
    /// Receipt number.
    pub receipt: Option<String>,
    /// The month that the utility counts it for.
    pub effective_period: Option<Period>,
    /// Handed over besides.
    pub channel: Option<(Channel, Instant)>,
}

/// What an attempt came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The utility has it.
    Received {
        /// The server's id.
        reading_id: String,
        /// Receipt number.
        receipt: Option<String>,
        /// The month it counts for.
        effective_period: Option<Period>,
        /// When the utility got it.
        received_at: Instant,
    },
    /// Surely not delivered: it waits.
    Queued {
        /// What kept it.
        reason: String,
        /// The next attempt.
        not_before: Instant,
    },
    /// Perhaps delivered: it waits, in doubt.
    InDoubt {
        /// What kept the answer.
        reason: String,
        /// The next attempt, with the same key.
        not_before: Instant,
    },
    /// Refused for the record of the meter that it was made from: goes again with a new payload and key.
    Renewed {
        /// What was wrong with it.
        reason: String,
        /// The next attempt.
        not_before: Instant,
        /// The new payload's key.
        idempotency_key: String,
    },
    /// The utility asks.
    NeedsAnswer {
        /// Its code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
    /// The utility refuses.
    Rejected {
        /// Its code.
        code: String,
        /// JSON of the code's parameters.
        params: String,
    },
}

impl State {
    const ALL: [Self; 7] = [
        Self::Queued,
        Self::Sending,
        Self::Received,
        Self::Accounted,
        Self::NeedsAnswer,
        Self::Rejected,
        Self::Superseded,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Received => "received",
            Self::Accounted => "accounted",
            Self::NeedsAnswer => "needs_answer",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
        }
    }
}

impl Channel {
    const ALL: [Self; 3] = [Self::Sms, Self::Email, Self::Phone];

    const fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

const ITEM: &str = "SELECT capture.*, idempotency_key, state, payload, attempts, not_before, reason, params,
    sent_at, received_at, read_back_at, accounted_at, reading_id, receipt, effective_period, channel, channel_at
    FROM outbox JOIN capture USING (item_id)";

fn item_row(row: &Row<'_>) -> rusqlite::Result<Item> {
    let state: String = row.get("state")?;
    let state = State::ALL.into_iter().find(|s| s.name() == state);
    let channel: Option<String> = row.get("channel")?;
    let channel = channel.and_then(|name| Channel::ALL.into_iter().find(|c| c.name() == name));
    let confirmed: String = row.get("confirmed")?;
    Ok(Item {
        captured: Captured {
            item_id: row.get("item_id")?,
            meter_id: row.get("meter_id")?,
            period: codec::period(row, "period")?,
            value: codec::volume(row, "value")?,
            entered: row.get("entered")?,
            taken_at: codec::instant(row, "taken_at")?,
        },
        account_id: row.get("account_id")?,
        meter_version: row.get("meter_version")?,
        skew: row.get("skew")?,
        confirmed: codec::parsed(row, "confirmed", serde_json::from_str(&confirmed).ok())?,
        supersedes: row.get("supersedes")?,
        idempotency_key: row.get("idempotency_key")?,
        state: codec::parsed(row, "state", state)?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
        not_before: codec::instant(row, "not_before")?,
        reason: row.get("reason")?,
        params: row.get("params")?,
        sent_at: codec::maybe_instant(row, "sent_at")?,
        received_at: codec::maybe_instant(row, "received_at")?,
        read_back_at: codec::maybe_instant(row, "read_back_at")?,
        accounted_at: codec::maybe_instant(row, "accounted_at")?,
        reading_id: row.get("reading_id")?,
        receipt: row.get("receipt")?,
        effective_period: codec::maybe_period(row, "effective_period")?,
        channel: channel.zip(codec::maybe_instant(row, "channel_at")?),
    })
}

/// Stores a reading with its place in the queue, in the transaction given.
///
/// What waited for the same meter and period gives way. What has left already stays, and the new reading goes as
/// its correction.
pub fn add(db: &Transaction<'_>, new: &NewCapture) -> rusqlite::Result<()> {
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
        "INSERT INTO capture VALUES (:item, :account, :meter, :version, :period, :value, :entered, :taken, :skew,
            :monotonic, :confirmed, :supersedes)",
    )?
    .execute(named_params! {
        ":item": c.item_id, ":account": new.account_id, ":meter": c.meter_id, ":version": new.meter_version,
        ":period": period, ":value": c.value.ten_thousandths(), ":entered": c.entered,
        ":taken": codec::millis(c.taken_at), ":skew": new.skew, ":monotonic": new.monotonic,
        ":confirmed": serde_json::json!(new.confirmed).to_string(), ":supersedes": supersedes,
    })?;
    db.prepare_cached(
        "INSERT INTO outbox (item_id, account_id, meter_id, period, idempotency_key, state, not_before)
         VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6)",
    )?
    .execute(params![
        c.item_id,
        new.account_id,
        c.meter_id,
        period,
        new.idempotency_key,
        codec::millis(new.not_before)
    ])?;
    Ok(())
}

/// One item.
pub fn by_id(db: &Connection, item_id: &str) -> rusqlite::Result<Option<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE item_id = ?1"))?.query_row([item_id], item_row).optional()
}

/// All items but the superseded ones, the newest first; `since` leaves out older periods.
pub fn entries(db: &Connection, since: Period) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state <> 'superseded' AND outbox.period >= ?1 ORDER BY item_id DESC"
    ))?
    .query_map([since.to_string()], item_row)?
    .collect()
}

/// Items that have not left the phone, or are in doubt: the oldest first.
pub fn unsent(db: &Connection) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE state IN ('queued', 'sending') ORDER BY item_id"))?
        .query_map([], item_row)?
        .collect()
}

/// The next items of an account to go: due, the oldest first, and none whose forerunner is still in doubt.
pub fn batch(db: &Connection, account_id: &str, now: Instant, limit: i64) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state IN ('queued', 'sending') AND not_before <= ?2 AND outbox.account_id = ?1
           AND NOT EXISTS (SELECT 1 FROM outbox AS ahead
                           WHERE ahead.item_id = capture.supersedes AND ahead.state = 'sending')
         ORDER BY item_id LIMIT ?3"
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
        "UPDATE outbox SET state = 'sending', payload = coalesce(payload, ?2), attempts = attempts + 1, sent_at = ?3
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
            &format!("{}, reason = ?2, not_before = ?3", unless_corrected("queued")),
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::InDoubt { reason, not_before } => set(
            "reason = ?2, not_before = ?3",
            vec![reason.clone().into(), codec::millis(*not_before).into()],
        ),
        Outcome::Renewed { reason, not_before, idempotency_key } => set(
            &format!(
                "{}, payload = NULL, reason = ?2, not_before = ?3, idempotency_key = ?4",
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
            "UPDATE outbox SET state = 'queued', payload = NULL, reason = NULL, params = NULL, not_before = 0,
                idempotency_key = ?2 WHERE item_id = ?1 AND state = 'needs_answer'",
        )?
        .execute([item_id, key])?;
    Ok(changed > 0)
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

/// Notes that an item was seen in the utility's own list; this also ends a doubt.
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
             WHERE item_id = ?1 AND state IN ('sending', 'received') AND read_back_at IS NULL",
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
