//! The demonstration's account. Nobody lives there; the tariffs it is charged by are invented.
//!
//! Its months are fixed: eight of readings up to October 2026, of which October is charged, so that a story can
//! begin on 22 November 2026.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::auth::Passwords;
use crate::billing::{self, BillingError};
use crate::config::Rules;
use crate::domain::{Dial, Period, Resource, Source, Status, Volume};
use crate::error::Broken;
use crate::notices::Place;
use crate::records::{Kept, Reading};
use crate::recovery::Contact;
use crate::storage::{NewMeter, Storage, StorageError, Tx};

/// The account number, which is the login too.
pub const LOGIN: &str = "1204417";
/// The password of the demonstration, and of nothing else.
pub const PASSWORD: &str = "demo-1204417";

/// The telephone that the utility knows, for recovering the login. Nobody has it.
pub const PHONE: &str = "70000000000";
/// The address to which a new login goes. Nobody reads it.
pub const EMAIL: &str = "resident@example.invalid";

const ACCOUNT: &str = "demo-account";
const ADDRESS: &str = "ул. Примерная, 12, кв. 34";
const PLACE: [&str; 3] = ["Центральный", "ул. Примерная", "12"];
const DIAL: Dial = Dial { whole: 5, fraction: 3 };
const FIRST_MONTH: (i32, u32) = (2026, 3);
const COLD: [i64; 8] = [91, 95, 98, 103, 107, 110, 115, 119];
const HOT: [i64; 8] = [61, 64, 67, 70, 73, 75, 79, 82];
/// July was read by the inspector.
const INSPECTED: usize = 4;

/// Fills an empty database; leaves one with residents alone.
///
/// # Errors
/// When something broke; then nothing is filled in.
pub fn fill(storage: &Storage, passwords: &Passwords, rules: &Rules) -> Result<(), BillingError> {
    if !storage.read::<_, StorageError>(|tx| tx.has_no_residents())? {
        return Ok(());
    }
    let password = passwords.hash(PASSWORD)?;
    let first = Period::of(day(FIRST_MONTH.0, FIRST_MONTH.1, 1));
    let last = first.plus(COLD.len() as i32 - 1);
    let entered = rules.window.of(first).opens;
    let is_filled = storage.write::<_, Broken>(|tx| {
        // Asked once more, since several cabinets may begin at the same time.
        if !tx.has_no_residents()? {
            return Ok(false);
        }
        tx.add_account(ACCOUNT, LOGIN, ADDRESS, 2, entered)?;
        tx.set_place(ACCOUNT, &place())?;
        tx.add_resident("demo-resident", LOGIN, &password)?;
        tx.set_contact("demo-resident", &Contact { phone: PHONE.to_owned(), email: EMAIL.to_owned() })?;
        add_meter(tx, "demo-cold", "00417283", Resource::ColdWater, day(2029, 4, 18))?;
        add_meter(tx, "demo-hot", "00417290", Resource::HotWater, day(2027, 9, 5))?;
        for month in 0..COLD.len() {
            let period = first.plus(month as i32);
            // The second day of the window, in the evening.
            let taken = rules.window.of(period).opens + Duration::hours(24 + 19);
            let status = if period == last { Status::Received } else { Status::Accounted };
            add_reading(tx, "demo-cold", (month, period), COLD[month], taken, status)?;
            add_reading(tx, "demo-hot", (month, period), HOT[month], taken + Duration::minutes(1), status)?;
        }
        Ok(true)
    })?;
    if !is_filled {
        return Ok(());
    }
    billing::run(storage, rules, last, rules.window.of(last).closes + Duration::days(5))?;
    storage.write::<_, StorageError>(|tx| tx.grant("demo-resident", ACCOUNT))?;
    Ok(())
}

fn place() -> Place {
    let [district, street, house] = PLACE.map(str::to_owned);
    Place { district, street, house }
}

fn add_meter(
    tx: &Tx,
    id: &str,
    serial: &str,
    resource: Resource,
    verify_by: NaiveDate,
) -> Result<(), Broken> {
    Ok(tx.add_meter(&NewMeter {
        id,
        account_id: ACCOUNT,
        serial,
        zone: None,
        resource,
        place: "кухня",
        digits: DIAL,
        verify_by: Some(verify_by),
        limit: None,
        replaces: None,
    })?)
}

fn add_reading(
    tx: &Tx,
    meter: &str,
    (month, period): (usize, Period),
    value: i64,
    taken: DateTime<Utc>,
    status: Status,
) -> Result<(), Broken> {
    let by_inspector = month == INSPECTED;
    let receipt = if by_inspector { None } else { Some(tx.next_receipt()?) };
    Ok(tx.add_reading(&Reading {
        id: format!("{meter}-{period}"),
        meter_id: meter.to_owned(),
        period,
        value: Volume::whole(value),
        rollover: false,
        replacement: None,
        taken_at: Some(taken),
        received_at: taken + Duration::minutes(3),
        source: if by_inspector { Source::Inspector } else { Source::App },
        status,
        receipt,
        client_item_id: None,
        sent_at: None,
        kept: Kept::without_evidence(ACCOUNT.to_owned(), period),
    })?)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}
