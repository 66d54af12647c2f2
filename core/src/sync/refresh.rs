//! What the utility told, into the store: accounts, meters, readings, charges.
//!
//! A page is one transaction together with its cursor, so a crash asks for the same page again. Here an item
//! becomes «принято» (seen in the utility's own list) and «учтено» (a charge was made from it).

use crate::domain::Instant;
use crate::portal::wire;
use crate::store::{self, AccountRow, ChargeRow, HeldLetter, MeterRow, ReadingRow, Writing};

/// Stores one page; gives the number of items that were read back for the first time.
pub(super) fn apply(
    db: &Writing<'_>,
    login_id: &str,
    page: wire::Changes,
    now: Instant,
) -> rusqlite::Result<usize> {
    for account in page.accounts {
        store::put_account(db, &account_row(account, login_id))?;
    }
    for meter in page.meters {
        store::put_meter(db, &meter_row(meter))?;
    }
    if page.unreadable > 0 {
        store::set_note(db, LEFT_OUT_BY, version())?;
    }
    let mut accepted = 0;
    for reading in page.readings {
        let row = reading_row(reading);
        store::put_reading(db, &row)?;
        accepted += usize::from(compare(db, &row, now)?);
    }
    for letter in page.letters {
        store::mark_letter_read_back(db, &held_letter(letter), now)?;
    }
    for charge in page.charges {
        let row = charge_row(charge);
        for reading_id in store::charged_readings(&row) {
            store::mark_accounted(db, &reading_id, now)?;
        }
        store::put_charge(db, &row)?;
    }
    store::refreshed(db, login_id, &page.cursor, (!page.more).then_some(now))?;
    Ok(accepted)
}

/// Which version of this library has left records out that it could not read.
const LEFT_OUT_BY: &str = "left_out_by";

/// This version as a number.
fn version() -> i64 {
    number(env!("CARGO_PKG_VERSION"))
}

/// 0.12.3 is 12003.
fn number(version: &str) -> i64 {
    version.split('.').fold(0, |n, part| n * 1_000 + part.parse::<i64>().unwrap_or(0))
}

/// A newer version may be able to read what an older one had to leave out: it asks for everything once more.
pub(super) fn ask_anew_after_an_update(db: &Writing<'_>) -> rusqlite::Result<()> {
    if store::note(db, LEFT_OUT_BY)?.is_some_and(|by| by != version()) {
        store::forget_cursors(db)?;
        store::forget_note(db, LEFT_OUT_BY)?;
    }
    Ok(())
}

/// What a listed reading means for the item that it came from; tells whether it was seen there for the first time.
fn compare(db: &Writing<'_>, row: &ReadingRow, now: Instant) -> rusqlite::Result<bool> {
    let gone: fn(&Writing<'_>, &str) -> rusqlite::Result<()> = match row.status.as_str() {
        "declined" => store::mark_declined,
        "withdrawn" => store::mark_withdrawn_there,
        "superseded" => store::mark_superseded_there,
        _ => {
            return match &row.item_id {
                Some(item) => {
                    let mut first = store::mark_read_back(db, item, row, now)?;
                    for other in store::items_on_reading(db, &row.id)? {
                        first |= store::mark_read_back(db, &other, row, now)?;
                    }
                    Ok(first)
                }
                None if row.is_actual() => store::mark_there_by_value(db, row, now),
                None => Ok(false),
            };
        }
    };
    // Another item may rest on the same reading, since it had the same value.
    let resting = store::items_on_reading(db, &row.id)?;
    resting.iter().chain(&row.item_id).try_for_each(|item| gone(db, item))?;
    Ok(false)
}

fn account_row(a: wire::Account, login_id: &str) -> AccountRow {
    AccountRow {
        id: a.id,
        login_id: Some(login_id.to_owned()),
        number: a.number,
        address: a.address,
        balance_kopecks: a.balance.kopecks,
        balance_period: a.balance.period,
        balance_as_of: a.balance.as_of,
        residents: a.residents,
    }
}

fn meter_row(m: wire::Meter) -> MeterRow {
    MeterRow {
        id: m.id,
        account_id: m.account_id,
        serial: m.serial,
        resource: m.resource,
        place: m.place,
        dial: m.digits,
        version: m.version,
        verify_by: m.verify_by,
        archived: m.archived,
        zone: m.zone,
        limit: m.limit,
        replaces: m.replaces,
    }
}

fn reading_row(r: wire::Reading) -> ReadingRow {
    ReadingRow {
        id: r.id,
        meter_id: r.meter_id,
        period: r.period,
        value: r.value,
        taken_at: r.taken_at,
        received_at: r.received_at,
        source: r.source,
        status: r.status,
        receipt: r.receipt,
        item_id: r.client_item_id,
        rollover: r.rollover,
        replacement: r.replacement,
        sent_at: r.sent_at,
    }
}

fn held_letter(l: wire::Letter) -> HeldLetter {
    HeldLetter {
        id: l.id,
        kind: l.kind,
        item_id: l.client_item_id,
        account_id: l.account_id,
        text: l.text,
        declined: l.status == "declined",
        receipt: l.receipt,
        received_at: l.received_at,
    }
}

fn charge_row(c: wire::Charge) -> ChargeRow {
    ChargeRow {
        account_id: c.account_id,
        period: c.period,
        total_kopecks: c.total_kopecks,
        due_kopecks: c.due_kopecks,
        pay_by: c.pay_by,
        lines: serde_json::to_string(&c.lines).unwrap_or_else(|_| "[]".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_version_has_a_larger_number() {
        assert_eq!([number("0.12.3"), number("1.0.0"), number("2.345.678")], [12_003, 1_000_000, 2_345_678]);
        assert!(version() > 0 && version() == number(env!("CARGO_PKG_VERSION")));
    }
}
