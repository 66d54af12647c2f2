//! Charges that another billing made: the lines of a month, which become what is due and what is owed.

use chrono::{DateTime, NaiveDate, Utc};

use super::table::{ImportError, Row, Table};
use crate::domain::{Basis, Period, Resource, Volume};
use crate::records::{Charge, ChargeLine};
use crate::storage::Tx;

pub const NEEDED: &[&str] = &[
    "account_number",
    "period",
    "basis",
    "resource",
    "volume",
    "tariff_kopecks",
    "amount_kopecks",
    "pay_by",
];
pub const PERHAPS: &[&str] = &["meter_serial", "note"];

/// Dearer water is a mistake.
const MOST_KOPECKS: i64 = 100_000_000;

/// An account's month, and the line at which it begins.
struct Month<'a> {
    first: Row<'a>,
    number: &'a str,
    period: Period,
    pay_by: NaiveDate,
    lines: Vec<ChargeLine>,
}

/// Enters all of a table's charges, those of an account in the order of its months.
pub fn add(tx: &Tx, table: &Table, now: DateTime<Utc>) -> Result<(), ImportError> {
    let rows: Vec<Row> = table.rows().collect();
    let mut months: Vec<Month> = Vec::new();
    for row in &rows {
        let number = row.text("account_number")?;
        let period = row.meaning("period", "a month like 2026-11", |text| text.parse().ok())?;
        let pay_by = row.meaning("pay_by", "a date like 2026-12-15", |text| text.parse().ok())?;
        let line = line(tx, row, number)?;
        match months.last_mut() {
            Some(month) if (month.number, month.period) == (number, period) => {
                if month.pay_by != pay_by {
                    return Err(row.wrong("pay_by", "differs from that of the month's first line"));
                }
                month.lines.push(line);
            }
            _ => months.push(Month { first: *row, number, period, pay_by, lines: vec![line] }),
        }
    }
    months.into_iter().try_for_each(|month| charge(tx, month, now))
}

fn charge(tx: &Tx, month: Month, now: DateTime<Utc>) -> Result<(), ImportError> {
    let Month { first, number, period, pay_by, lines } = month;
    let account = tx.account_numbered(number)?;
    let account =
        account.ok_or_else(|| first.wrong("account_number", "there is no account of this number"))?;
    let charges = tx.books().charges(&account)?;
    if let Some(last) = charges.first().map(|charge| charge.period).filter(|last| *last >= period) {
        return Err(first.wrong("period", &format!("{last} was charged already, of this account")));
    }
    let amounts = lines.iter().map(|line| line.amount_kopecks);
    let total = amounts.into_iter().try_fold(0_i64, i64::checked_add);
    let total_kopecks = total.ok_or_else(|| first.wrong("amount_kopecks", "the month's sum is too large"))?;
    let owed = tx.balance(&account)?.checked_add(total_kopecks);
    let due_kopecks = owed.ok_or_else(|| first.wrong("amount_kopecks", "the balance would be too large"))?;
    let charge = Charge { account_id: account, period, total_kopecks, due_kopecks, pay_by, lines };
    tx.add_charge(&charge)?;
    Ok(tx.set_balance(&charge.account_id, due_kopecks, period, now)?)
}

fn line(tx: &Tx, row: &Row, number: &str) -> Result<ChargeLine, ImportError> {
    let bases = "meter, average, norm, benefit or recalculation";
    let basis = row.meaning("basis", bases, Basis::named)?;
    let resources = "cold_water, hot_water or sewage";
    let resource = row.optional_meaning("resource", resources, Resource::named)?;
    let volume = row.meaning("volume", "a volume like 4 or 4.5", |text| text.parse::<Volume>().ok())?;
    let tariff = row.meaning("tariff_kopecks", "a whole number of kopecks", |text| {
        text.parse::<i64>().ok().filter(|it| (0..=MOST_KOPECKS).contains(it))
    })?;
    let amount =
        row.meaning("amount_kopecks", "a whole number of kopecks", |text| text.parse::<i64>().ok())?;
    let is_of_volume = matches!(basis, Basis::Meter | Basis::Average | Basis::Norm);
    if is_of_volume && resource.is_none() {
        return Err(row.wrong("resource", "is empty"));
    }
    let product = volume.cost(tariff);
    if is_of_volume && amount != product {
        return Err(row.wrong("amount_kopecks", &format!("volume times tariff is {product}, not {amount}")));
    }
    if !is_of_volume && (volume != Volume::ZERO || tariff != 0) {
        return Err(row.wrong("volume", "a benefit or a recalculation has volume 0 and tariff 0"));
    }
    Ok(ChargeLine {
        resource,
        meter_id: meter(tx, row, number)?,
        reading_id: None,
        basis,
        from_value: None,
        to_value: None,
        volume,
        tariff_kopecks: tariff,
        amount_kopecks: amount,
        note: row.optional("note").map(str::to_owned),
    })
}

fn meter(tx: &Tx, row: &Row, number: &str) -> Result<Option<String>, ImportError> {
    let Some(serial) = row.optional("meter_serial") else { return Ok(None) };
    let account = tx.account_numbered(number)?.unwrap_or_default();
    let meters = tx.books().meters(&account)?;
    let meter = meters.into_iter().find(|meter| meter.serial == serial);
    meter.map(|it| Some(it.id)).ok_or_else(|| row.wrong("meter_serial", "the account has no such meter"))
}
