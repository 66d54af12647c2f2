//! What waits, and what may go now.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::Writing;
use super::super::codec;
use super::super::errand::{ERRAND, Errand, errand_row};
use super::super::item::{ITEM, Item, item_row};
use super::order::corrections_last;
use crate::domain::{Instant, Period};

/// The wait is over, or the clock has gone back behind its beginning: who knows how long it would last then.
const DUE: &str = "(not_before <= :now OR waits_since > :now)";

/// What is in doubt goes again only if it was due at the last look, where there has to be one.
const LOOKED_FOR: &str =
    "(state = 'queued' OR :looked IS NULL OR not_before <= :looked OR waits_since > :looked)";

/// What it corrects is not in doubt, nor being withdrawn.
const NOT_BEHIND: &str = "NOT EXISTS (SELECT 1 FROM outbox AS ahead WHERE ahead.state = 'sending'
    AND (ahead.item_id = capture.supersedes
         OR ahead.item_id IN (SELECT item_id FROM errand WHERE target = capture.supersedes)))";

/// It may leave by the app.
const BY_THE_APP: &str = "outbox.apart = 0";

/// What it takes back is at the utility.
const READY: &str =
    "(errand.target IS NULL OR EXISTS (SELECT 1 FROM outbox AS taken WHERE taken.item_id = errand.target
    AND taken.reading_id IS NOT NULL AND taken.state IN ('received', 'accounted')))";

/// One reading.
pub fn by_id(db: &Connection, item_id: &str) -> rusqlite::Result<Option<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE outbox.item_id = ?1"))?.query_row([item_id], item_row).optional()
}

/// One errand.
pub fn errand(db: &Connection, item_id: &str) -> rusqlite::Result<Option<Errand>> {
    db.prepare_cached(&format!("{ERRAND} WHERE outbox.item_id = ?1"))?
        .query_row([item_id], errand_row)
        .optional()
}

/// All readings that may still count, the newest first; `since` leaves out older periods.
pub fn entries(db: &Connection, since: Period) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state NOT IN ('superseded', 'withdrawn') AND outbox.period >= ?1 ORDER BY outbox.item_id"
    ))?
    .query_map([since.to_string()], item_row)?
    .collect::<rusqlite::Result<_>>()
    .map(|items| corrections_last(items).into_iter().rev().collect())
}

/// All errands that were not called off, the newest first, from a moment on by the utility's clock where it has them; those
/// that wait whatever their age.
pub fn errands(db: &Connection, since: Instant) -> rusqlite::Result<Vec<Errand>> {
    db.prepare_cached(&format!(
        "{ERRAND} WHERE state <> 'superseded'
           AND (coalesce(received_at, written_at) >= ?1 OR state IN ('queued', 'sending', 'rejected'))
         ORDER BY outbox.item_id DESC"
    ))?
    .query_map([codec::millis(since)], errand_row)?
    .collect()
}

/// Withdrawals that wait, or were refused, the newest first.
pub fn withdrawals(db: &Connection) -> rusqlite::Result<Vec<Errand>> {
    db.prepare_cached(&format!(
        "{ERRAND} WHERE outbox.kind = 'withdrawal' AND state IN ('queued', 'sending', 'rejected')
         ORDER BY outbox.item_id DESC"
    ))?
    .query_map([], errand_row)?
    .collect()
}

/// What was taken off one meter for a month and later, and may still count; the oldest first.
pub fn items_of_meter(db: &Connection, meter_id: &str, since: Period) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE outbox.meter_id = ?1 AND outbox.period >= ?2
           AND state NOT IN ('superseded', 'rejected', 'withdrawn')
         ORDER BY outbox.item_id"
    ))?
    .query_map([meter_id, &since.to_string()], item_row)?
    .collect::<rusqlite::Result<_>>()
    .map(corrections_last)
}

pub(super) fn items_of_month(db: &Connection, meter_id: &str, period: Period) -> rusqlite::Result<Vec<Item>> {
    let mut items = items_of_meter(db, meter_id, period)?;
    items.retain(|item| item.captured.period == period);
    Ok(items)
}

/// Readings that have not left the phone, or are in doubt: the oldest first.
pub fn unsent(db: &Connection) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE state IN ('queued', 'sending') ORDER BY outbox.item_id"))?
        .query_map([], item_row)?
        .collect()
}

/// How much of everything that leaves by the app has not left the phone, or is in doubt.
pub fn waiting_count(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached(&format!(
        "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending') AND {BY_THE_APP}"
    ))?
    .query_row([], |row| row.get(0))
}

/// Something of an account is in doubt, and would go again now.
pub fn in_doubt(db: &Connection, account_id: &str, now: Instant) -> rusqlite::Result<bool> {
    let sql =
        format!("SELECT count(*) FROM outbox WHERE state = 'sending' AND account_id = :account AND {DUE}");
    let count: i64 = db
        .prepare_cached(&sql)?
        .query_row(rusqlite::named_params! { ":account": account_id, ":now": codec::millis(now) }, |row| {
            row.get(0)
        })?;
    Ok(count > 0)
}

/// The next readings of an account to go: due, and none whose forerunner is still in doubt, or is being withdrawn. The
/// oldest come first; those that a server has failed on `often` times or more come last, what has failed most at the end.
/// With `looked`, what is in doubt is among them only if it was due then.
pub fn batch(
    db: &Connection,
    account_id: &str,
    now: Instant,
    looked: Option<Instant>,
    often: i64,
    limit: i64,
) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!(
        "{ITEM} WHERE state IN ('queued', 'sending') AND {DUE} AND {LOOKED_FOR} AND outbox.account_id = :account
           AND {NOT_BEHIND} AND {BY_THE_APP}
         ORDER BY CASE WHEN reason = 'server' AND attempts >= :often THEN attempts ELSE 0 END, outbox.item_id
         LIMIT :limit"
    ))?
    .query_map(
        rusqlite::named_params! {
            ":account": account_id, ":now": codec::millis(now), ":looked": looked.map(codec::millis),
            ":often": often, ":limit": limit,
        },
        item_row,
    )?
    .collect()
}

/// The errands to go, of an account, or those of none: due, the oldest first. A withdrawal waits until it is known
/// whether the utility has the reading. `looked` as of a [`batch`].
pub fn due_errands(
    db: &Connection,
    account_id: Option<&str>,
    now: Instant,
    looked: Option<Instant>,
) -> rusqlite::Result<Vec<Errand>> {
    db.prepare_cached(&format!(
        "{ERRAND} WHERE state IN ('queued', 'sending') AND {DUE} AND {LOOKED_FOR} AND outbox.account_id IS :account
           AND {READY}
         ORDER BY outbox.item_id"
    ))?
    .query_map(
        rusqlite::named_params! {
            ":account": account_id, ":now": codec::millis(now), ":looked": looked.map(codec::millis),
        },
        errand_row,
    )?
    .collect()
}

/// When the next item of each month may go (letters are of none); the epoch when one may at once. Not counted is what time
/// alone does not let go: behind another, apart, or with nobody signed in for it.
pub fn next_attempts(db: &Connection, now: Instant) -> rusqlite::Result<Vec<(Option<Period>, Instant)>> {
    db.prepare_cached(&format!(
        "SELECT outbox.period AS period, min(CASE WHEN waits_since > ?1 THEN 0 ELSE not_before END) AS soonest
         FROM outbox LEFT JOIN capture ON capture.item_id = outbox.item_id
                     LEFT JOIN errand ON errand.item_id = outbox.item_id
         WHERE state IN ('queued', 'sending') AND {NOT_BEHIND} AND {READY} AND {BY_THE_APP}
           AND (outbox.account_id IS NULL OR EXISTS (SELECT 1 FROM account JOIN login ON login.id = account.login_id
                WHERE account.id = outbox.account_id AND needs_sign_in = 0))
         GROUP BY outbox.period"
    ))?
    .query_map([codec::millis(now)], |row| {
        Ok((codec::maybe_period(row, "period")?, codec::instant(row, "soonest")?))
    })?
    .collect()
}

/// Notes what keeps everything that is due and has not been tried yet.
pub fn mark_kept(db: &Writing<'_>, reason: &str, now: Instant) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "UPDATE outbox SET reason = ?1 WHERE state = 'queued' AND reason IS NULL AND not_before <= ?2 AND {BY_THE_APP}"
    ))?
    .execute(params![reason, codec::millis(now)])?;
    Ok(())
}

/// Lets everything that waits for one of these go at once: the network has come back, or the resident asks.
pub fn hurry(db: &Writing<'_>, waiting_for: &[&str]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "UPDATE outbox SET not_before = 0 WHERE state IN ('queued', 'sending') AND reason = ?1 AND not_before > 0",
    )?;
    for reason in waiting_for {
        statement.execute([reason])?;
    }
    Ok(())
}

/// Readings whose moment may still be put right: nothing of them has left, or surely nothing has arrived.
pub fn redatable(db: &Connection) -> rusqlite::Result<Vec<Item>> {
    db.prepare_cached(&format!("{ITEM} WHERE state = 'queued' AND sent_at IS NULL ORDER BY outbox.item_id"))?
        .query_map([], item_row)?
        .collect()
}
