//! What the utility's own lists say of our items. The lists are what counts: they end every doubt.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::errand::ErrandKind;
use super::super::item::{HeldLetter, Item};
use super::super::{ReadingRow, Writing, codec, readings};
use super::attempt::unless_corrected;
use super::queue;
use crate::domain::Instant;

/// Notes that a reading was seen in the utility's list; tells whether for the first time, or for the first time since it
/// was turned down there. Under our name with another value it is not what was taken.
pub fn mark_read_back(
    db: &Writing<'_>,
    item_id: &str,
    reading: &ReadingRow,
    now: Instant,
) -> rusqlite::Result<bool> {
    if queue::by_id(db, item_id)?.is_some_and(|item| item.captured.value != reading.value) {
        mark_another_value(db, item_id, reading)?;
        return Ok(false);
    }
    // Each time later than the last, so that the journal can tell which was last.
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = 'received', reason = NULL, params = NULL,
                read_back_at = max(coalesce(read_back_at + 1, ?2), ?2),
                reading_id = ?3, receipt = ?4, effective_period = ?5, received_at = ?6, sent_at = coalesce(?7, sent_at)
             WHERE item_id = ?1 AND (read_back_at IS NULL OR state = 'rejected')
               AND state IN ('queued', 'sending', 'received', 'needs_answer', 'rejected')",
        )?
        .execute(params![
            item_id,
            codec::millis(now),
            reading.id,
            reading.receipt,
            reading.period.to_string(),
            codec::millis(reading.received_at),
            reading.sent_at.map(codec::millis)
        ])?;
    Ok(changed > 0)
}

/// The utility has another value in the place of ours, and says so as it does of any that stands in the way of ours.
pub(in crate::store) fn mark_another_value(
    db: &Writing<'_>,
    item_id: &str,
    reading: &ReadingRow,
) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE outbox SET {}, reason = 'DUPLICATE_IN_PERIOD', params = ?2, reading_id = ?3
         WHERE item_id = ?1 AND state IN ('queued', 'sending', 'received', 'needs_answer', 'rejected')",
        unless_corrected("rejected")
    );
    let params = serde_json::json!({ "reading_id": reading.id, "value": reading.value });
    db.prepare_cached(&sql)?.execute(params![item_id, params.to_string(), reading.id])?;
    follow_target(db, item_id)
}

/// The utility lists a value for a meter and month that waits here under another name: typed in by a clerk from an SMS,
/// or by a server that forgets the app's ids. It is there, whoever brought it.
pub fn mark_there_by_value(db: &Writing<'_>, reading: &ReadingRow, now: Instant) -> rusqlite::Result<bool> {
    let waiting: Option<String> = db
        .prepare_cached(
            "SELECT outbox.item_id FROM outbox JOIN capture ON capture.item_id = outbox.item_id
             WHERE outbox.meter_id = ?1 AND outbox.period = ?2 AND value = ?3 AND read_back_at IS NULL
               AND state IN ('queued', 'sending', 'received', 'needs_answer', 'rejected')
             ORDER BY outbox.item_id DESC LIMIT 1",
        )?
        .query_row(
            params![reading.meter_id, reading.period.to_string(), reading.value.ten_thousandths()],
            |row| row.get(0),
        )
        .optional()?;
    let Some(item) = waiting else { return Ok(false) };
    let first = mark_read_back(db, &item, reading, now)?;
    if first {
        // One that was to be the same reading has been taken once more since.
        db.prepare_cached(
            "UPDATE outbox SET state = 'superseded'
             WHERE kind = 'reading' AND reading_id = ?2 AND item_id <> ?1 AND state = 'received' AND read_back_at IS NULL",
        )?
        .execute([&item, &reading.id])?;
    }
    Ok(first)
}

/// The same for an item whose value the utility's list has shown before: in the reading that the utility named, if it named
/// one. Another of the same value may have been superseded since.
pub fn mark_listed_already(
    db: &Writing<'_>,
    item: &Item,
    named: Option<&str>,
    now: Instant,
) -> rusqlite::Result<bool> {
    let c = &item.captured;
    let listed = readings(db, &c.meter_id, c.period)?.into_iter().find(|reading| {
        let meant = named.is_none_or(|id| id == reading.id);
        meant && reading.period == c.period && reading.value == c.value && reading.is_actual()
    });
    listed.map_or(Ok(false), |reading| mark_read_back(db, &c.item_id, &reading, now))
}

/// The utility held a reading and thought better of it.
pub fn mark_declined(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE outbox SET {}, reason = 'DECLINED' WHERE item_id = ?1 AND state IN ('sending', 'received')",
        unless_corrected("rejected")
    );
    db.prepare_cached(&sql)?.execute([item_id])?;
    follow_target(db, item_id)
}

/// A later reading has taken its place there: a correction of ours, or one from another phone.
pub fn mark_superseded_there(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<()> {
    leave(db, item_id, "superseded")
}

/// It was withdrawn there: by our errand, or from another phone.
pub fn mark_withdrawn_there(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<()> {
    leave(db, item_id, "withdrawn")
}

fn leave(db: &Writing<'_>, item_id: &str, state: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET state = ?2 WHERE item_id = ?1 AND state IN ('sending', 'received', 'rejected')",
    )?
    .execute([item_id, state])?;
    follow_target(db, item_id)
}

/// The items that the utility counts by one of its readings, what was captured last before the others.
pub fn items_on_reading(db: &Connection, reading_id: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT item_id FROM outbox WHERE kind = 'reading' AND reading_id = ?1 ORDER BY item_id DESC",
    )?
    .query_map([reading_id], |row| row.get(0))?
    .collect()
}

/// Notes that a charge was made from a reading.
pub fn mark_accounted(db: &Writing<'_>, reading_id: &str, now: Instant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET state = 'accounted', accounted_at = ?2
         WHERE kind = 'reading' AND reading_id = ?1 AND state = 'received'",
    )?
    .execute(params![reading_id, codec::millis(now)])?;
    Ok(())
}

/// Notes that a letter was seen in the utility's list, or was turned down there: by our id of it or, at a server that
/// forgets ids, by the utility's own or else, where it is in doubt, by its account and text.
pub fn mark_letter_read_back(db: &Writing<'_>, held: &HeldLetter, now: Instant) -> rusqlite::Result<()> {
    let ours = match &held.item_id {
        Some(item) => Some(item.clone()),
        None => letter_without_our_id(db, held)?,
    };
    let (state, reason) = if held.declined { ("rejected", Some("DECLINED")) } else { ("received", None) };
    db.prepare_cached(
        "UPDATE outbox SET state = ?3, reason = ?4, params = NULL, reading_id = ?5, receipt = ?6, received_at = ?7,
            read_back_at = CASE WHEN state = 'rejected' AND ?3 = 'received'
                           THEN max(coalesce(read_back_at + 1, ?8), ?8) ELSE coalesce(read_back_at, ?8) END
         WHERE item_id = ?1 AND kind = ?2 AND state IN ('queued', 'sending', 'received', 'rejected')",
    )?
    .execute(params![
        ours,
        held.kind,
        state,
        reason,
        held.id,
        held.receipt,
        codec::millis(held.received_at),
        codec::millis(now)
    ])?;
    Ok(())
}

/// Which of ours a listed letter is, where the server does not say.
fn letter_without_our_id(db: &Connection, held: &HeldLetter) -> rusqlite::Result<Option<String>> {
    let known = db
        .prepare_cached("SELECT item_id FROM outbox WHERE kind = ?1 AND reading_id = ?2")?
        .query_row([&held.kind, &held.id], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    db.prepare_cached(
        "SELECT errand.item_id FROM errand JOIN outbox ON outbox.item_id = errand.item_id
         WHERE outbox.kind = ?1 AND state = 'sending' AND outbox.account_id IS ?2
           AND json_extract(letter, '$.text') = ?3 ORDER BY errand.item_id LIMIT 1",
    )?
    .query_row(params![held.kind, held.account_id, held.text], |row| row.get(0))
    .optional()
}

/// Keeps a reading and its withdrawal in step, after either has moved.
pub(super) fn follow_target(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<()> {
    if let Some(errand) = queue::errand(db, item_id)?.filter(|e| e.kind == ErrandKind::Withdrawal) {
        // The withdrawal itself has moved: what it took back is gone there.
        if errand.state == super::super::State::Received
            && let Some(target) = &errand.target
        {
            leave(db, target, "withdrawn")?;
        }
        return Ok(());
    }
    let Some(withdrawal) = super::resident::open_withdrawal(db, item_id)? else {
        return Ok(());
    };
    let state: String = db
        .prepare_cached("SELECT state FROM outbox WHERE item_id = ?1")?
        .query_row([item_id], |row| row.get(0))?;
    let becomes = match state.as_str() {
        "withdrawn" => "received",
        // It turned out that the utility does not hold it: there is nothing to take back there.
        "queued" | "needs_answer" | "rejected" => {
            db.prepare_cached("UPDATE outbox SET state = 'withdrawn' WHERE item_id = ?1")?
                .execute([item_id])?;
            "superseded"
        }
        "superseded" => "superseded",
        _ => return Ok(()),
    };
    db.prepare_cached("UPDATE outbox SET state = ?2, reason = NULL, params = NULL WHERE item_id = ?1")?
        .execute([withdrawal.as_str(), becomes])?;
    Ok(())
}
