//! What the utility told, into the store: accounts, meters, readings, charges.
//!
//! A page is one transaction together with its cursor, so a crash asks for the same page again. Here an item
//! becomes «принято» (seen in the utility's own list) and «учтено» (a charge was made from it).

use crate::domain::Instant;
use crate::portal::wire;
use crate::store::{self, AccountRow, ChargeRow, MeterRow, ReadingRow, Writing};

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
    let mut accepted = 0;
    for reading in page.readings {
        let row = reading_row(reading);
        store::put_reading(db, &row)?;
        if let Some(item_id) = &row.item_id {
            match row.status.as_str() {
                "declined" => store::mark_declined(db, item_id)?,
                "withdrawn" | "superseded" => {}
                _ => accepted += usize::from(store::mark_read_back(db, item_id, &row, now)?),
            }
        }
    }
    for charge in page.charges {
        let row = charge_row(charge);
        for reading_id in store::charged_readings(&row) {
            store::mark_accounted(db, &reading_id, now)?;
        }
        store::put_charge(db, &row)?;
    }
    store::refreshed(db, login_id, &page.cursor, now)?;
    Ok(accepted)
}

fn account_row(a: wire::Account, login_id: &str) -> AccountRow {
    AccountRow {
        id: a.id,
        login_id: login_id.to_owned(),
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
