//! What the utility tells of its accounts: `GET /v1/sync`.
//!
//! A page is read record by record: one meter of a kind that this client does not know must not hide the rest of a
//! flat for ever. What can't be read is left out and counted, and the page counts with its cursor. A page without a
//! cursor, or whose lists are no lists, is none of ours.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::bounds;
use super::tolerant::{self, Read};
use crate::domain::{ChargeLine, Dial, Period, Replacement, Resource, Volume};

/// One page of everything that changed since a cursor.
///
/// Each list holds whole records; a record replaces the one with the same identity.
#[derive(Debug, Deserialize)]
#[serde(from = "Page")]
pub struct Changes {
    /// To be sent with the next request; opaque.
    pub cursor: String,
    /// Set when another page is waiting.
    pub more: bool,
    /// Accounts of this login.
    pub accounts: Vec<Account>,
    /// Their meters.
    pub meters: Vec<Meter>,
    /// Their readings, of every source.
    pub readings: Vec<Reading>,
    /// Their monthly charges.
    pub charges: Vec<Charge>,
    /// Service requests, questions and appeals of this login.
    pub letters: Vec<Letter>,
    /// Records of the page that this client can't read.
    pub unreadable: usize,
}

#[derive(Deserialize)]
struct Page {
    cursor: String,
    #[serde(default, deserialize_with = "tolerant::or_default")]
    more: bool,
    #[serde(default)]
    accounts: Read<Account>,
    #[serde(default)]
    meters: Read<Meter>,
    #[serde(default)]
    readings: Read<Reading>,
    #[serde(default)]
    charges: Read<Charge>,
    #[serde(default)]
    letters: Read<Letter>,
}

impl From<Page> for Changes {
    fn from(page: Page) -> Self {
        let left_out = [
            ("accounts", page.accounts.unreadable),
            ("meters", page.meters.unreadable),
            ("readings", page.readings.unreadable),
            ("charges", page.charges.unreadable),
            ("letters", page.letters.unreadable),
        ];
        for (list, count) in left_out.into_iter().filter(|(_, count)| *count > 0) {
            log::warn!("{count} of a page's {list} can't be read by this version");
        }
        Self {
            cursor: page.cursor,
            more: page.more,
            accounts: page.accounts.items,
            meters: page.meters.items,
            readings: page.readings.items,
            charges: page.charges.items,
            letters: page.letters.items,
            unreadable: left_out.into_iter().map(|(_, count)| count).sum(),
        }
    }
}

/// A customer account (лицевой счёт).
#[derive(Debug, Deserialize)]
pub struct Account {
    /// The server's id.
    pub id: String,
    /// The number printed on the bill.
    pub number: String,
    /// Where the flat is.
    pub address: String,
    /// What is owed.
    pub balance: Balance,
    /// Registered persons: what a norm is multiplied by.
    #[serde(default, deserialize_with = "bounds::count")]
    pub residents: Option<i32>,
}

/// What an account owes at a moment.
#[derive(Debug, Deserialize)]
pub struct Balance {
    /// Kopecks; above zero is a debt, below zero an overpayment.
    pub kopecks: i64,
    /// The last charged month in it.
    pub period: Option<Period>,
    /// When the server added it up.
    #[serde(deserialize_with = "bounds::instant")]
    pub as_of: DateTime<Utc>,
}

/// A water meter.
#[derive(Debug, Deserialize)]
pub struct Meter {
    /// The server's id.
    pub id: String,
    /// The account it belongs to.
    pub account_id: String,
    /// Factory number.
    pub serial: String,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs: «кухня».
    pub place: String,
    /// Digits of the dial.
    pub digits: Dial,
    /// Rises with every change of the meter's record.
    pub version: i64,
    /// Until when its readings count.
    #[serde(default, deserialize_with = "bounds::maybe_date")]
    pub verify_by: Option<NaiveDate>,
    /// Replaced or cut off.
    #[serde(default)]
    pub archived: bool,
    /// The tariff zone of the register, where the meter has several.
    pub zone: Option<String>,
    /// Use of a month above which the utility takes no reading.
    pub limit: Option<Volume>,
    /// The meter whose place it took.
    pub replaces: Option<String>,
}

/// A reading that the utility holds.
#[derive(Debug, Deserialize)]
pub struct Reading {
    /// The server's id.
    pub id: String,
    /// The meter.
    pub meter_id: String,
    /// The month that it counts for.
    pub period: Period,
    /// Value in the unit of the meter.
    pub value: Volume,
    /// When it was taken, as far as known.
    #[serde(default, deserialize_with = "bounds::maybe_instant")]
    pub taken_at: Option<DateTime<Utc>>,
    /// When the server got it.
    #[serde(deserialize_with = "bounds::instant")]
    pub received_at: DateTime<Utc>,
    /// `app, sms, email, phone, office, inspector, estimated, norm, import`.
    pub source: String,
    /// `received, processing, accounted, declined, superseded, withdrawn`.
    pub status: String,
    /// Receipt number.
    pub receipt: Option<String>,
    /// The phone's own id of the reading, for those that came from an app.
    pub client_item_id: Option<String>,
    /// When the request left that brought it, by the phone's word.
    #[serde(default, deserialize_with = "bounds::maybe_instant")]
    pub sent_at: Option<DateTime<Utc>>,
    /// The dial went over its end.
    #[serde(default)]
    pub rollover: bool,
    /// The meter was replaced before this reading.
    pub replacement: Option<Replacement>,
}

/// The charges of one account for one month.
#[derive(Debug, Deserialize, Serialize)]
pub struct Charge {
    /// The account.
    pub account_id: String,
    /// The month.
    pub period: Period,
    /// Sum of the lines, kopecks.
    pub total_kopecks: i64,
    /// What is to be paid by `pay_by`, debts of before included, kopecks.
    pub due_kopecks: i64,
    /// The last day of payment.
    #[serde(default, deserialize_with = "bounds::maybe_date")]
    pub pay_by: Option<NaiveDate>,
    /// One line a service and meter.
    #[serde(deserialize_with = "tolerant::charge_lines")]
    pub lines: Vec<ChargeLine>,
}

/// A letter that the utility holds.
#[derive(Debug, Deserialize)]
pub struct Letter {
    /// The server's id.
    pub id: String,
    /// `service_request, question, appeal`.
    pub kind: String,
    /// The account; none for an appeal.
    pub account_id: Option<String>,
    /// The text.
    pub text: String,
    /// `received, answered, closed, declined`.
    pub status: String,
    /// When the server got it.
    #[serde(deserialize_with = "bounds::instant")]
    pub received_at: DateTime<Utc>,
    /// The number that it is registered under.
    pub receipt: Option<String>,
    /// The phone's own id of it.
    pub client_item_id: Option<String>,
    /// The utility's answer.
    pub answer: Option<String>,
}
