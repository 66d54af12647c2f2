//! The queue of an older version, as rows of its file.

use rusqlite::{Connection, named_params};
use vodomer_core::domain::Instant;

use super::file::connect;
use super::queue::Entry;
use crate::disk::{Image, SimDisk};
use crate::utility::books::ACCOUNT;
use crate::utility::{COLD, LOGIN};

const CAPTURE: &str = "INSERT INTO capture (item_id, account_id, meter_id, meter_version, serial, resource, place, account,
        address, period, value, entered, taken_at, skew, monotonic, confirmed, supersedes)
    VALUES (:item, :account_id, :meter, :version, :serial, :resource, 'кухня', :account, 'ул. Примерная, 12, кв. 34',
        :period, :value, :entered, :taken, 0, :monotonic, '[]', :supersedes)";

const OUTBOX: &str = "INSERT INTO outbox ({kind}item_id, account_id, meter_id, period, idempotency_key, state, payload, attempts,
        not_before, reason, params, sent_at, received_at, read_back_at, accounted_at, reading_id, receipt,
        effective_period, channel, channel_at)
    VALUES ({reading}:item, :account_id, :meter, :period, :key, :state, :payload, :attempts, :not_before, :reason, :params, :sent,
        :received, :read_back, :accounted, :reading, :receipt, :effective, :channel, :channel_at)";

/// What the files of the third schema and later have to say besides.
const SEALED: &str = "UPDATE capture SET phone_at = taken_at WHERE item_id = :item";

const SEEN: &str = "UPDATE reading SET item_id = :item WHERE id = :reading";

/// The first schema whose outbox holds more than readings, and whose rows are sealed.
const SEALED_SINCE: i64 = 3;

/// The files of a phone on which these were captured.
pub(super) fn written(empty: &Image, entries: &[Entry], killed: bool) -> rusqlite::Result<Image> {
    let disk = SimDisk::from_image("older", empty);
    let db = connect(&disk)?;
    for entry in entries {
        let transaction = db.unchecked_transaction()?;
        insert(&transaction, entry)?;
        transaction.commit()?;
    }
    if killed {
        // Its log is beside the file.
        return Ok(disk.image());
    }
    drop(db);
    Ok(disk.image())
}

/// The same without a row in the queue.
pub(super) fn without_queue(image: &Image) -> rusqlite::Result<Image> {
    let disk = SimDisk::from_image("older", image);
    let db = connect(&disk)?;
    db.execute_batch("DELETE FROM outbox")?;
    drop(db);
    Ok(disk.image())
}

fn insert(db: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let millis = |at: Option<Instant>| at.map(|at| at.timestamp_millis());
    let taken = entry.taken_at.timestamp_millis();
    let period = entry.period.to_string();
    let (serial, resource) =
        if entry.meter == COLD { ("00417283", "cold_water") } else { ("00417290", "hot_water") };
    db.prepare_cached(CAPTURE)?.execute(named_params! {
        ":item": entry.item, ":account_id": ACCOUNT, ":meter": entry.meter, ":version": entry.version,
        ":serial": serial, ":resource": resource, ":account": LOGIN, ":period": period,
        ":value": entry.value.ten_thousandths(), ":entered": entry.typed, ":taken": taken,
        ":monotonic": taken % 1_000_000_000, ":supersedes": entry.supersedes,
    })?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let (kind, reading) = if version >= SEALED_SINCE { ("kind, ", "'reading', ") } else { ("", "") };
    if version >= SEALED_SINCE {
        db.prepare_cached(SEALED)?.execute(named_params! { ":item": entry.item })?;
    }
    let outbox = OUTBOX.replace("{kind}", kind).replace("{reading}", reading);
    let answer = entry.receipt.as_ref();
    let channel_at = entry.by_sms.then_some(taken);
    db.prepare_cached(&outbox)?.execute(named_params! {
        ":item": entry.item, ":account_id": ACCOUNT, ":meter": entry.meter, ":period": period, ":key": entry.key,
        ":state": entry.state, ":payload": entry.payload, ":attempts": entry.attempts, ":not_before": taken,
        ":reason": entry.reason, ":params": entry.params, ":sent": millis(entry.sent_at),
        ":received": millis(answer.and_then(|a| a.received_at)), ":read_back": millis(entry.read_back_at),
        ":accounted": millis(entry.read_back_at.filter(|_| entry.state == "accounted")),
        ":reading": answer.and_then(|a| a.reading_id.as_deref()),
        ":receipt": answer.and_then(|a| a.receipt.as_deref()),
        ":effective": answer.and_then(|a| a.effective_period).map(|p| p.to_string()),
        ":channel": channel_at.map(|_| "sms"), ":channel_at": channel_at,
    })?;
    if let (Some(reading), true) = (answer.and_then(|a| a.reading_id.as_deref()), entry.state == "accounted")
    {
        db.prepare_cached(SEEN)?.execute(named_params! { ":item": entry.item, ":reading": reading })?;
    }
    Ok(())
}
