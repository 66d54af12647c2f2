//! Accounts and meters that a resident without a login has typed in, and what becomes of them after signing in.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::outbox::{self, give_way};
use super::seal::sealed;
use super::{AccountRow, MeterRow, State, Writing, charges, codec, readings};
use crate::domain::{Dial, Instant, Period, Resource};

/// A meter by hand has no record at the utility that could have a version.
const NO_VERSION: i64 = 0;

fn account_row(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    sealed(row)?;
    Ok(AccountRow {
        id: row.get("id")?,
        login_id: None,
        number: row.get("number")?,
        address: row.get("address")?,
        balance_kopecks: 0,
        balance_period: None,
        balance_as_of: codec::instant(row, "added_at")?,
        residents: None,
    })
}

fn meter_row(row: &Row<'_>) -> rusqlite::Result<MeterRow> {
    sealed(row)?;
    let resource: String = row.get("resource")?;
    let dial = Dial::new(row.get("whole_digits")?, row.get("fraction_digits")?);
    Ok(MeterRow {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        serial: row.get("serial")?,
        resource: codec::parsed(row, "resource", Resource::from_code(&resource))?,
        place: row.get("place")?,
        dial: codec::parsed(row, "whole_digits", dial.ok())?,
        version: NO_VERSION,
        verify_by: row.get("verify_by")?,
        archived: false,
        zone: None,
        limit: None,
        replaces: None,
    })
}

/// All accounts by hand.
pub fn own_accounts(db: &Connection) -> rusqlite::Result<Vec<AccountRow>> {
    db.prepare_cached("SELECT * FROM own_account ORDER BY number")?.query_map([], account_row)?.collect()
}

/// One of them.
pub fn own_account(db: &Connection, id: &str) -> rusqlite::Result<Option<AccountRow>> {
    db.prepare_cached("SELECT * FROM own_account WHERE id = ?1")?.query_row([id], account_row).optional()
}

/// The meters of one, or of all.
pub fn own_meters(db: &Connection, account_id: Option<&str>) -> rusqlite::Result<Vec<MeterRow>> {
    db.prepare_cached(
        "SELECT * FROM own_meter WHERE account_id = coalesce(?1, account_id)
         ORDER BY account_id, place, resource, serial, id",
    )?
    .query_map([account_id], meter_row)?
    .collect()
}

/// One of them.
pub fn own_meter(db: &Connection, id: &str) -> rusqlite::Result<Option<MeterRow>> {
    db.prepare_cached("SELECT * FROM own_meter WHERE id = ?1")?.query_row([id], meter_row).optional()
}

/// Stores an account by hand, or what the resident has changed of it.
pub fn put_own_account(
    db: &Writing<'_>,
    id: &str,
    number: &str,
    address: &str,
    now: Instant,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO own_account VALUES (?1, ?2, ?3, ?4, NULL)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, address = excluded.address",
    )?
    .execute(params![id, number, address, codec::millis(now)])?;
    Ok(())
}

/// Stores a meter by hand, or what the resident has changed of it.
pub fn put_own_meter(db: &Writing<'_>, m: &MeterRow) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO own_meter VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)
         ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, resource = excluded.resource, place = excluded.place,
            whole_digits = excluded.whole_digits, fraction_digits = excluded.fraction_digits, verify_by = excluded.verify_by",
    )?
    .execute(params![
        m.id,
        m.account_id,
        m.serial,
        m.resource.code(),
        m.place,
        m.dial.whole(),
        m.dial.fraction(),
        m.verify_by
    ])?;
    Ok(())
}

/// Forgets an account by hand with its meters, visits and reminders. What was captured stays.
pub fn remove_own_account(db: &Writing<'_>, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM reminder WHERE instr(id, '/' || ?1 || '/') > 0
            OR EXISTS (SELECT 1 FROM own_meter WHERE account_id = ?1 AND instr(reminder.id, '/' || own_meter.id || '/') > 0)
            OR EXISTS (SELECT 1 FROM visit WHERE account_id = ?1 AND instr(reminder.id, '/' || visit.id || '/') > 0)",
        [id],
    )?;
    for sql in [
        "DELETE FROM visit WHERE account_id = ?1",
        "DELETE FROM own_meter WHERE account_id = ?1",
        "DELETE FROM own_account WHERE id = ?1",
    ] {
        db.execute(sql, [id])?;
    }
    Ok(())
}

/// Everything that was taken for an account.
pub fn items_of_account(db: &Connection, account_id: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT item_id FROM outbox WHERE account_id = ?1 ORDER BY item_id")?
        .query_map([account_id], |row| row.get(0))?
        .collect()
}

/// What was typed in for a meter by hand is the utility's meter's from now on. Gives how many readings the utility was
/// seen to have.
///
/// A reading that waits goes to the utility if it is the last of its meter, for the month `since` or later; an older one
/// would count for a month that it does not belong to. What the utility's list says of its month counts for all.
pub fn become_the_utilitys(
    db: &Writing<'_>,
    typed_id: &str,
    meter: &MeterRow,
    since: Period,
    now: Instant,
) -> rusqlite::Result<usize> {
    let ids: Vec<String> = db
        .prepare_cached("SELECT item_id FROM outbox WHERE meter_id = ?1 ORDER BY item_id")?
        .query_map([typed_id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let items = ids.iter().filter_map(|id| outbox::by_id(db, id).transpose());
    let items = items.collect::<rusqlite::Result<Vec<_>>>()?;
    let last =
        items.iter().rev().find(|item| item.state == State::Queued).map(|i| i.captured.item_id.clone());
    let mut seen = 0;
    for item in &items {
        let (id, period) = (&item.captured.item_id, item.captured.period);
        let goes = last.as_ref() == Some(id) && period >= since;
        let mut state = item.state;
        if state == State::Queued {
            let later: bool = db
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM outbox WHERE meter_id = ?1 AND period = ?2 AND item_id > ?3
                        AND state IN ('queued', 'needs_answer', 'rejected'))",
                )?
                .query_row(params![meter.id, period.to_string(), id], |row| row.get(0))?;
            if later {
                state = State::Superseded;
            } else {
                give_way(db, &meter.id, period)?;
            }
        }
        db.prepare_cached(
            "UPDATE outbox SET meter_id = ?2, account_id = ?3, apart = ?4, state = ?5 WHERE item_id = ?1",
        )?
        .execute(params![id, meter.id, meter.account_id, !goes, state.name()])?;
        if state == State::Queued {
            seen += usize::from(compare(db, id, goes, now)?);
        }
    }
    for charge in charges(db, &meter.account_id)? {
        for reading in super::charged_readings(&charge) {
            outbox::mark_accounted(db, &reading, now)?;
        }
    }
    db.execute("DELETE FROM reminder WHERE instr(id, '/' || ?1 || '/') > 0", [typed_id])?;
    db.execute("DELETE FROM own_meter WHERE id = ?1", [typed_id])?;
    Ok(seen)
}

/// What the utility's list says of a reading that has just become one of its meters'; tells whether it has it.
fn compare(db: &Writing<'_>, item_id: &str, goes: bool, now: Instant) -> rusqlite::Result<bool> {
    let Some(item) = outbox::by_id(db, item_id)? else { return Ok(false) };
    if outbox::mark_listed_already(db, &item, None, now)? {
        return Ok(true);
    }
    let c = &item.captured;
    let listed = readings(db, &c.meter_id, c.period)?.into_iter().rev();
    let another = listed.filter(|_| !goes).find(|r| r.period == c.period && r.is_actual());
    if let Some(another) = another {
        outbox::mark_another_value(db, item_id, &another)?;
    }
    Ok(false)
}

/// An account by hand with no meter left is the utility's: its visits go along.
pub fn leave_to_the_utilitys(db: &Writing<'_>, typed_id: &str, account_id: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE visit SET account_id = ?2 WHERE account_id = ?1", [typed_id, account_id])?;
    remove_own_account(db, typed_id)
}

/// Accounts and meters by hand that were lost and that readings were taken of: put together again from what those say.
/// How many digits the dial has they do not say; most have five and three.
pub(super) fn put_together(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "INSERT OR IGNORE INTO own_account (id, number, address, added_at)
         SELECT capture.account_id, account, address, min(taken_at)
         FROM capture JOIN outbox ON outbox.item_id = capture.item_id
         WHERE apart = 1 AND capture.account_id = outbox.account_id AND state <> 'withdrawn'
         GROUP BY capture.account_id;
         INSERT OR IGNORE INTO own_meter (id, account_id, serial, resource, place, whole_digits, fraction_digits)
         SELECT capture.meter_id, capture.account_id, serial, resource, place,
             max(5, length(max(value) / 10000)), 3
         FROM capture JOIN outbox ON outbox.item_id = capture.item_id
         WHERE apart = 1 AND capture.meter_id = outbox.meter_id AND state <> 'withdrawn'
         GROUP BY capture.meter_id;",
    )
}
