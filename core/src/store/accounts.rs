//! Logins, accounts (лицевые счета) and meters.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::seal::sealed;
use super::{by_hand, codec};
use crate::domain::{Dial, Instant, Period, Resource, Volume};

/// One sign-in at the utility; several accounts may hang on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRow {
    /// Our id of it; names its token in the secret store.
    pub id: String,
    /// What the resident types.
    pub login: String,
    /// The refresh token may be kept.
    pub remember: bool,
    /// The password is wanted again.
    pub needs_sign_in: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// When the last refresh came to its end.
    pub refreshed_at: Option<Instant>,
}

/// An account with its last known balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The server's id.
    pub id: String,
    /// The login that it is seen by; none of an account that was typed in.
    pub login_id: Option<String>,
    /// The number on the bill.
    pub number: String,
    /// Where the flat is.
    pub address: String,
    /// Kopecks; above zero is a debt.
    pub balance_kopecks: i64,
    /// The last charged month in it.
    pub balance_period: Option<Period>,
    /// When the utility added it up.
    pub balance_as_of: Instant,
    /// Registered persons, where the utility says.
    pub residents: Option<i32>,
}

/// A meter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterRow {
    /// The server's id.
    pub id: String,
    /// Its account.
    pub account_id: String,
    /// Factory number.
    pub serial: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Its digits.
    pub dial: Dial,
    /// Version of the record.
    pub version: i64,
    /// Until when its readings count.
    pub verify_by: Option<NaiveDate>,
    /// Replaced or cut off.
    pub archived: bool,
    /// The tariff zone of the register, where the meter has several: one row each, with the same serial.
    pub zone: Option<String>,
    /// Use of a month above which the utility takes no reading.
    pub limit: Option<Volume>,
    /// The meter whose place it took.
    pub replaces: Option<String>,
}

fn login_row(row: &Row<'_>) -> rusqlite::Result<LoginRow> {
    sealed(row)?;
    Ok(LoginRow {
        id: row.get("id")?,
        login: row.get("login")?,
        remember: row.get("remember")?,
        needs_sign_in: row.get("needs_sign_in")?,
        cursor: row.get("cursor")?,
        refreshed_at: codec::maybe_instant(row, "refreshed_at")?,
    })
}

fn account_row(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    sealed(row)?;
    Ok(AccountRow {
        id: row.get("id")?,
        login_id: row.get("login_id")?,
        number: row.get("number")?,
        address: row.get("address")?,
        balance_kopecks: row.get("balance_kopecks")?,
        balance_period: codec::maybe_period(row, "balance_period")?,
        balance_as_of: codec::instant(row, "balance_as_of")?,
        residents: row.get("residents")?,
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
        version: row.get("version")?,
        verify_by: row.get("verify_by")?,
        archived: row.get("archived")?,
        zone: row.get("zone")?,
        limit: codec::maybe_volume(row, "use_limit")?,
        replaces: row.get("replaces")?,
    })
}

/// All logins.
pub fn logins(db: &Connection) -> rusqlite::Result<Vec<LoginRow>> {
    db.prepare_cached("SELECT * FROM login ORDER BY id")?.query_map([], login_row)?.collect()
}

/// The login of that name.
pub fn login(db: &Connection, login: &str) -> rusqlite::Result<Option<LoginRow>> {
    db.prepare_cached("SELECT * FROM login WHERE login = ?1")?.query_row([login], login_row).optional()
}

/// The login that an account is seen by.
pub fn login_of_account(db: &Connection, account_id: &str) -> rusqlite::Result<Option<LoginRow>> {
    db.prepare_cached(
        "SELECT login.* FROM login JOIN account ON account.login_id = login.id WHERE account.id = ?1",
    )?
    .query_row([account_id], login_row)
    .optional()
}

/// Stores a fresh sign-in.
pub fn put_login(db: &Connection, id: &str, login: &str, remember: bool) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO login (id, login, remember) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET login = excluded.login, remember = excluded.remember, needs_sign_in = 0",
    )?
    .execute(params![id, login, remember])?;
    Ok(())
}

/// Notes whether the password is wanted again. Once it is, the other logins ask for everything: they may see accounts of
/// this one, which then go by them.
pub fn set_needs_sign_in(db: &Connection, id: &str, needs: bool) -> rusqlite::Result<()> {
    let changed = db
        .prepare_cached("UPDATE login SET needs_sign_in = ?2 WHERE id = ?1 AND needs_sign_in <> ?2")?
        .execute(params![id, needs])?;
    if needs && changed > 0 {
        db.prepare_cached("UPDATE login SET cursor = NULL WHERE id <> ?1")?.execute([id])?;
    }
    Ok(())
}

/// Notes how far a refresh came, and when, if that is the end: half of it is as of no moment.
pub fn refreshed(db: &Connection, id: &str, cursor: &str, ended_at: Option<Instant>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE login SET cursor = ?2, refreshed_at = coalesce(?3, refreshed_at) WHERE id = ?1",
    )?
    .execute(params![id, cursor, ended_at.map(codec::millis)])?;
    Ok(())
}

/// Lets every login ask for everything once more.
pub fn forget_cursors(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE login SET cursor = NULL")?.execute([])?;
    Ok(())
}

/// Forgets a login with everything that a refresh can bring again, and the reminders of it. What was captured stays.
pub fn remove_login(db: &Connection, id: &str) -> rusqlite::Result<()> {
    // What a reminder is about is a part of its name.
    db.execute(
        "DELETE FROM reminder WHERE EXISTS (
            SELECT 1 FROM account LEFT JOIN meter ON meter.account_id = account.id
                                  LEFT JOIN visit ON visit.account_id = account.id
            WHERE account.login_id = ?1 AND (instr(reminder.id, '/' || account.id || '/') > 0
               OR instr(reminder.id, '/' || meter.id || '/') > 0 OR instr(reminder.id, '/' || visit.id || '/') > 0))",
        [id],
    )?;
    db.execute(
        "DELETE FROM reading WHERE meter_id IN (SELECT meter.id FROM meter
         JOIN account ON account.id = meter.account_id WHERE account.login_id = ?1)",
        [id],
    )?;
    for table in ["meter", "charge", "visit"] {
        let sql =
            format!("DELETE FROM {table} WHERE account_id IN (SELECT id FROM account WHERE login_id = ?1)");
        db.execute(&sql, [id])?;
    }
    db.execute("DELETE FROM account WHERE login_id = ?1", [id])?;
    db.execute("DELETE FROM login WHERE id = ?1", [id])?;
    // Another login may see what it saw.
    forget_cursors(db)
}

/// Forgets whatever hangs on no login: visits, reminders, single values, and what came of an account that was still to
/// come itself.
pub fn forget_everything(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "DELETE FROM visit; DELETE FROM reminder; DELETE FROM note WHERE name <> 'schema'; DELETE FROM reading;
         DELETE FROM meter; DELETE FROM charge; DELETE FROM own_meter; DELETE FROM own_account;",
    )
}

/// All accounts, those by hand behind the others.
pub fn accounts(db: &Connection) -> rusqlite::Result<Vec<AccountRow>> {
    let mut all: Vec<AccountRow> = db
        .prepare_cached("SELECT * FROM account ORDER BY number")?
        .query_map([], account_row)?
        .collect::<rusqlite::Result<_>>()?;
    all.extend(by_hand::own_accounts(db)?);
    Ok(all)
}

/// One account.
pub fn account(db: &Connection, id: &str) -> rusqlite::Result<Option<AccountRow>> {
    let theirs =
        db.prepare_cached("SELECT * FROM account WHERE id = ?1")?.query_row([id], account_row).optional()?;
    theirs.map_or_else(|| by_hand::own_account(db, id), |account| Ok(Some(account)))
}

/// Stores an account as the utility gave it. Where several logins see it, it stays with the one that it came by first, as
/// long as that is signed in.
pub fn put_account(db: &Connection, a: &AccountRow) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO account VALUES (?1, coalesce(
            (SELECT login.id FROM login JOIN account ON account.login_id = login.id
             WHERE account.id = ?1 AND needs_sign_in = 0), ?2), ?3, ?4, ?5, ?6, ?7, ?8, NULL)",
    )?
    .execute(params![
        a.id,
        a.login_id,
        a.number,
        a.address,
        a.balance_kopecks,
        a.balance_period.map(|p| p.to_string()),
        codec::millis(a.balance_as_of),
        a.residents
    ])?;
    Ok(())
}

/// All meters in use whose account is known, cold before hot within an account, those by hand behind the others.
pub fn meters(db: &Connection) -> rusqlite::Result<Vec<MeterRow>> {
    let theirs = db
        .prepare_cached(
            "SELECT * FROM meter WHERE archived = 0 AND account_id IN (SELECT id FROM account)
         ORDER BY account_id, place, resource, serial, zone, id",
        )?
        .query_map([], meter_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(theirs.into_iter().chain(by_hand::own_meters(db, None)?).collect())
}

/// All meters that an account has or had.
pub fn all_meters(db: &Connection, account_id: &str) -> rusqlite::Result<Vec<MeterRow>> {
    let theirs = db
        .prepare_cached(
            "SELECT * FROM meter WHERE account_id = ?1 ORDER BY place, resource, serial, zone, id",
        )?
        .query_map([account_id], meter_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(theirs.into_iter().chain(by_hand::own_meters(db, Some(account_id))?).collect())
}

/// One meter.
pub fn meter(db: &Connection, id: &str) -> rusqlite::Result<Option<MeterRow>> {
    let theirs =
        db.prepare_cached("SELECT * FROM meter WHERE id = ?1")?.query_row([id], meter_row).optional()?;
    theirs.map_or_else(|| by_hand::own_meter(db, id), |meter| Ok(Some(meter)))
}

/// Stores a meter as the utility gave it.
pub fn put_meter(db: &Connection, m: &MeterRow) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO meter VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL)",
    )?
    .execute(params![
        m.id,
        m.account_id,
        m.serial,
        m.resource.code(),
        m.place,
        m.dial.whole(),
        m.dial.fraction(),
        m.version,
        m.verify_by,
        m.archived,
        m.zone,
        m.limit.map(Volume::ten_thousandths),
        m.replaces
    ])?;
    Ok(())
}
