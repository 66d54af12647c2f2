//! What the resident does: takes a reading, corrects or withdraws it, writes a letter, confirms, hands over.

use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::super::errand::{ErrandKind, NewErrand};
use super::super::item::{Channel, Item, NewCapture, State};
use super::super::{LoginRow, Writing, codec, readings};
use super::{WAITING, listed, queue};
use crate::domain::{Instant, Period};

/// What became of a withdrawal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawal {
    /// The reading had not left: it is off the queue.
    AtOnce,
    /// The utility may have it: the withdrawal waits in the queue.
    Queued,
    /// A charge was made from it, or a letter has arrived.
    TooLate,
    /// There is no such item, or it was withdrawn or corrected already.
    NoSuch,
}

/// Stores a reading with its place in the queue.
///
/// What waited for the same meter and period gives way. What has left already stays, and the new reading goes as
/// its correction; a withdrawal of it that has not left yet is called off. What has come to the utility by another way, and
/// was shown, is corrected as well.
pub fn add(db: &Writing<'_>, new: &NewCapture) -> rusqlite::Result<()> {
    let c = &new.captured;
    let period = c.period.to_string();
    let was_in_the_way = was_in_the_way(db, &c.meter_id, c.period)?;
    give_way(db, &c.meter_id, c.period)?;
    let ours: Option<String> = db
        .prepare_cached(
            "SELECT item_id FROM outbox WHERE meter_id = ?1 AND period = ?2 AND state IN ('sending', 'received')
               AND NOT EXISTS (SELECT 1 FROM capture AS later JOIN outbox AS its ON its.item_id = later.item_id
                               WHERE later.supersedes = outbox.item_id AND its.state IN ('sending', 'received'))
             ORDER BY item_id DESC LIMIT 1",
        )?
        .query_row(params![c.meter_id, period], |row| row.get(0))
        .optional()?;
    if let Some(target) = &ours {
        call_off_withdrawal(db, target)?;
    }
    // What the resident was shown last, and nothing else: a refusal is news to the list.
    let supersedes = match was_in_the_way.or(ours) {
        None => stands_in_the_list(db, &c.meter_id, c.period)?,
        shown => shown,
    };
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
        "INSERT INTO outbox (item_id, kind, account_id, meter_id, period, idempotency_key, state, not_before, waits_since,
             apart)
         VALUES (?1, 'reading', ?2, ?3, ?4, ?5, 'queued', ?6, ?7, EXISTS (SELECT 1 FROM own_account WHERE id = ?2))",
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

/// The utility's name of the reading that was in the way of what waits for a meter and month, as long as its list has not
/// come to tell of it.
fn was_in_the_way(db: &Connection, meter_id: &str, period: Period) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(
        "SELECT json_extract(params, '$.reading_id') AS named FROM outbox
         WHERE meter_id = ?1 AND period = ?2 AND state = 'rejected' AND reason = 'DUPLICATE_IN_PERIOD'
           AND named NOT IN (SELECT id FROM reading)",
    )?
    .query_row(params![meter_id, period.to_string()], |row| row.get(0))
    .optional()
}

/// The utility's name of the reading of a meter and month that its list shows, read off the dial and not charged yet.
fn stands_in_the_list(db: &Connection, meter_id: &str, period: Period) -> rusqlite::Result<Option<String>> {
    let stands = readings(db, meter_id, period)?
        .into_iter()
        .rev()
        .find(|reading| reading.period == period && reading.status != "accounted" && reading.is_actual());
    Ok(stands.map(|reading| reading.id))
}

/// What waits for a meter and period is superseded.
pub(in crate::store) fn give_way(db: &Writing<'_>, meter_id: &str, period: Period) -> rusqlite::Result<()> {
    let sql = format!(
        "UPDATE outbox SET state = 'superseded' WHERE meter_id = ?1 AND period = ?2 AND state IN {WAITING}"
    );
    db.prepare_cached(&sql)?.execute(params![meter_id, period.to_string()])?;
    Ok(())
}

/// A withdrawal that has not left is not needed any more: a correction takes its place.
fn call_off_withdrawal(db: &Writing<'_>, target: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE outbox SET state = 'superseded' WHERE state = 'queued'
           AND item_id IN (SELECT item_id FROM errand WHERE target = ?1)",
    )?
    .execute([target])?;
    Ok(())
}

/// Takes a reading back: at once when it surely is not at the utility, otherwise by an errand of its own. Asked twice, it
/// is one errand.
pub fn withdraw(db: &Writing<'_>, item_id: &str, new: &NewErrand) -> rusqlite::Result<Withdrawal> {
    let Some(item) = queue::by_id(db, item_id)? else {
        return Ok(Withdrawal::NoSuch);
    };
    match item.state {
        State::Queued | State::NeedsAnswer | State::Rejected => {
            take_off(db, item_id)?;
            Ok(Withdrawal::AtOnce)
        }
        State::Sending | State::Received => {
            if open_withdrawal(db, item_id)?.is_none() {
                put_errand(db, new, Some(item_id))?;
            }
            Ok(Withdrawal::Queued)
        }
        State::Accounted => Ok(Withdrawal::TooLate),
        State::Superseded | State::Withdrawn => Ok(Withdrawal::NoSuch),
    }
}

/// Takes a letter back that surely is not at the utility.
pub fn withdraw_letter(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<Withdrawal> {
    let Some(errand) = queue::errand(db, item_id)?.filter(|e| e.kind != ErrandKind::Withdrawal) else {
        return Ok(Withdrawal::NoSuch);
    };
    match errand.state {
        State::Queued | State::NeedsAnswer | State::Rejected => {
            take_off(db, item_id)?;
            Ok(Withdrawal::AtOnce)
        }
        State::Sending | State::Received | State::Accounted => Ok(Withdrawal::TooLate),
        State::Superseded | State::Withdrawn => Ok(Withdrawal::NoSuch),
    }
}

fn take_off(db: &Writing<'_>, item_id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE outbox SET state = 'withdrawn' WHERE item_id = ?1")?.execute([item_id])?;
    Ok(())
}

pub(super) fn open_withdrawal(db: &Writing<'_>, target: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(
        "SELECT errand.item_id FROM errand JOIN outbox ON outbox.item_id = errand.item_id
         WHERE target = ?1 AND state IN ('queued', 'sending')",
    )?
    .query_row([target], |row| row.get(0))
    .optional()
}

/// Stores a letter with its place in the queue.
pub fn add_errand(db: &Writing<'_>, new: &NewErrand) -> rusqlite::Result<()> {
    put_errand(db, new, None)
}

fn put_errand(db: &Writing<'_>, new: &NewErrand, target: Option<&str>) -> rusqlite::Result<()> {
    let kind = if target.is_some() { ErrandKind::Withdrawal } else { new.kind };
    let letter = new.letter.as_ref().filter(|_| target.is_none()).map(|l| serde_json::json!(l).to_string());
    let written_at = codec::millis(new.written_at);
    db.prepare_cached(
        "INSERT INTO errand (item_id, kind, account_id, target, letter, written_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![new.item_id, kind.name(), new.account_id, target, letter, written_at])?;
    db.prepare_cached(
        "INSERT INTO outbox (item_id, kind, account_id, idempotency_key, state, not_before, waits_since)
         VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?5)",
    )?
    .execute(params![new.item_id, kind.name(), new.account_id, new.idempotency_key, written_at])?;
    Ok(())
}

/// The resident confirms what the utility asked about: the same item goes again, with a new payload and key.
pub fn confirm(db: &Writing<'_>, item_id: &str, reason: &str, key: &str) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "UPDATE capture SET confirmed = json_insert(confirmed, '$[#]', ?2)
         WHERE item_id = ?1 AND EXISTS (SELECT 1 FROM outbox WHERE item_id = ?1 AND state = 'needs_answer')",
    )?
    .execute([item_id, reason])?;
    let changed = db
        .prepare_cached(
            "UPDATE outbox SET state = 'queued', payload = NULL, sent_at = NULL, reason = NULL, params = NULL,
                not_before = 0, idempotency_key = ?2 WHERE item_id = ?1 AND state = 'needs_answer'",
        )?
        .execute([item_id, key])?;
    Ok(changed > 0)
}

/// Notes that the resident has handed readings over by another way, and with which text; they still go by the app, if
/// they may.
pub fn hand_over(
    db: &Writing<'_>,
    items: &[String],
    channel: Channel,
    text: &str,
    now: Instant,
) -> rusqlite::Result<usize> {
    let mut statement = db.prepare_cached(
        "UPDATE outbox SET channel = ?2, channel_at = ?3, channel_text = ?4
         WHERE item_id = ?1 AND kind = 'reading' AND state IN ('queued', 'sending')",
    )?;
    let mut marked = 0;
    for item in items {
        marked += statement.execute(params![item, channel.name(), codec::millis(now), text])?;
    }
    Ok(marked)
}

/// A reading that was taken at another moment than the phone believed, and what follows from that.
#[derive(Debug, Clone)]
pub struct Redated {
    /// The reading, of which nothing has left.
    pub item: Item,
    /// When it was really taken.
    pub taken_at: Instant,
    /// The month that it counts for.
    pub period: Period,
    /// No attempt before.
    pub not_before: Instant,
    /// The key to go under, where an attempt that surely failed has frozen another payload under the old one.
    pub idempotency_key: String,
}

/// Puts readings that have not left to the moments and months that are theirs: the phone's clock was wrong.
///
/// Where a month has several then, the one that was taken last counts, as ever. All of them leave their old months before
/// any enters its new one, since one's new month may be the other's old one.
pub fn redate(db: &Writing<'_>, moves: &[Redated]) -> rusqlite::Result<()> {
    for Redated { item, .. } in moves {
        db.prepare_cached("UPDATE outbox SET state = 'superseded' WHERE item_id = ?1")?
            .execute([&item.captured.item_id])?;
    }
    let mut in_order: Vec<&Redated> = moves.iter().collect();
    in_order.sort_by_key(|moved| moved.taken_at);
    for moved in in_order {
        let captured = &moved.item.captured;
        let others = queue::items_of_month(db, &captured.meter_id, moved.period)?;
        // What it corrects was surely taken before it, whatever the clocks say.
        let corrects = |other: &Item| moved.item.supersedes.as_deref() == Some(&*other.captured.item_id);
        let later = |other: &Item| other.captured.taken_at > moved.taken_at && !corrects(other);
        let counts = !others.iter().any(later);
        if counts {
            give_way(db, &captured.meter_id, moved.period)?;
        }
        db.prepare_cached(
            "UPDATE outbox SET redated_at = ?2, period = ?3, not_before = ?4, waits_since = ?2, state = ?5,
                idempotency_key = CASE WHEN payload IS NULL THEN idempotency_key ELSE ?6 END, payload = NULL
             WHERE item_id = ?1",
        )?
        .execute(params![
            captured.item_id,
            codec::millis(moved.taken_at),
            moved.period.to_string(),
            codec::millis(moved.not_before),
            if counts { "queued" } else { "superseded" },
            moved.idempotency_key
        ])?;
        listed::follow_target(db, &captured.item_id)?;
    }
    Ok(())
}

/// Everything that was ever taken or written here.
pub fn all_items(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT item_id FROM outbox ORDER BY item_id")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// The same of the accounts that some logins see.
pub fn items_of_logins(db: &Connection, logins: &[LoginRow]) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT item_id FROM outbox WHERE account_id IN (SELECT id FROM account WHERE login_id = ?1) ORDER BY item_id",
    )?;
    let mut items = Vec::new();
    for login in logins {
        let of_login = statement.query_map([&login.id], |row| row.get(0))?;
        items.extend(of_login.collect::<rusqlite::Result<Vec<String>>>()?);
    }
    Ok(items)
}

/// Forgets items for good, by the resident's wish.
pub fn forget_items(db: &Writing<'_>, ids: &[String]) -> rusqlite::Result<()> {
    for id in ids {
        for table in ["outbox", "capture", "errand"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE item_id = ?1"))?.execute([id])?;
        }
    }
    Ok(())
}
