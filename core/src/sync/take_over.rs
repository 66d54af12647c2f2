//! What was typed in without a login, once its owner has signed in and the utility's list names the same account.

use crate::domain::{Calendar, Instant, MeterMark, Period, account_number, same_meters};
use crate::store::{self, AccountRow, MeterRow, Writing};

/// Takes over what is clear; the rest stays as it was typed, and is asked about. Gives how many readings the utility was
/// seen to have. Comes after the last page of a refresh: only then are all of an account's meters known.
pub(super) fn take_over(db: &Writing<'_>, calendar: &Calendar, now: Instant) -> rusqlite::Result<usize> {
    let mut seen = 0;
    for typed in store::own_accounts(db)? {
        let Some(account) = same_account(db, &typed)? else { continue };
        let meters = store::own_meters(db, Some(&typed.id))?;
        let mut known = store::all_meters(db, &account.id)?;
        known.retain(|meter| !meter.archived);
        let same = same_meters(&marks(&meters), &marks(&known));
        for (meter, index) in meters.iter().zip(same) {
            if let Some(theirs) = index.and_then(|index| known.get(index)) {
                seen += store::become_the_utilitys(db, &meter.id, theirs, still_counts(calendar, now), now)?;
            }
        }
        if store::own_meters(db, Some(&typed.id))?.is_empty() {
            store::leave_to_the_utilitys(db, &typed.id, &account.id)?;
        }
    }
    Ok(seen)
}

/// The resident says which of the utility's meters a typed one is; false where they are not both there, or not of one
/// account.
///
/// # Errors
/// The database's.
pub fn take_over_meter(
    db: &Writing<'_>,
    typed_id: &str,
    meter_id: &str,
    calendar: &Calendar,
    now: Instant,
) -> rusqlite::Result<bool> {
    let (Some(meter), Some(theirs)) = (store::own_meter(db, typed_id)?, store::meter(db, meter_id)?) else {
        return Ok(false);
    };
    let Some(typed) = store::own_account(db, &meter.account_id)? else { return Ok(false) };
    let Some(account) = same_account(db, &typed)?.filter(|account| account.id == theirs.account_id) else {
        return Ok(false);
    };
    store::become_the_utilitys(db, typed_id, &theirs, still_counts(calendar, now), now)?;
    if store::own_meters(db, Some(&typed.id))?.is_empty() {
        store::leave_to_the_utilitys(db, &typed.id, &account.id)?;
    }
    Ok(true)
}

/// The account that the utility knows under a typed number.
///
/// # Errors
/// The database's.
pub fn same_account(db: &rusqlite::Connection, typed: &AccountRow) -> rusqlite::Result<Option<AccountRow>> {
    let mut theirs = store::accounts(db)?.into_iter().filter(|account| account.login_id.is_some());
    Ok(theirs.find(|account| is_number(&account.number, &typed.number)))
}

/// Whether a number as the utility writes it is the one that was typed.
#[must_use]
pub fn is_number(theirs: &str, typed: &str) -> bool {
    theirs == typed || account_number(theirs).is_ok_and(|digits| digits == typed)
}

/// The first month for which a reading that waits is still worth sending: the open one, or the one that has just closed.
fn still_counts(calendar: &Calendar, now: Instant) -> Period {
    let position = calendar.position(now);
    let period = position.window().period;
    if position.is_open() { period } else { period.previous() }
}

fn marks(meters: &[MeterRow]) -> Vec<MeterMark> {
    let mark =
        |m: &MeterRow| MeterMark { serial: m.serial.clone(), resource: m.resource, place: m.place.clone() };
    meters.iter().map(mark).collect()
}
