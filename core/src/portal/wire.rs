//! The JSON of the utility's contract (`contract/openapi.yaml`), as the client reads and writes it.
//!
//! Unknown fields are ignored, so that a newer server may add some; a missing field that we need is an
//! answer we do not understand, which the table of answers treats as "not delivered". Statuses and sources
//! stay text here, because a server newer than this client may know more of them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{ChargeLine, Dial, Period, Replacement, Resource, Volume};

/// What the resident types to sign in. `login` is the account number for most.
#[derive(Debug, Serialize)]
pub struct LoginBody<'a> {
    /// Login as given by the utility.
    pub login: &'a str,
    /// Password; lives only as long as the request.
    pub password: &'a str,
}

/// A request that carries nothing but the refresh token.
#[derive(Debug, Serialize)]
pub struct RefreshBody<'a> {
    /// The newest refresh token.
    pub refresh_token: &'a str,
}

/// The answer to login and refresh.
#[derive(Debug, Deserialize)]
pub struct Tokens {
    /// Short-lived bearer token.
    pub access_token: String,
    /// When the server stops to honour it.
    pub access_expires_at: DateTime<Utc>,
    /// Replaces the token that was used to get it.
    pub refresh_token: String,
}

/// One page of everything that changed since a cursor: `GET /v1/sync`.
///
/// Each list holds whole records; a record replaces the one with the same identity.
#[derive(Debug, Deserialize)]
pub struct Changes {
    /// To be sent with the next request; opaque.
    pub cursor: String,
    /// Set when another page is waiting.
    #[serde(default)]
    pub more: bool,
    /// Accounts of this login.
    #[serde(default)]
    pub accounts: Vec<Account>,
    /// Their meters.
    #[serde(default)]
    pub meters: Vec<Meter>,
    /// Their readings, of every source.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// Their monthly charges.
    #[serde(default)]
    pub charges: Vec<Charge>,
    /// Service requests, questions and appeals of this login.
    #[serde(default)]
    pub letters: Vec<Letter>,
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
    pub taken_at: Option<DateTime<Utc>>,
    /// When the server got it.
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
    pub pay_by: Option<NaiveDate>,
    /// One line a service and meter.
    pub lines: Vec<ChargeLine>,
}

/// A batch of readings for one account: `POST /v1/accounts/{a}/readings`.
#[derive(Debug, Serialize)]
pub struct ReadingBatch<'a> {
    /// When this request leaves, by the utility's clock as the phone knows it.
    pub sent_at: DateTime<Utc>,
    /// Frozen payloads, each with its own key (ADR 0003), so that a batch can be cut anew after a crash.
    pub items: Vec<&'a serde_json::value::RawValue>,
}

/// One posted reading. Serialised once, at the first attempt, and stored as it went out.
#[derive(Debug, Serialize)]
pub struct PostedReading<'a> {
    /// Made at capture; the same for every replay of this payload.
    pub idempotency_key: &'a str,
    /// The phone's id of the reading; the same over confirmations.
    pub client_item_id: &'a str,
    /// The meter.
    pub meter_id: &'a str,
    /// The version of the meter's record that the resident saw.
    pub meter_version: i64,
    /// The month that the resident means.
    pub period: Period,
    /// The value taken.
    pub value: Volume,
    /// What was typed, as evidence.
    pub entered: &'a str,
    /// When it was taken, the phone's clock corrected by the server's last known time.
    pub taken_at: DateTime<Utc>,
    /// When it was taken, by the phone's own clock.
    pub phone_at: DateTime<Utc>,
    /// Server − phone as known at capture, milliseconds.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic_ms: i64,
    /// The dial went over its end.
    pub rollover: bool,
    /// The meter was replaced, by the resident's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Replacement>,
    /// The doubts that the resident answered "it is so".
    pub confirmed: &'a [String],
    /// The server's id of the reading that this one corrects.
    pub supersedes: Option<&'a str>,
}

/// The answer to a batch: one verdict an item, in any order.
#[derive(Debug, Deserialize)]
pub struct BatchAnswer {
    /// Verdicts.
    pub items: Vec<ItemAnswer>,
}

/// The server's verdict on one item.
#[derive(Debug, Deserialize)]
pub struct ItemAnswer {
    /// Which item.
    pub client_item_id: String,
    /// `received, processing, accounted, declined`, or `refused` with a `code`.
    pub status: String,
    /// The server's id, when it holds the reading.
    pub reading_id: Option<String>,
    /// Receipt number, when it holds the reading.
    pub receipt: Option<String>,
    /// The month that the server counts it for.
    pub effective_period: Option<Period>,
    /// When the server got it first.
    pub received_at: Option<DateTime<Utc>>,
    /// Why not, as a stable code.
    pub code: Option<String>,
    /// The code's parameters.
    #[serde(default)]
    pub params: serde_json::Map<String, serde_json::Value>,
}

/// The answer to a reading taken back: `DELETE /v1/accounts/{a}/readings/{id}`.
#[derive(Debug, Deserialize)]
pub struct Withdrawn {
    /// The reading.
    pub reading_id: String,
    /// When the server did so first.
    pub withdrawn_at: DateTime<Utc>,
}

/// A service request, a question or an appeal. Serialised once, at the first attempt, and stored as it went out.
#[derive(Debug, Serialize)]
pub struct PostedLetter<'a> {
    /// Made when it was written; the same for every replay.
    pub idempotency_key: &'a str,
    /// The phone's id of it.
    pub client_item_id: &'a str,
    /// What it is about, as a code of the utility: `verification, sealing, leak, charges, other …`.
    pub topic: &'a str,
    /// The text.
    pub text: &'a str,
    /// When it was written, by the utility's clock as the phone knew it.
    pub written_at: DateTime<Utc>,
    /// The meter that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meter_id: Option<&'a str>,
    /// The day that suits the resident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted_on: Option<NaiveDate>,
    /// Who writes; an appeal must say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Telephone or e-mail for the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<&'a str>,
}

/// The answer to a letter.
#[derive(Debug, Deserialize)]
pub struct LetterAnswer {
    /// The server's id.
    pub letter_id: String,
    /// The number that it is registered under.
    pub receipt: Option<String>,
    /// When the server got it first.
    pub received_at: DateTime<Utc>,
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
    pub received_at: DateTime<Utc>,
    /// The number that it is registered under.
    pub receipt: Option<String>,
    /// The phone's own id of it.
    pub client_item_id: Option<String>,
    /// The utility's answer.
    pub answer: Option<String>,
}

/// An RFC 9457 problem; clients branch on `code` alone.
#[derive(Debug, Deserialize)]
pub struct Problem {
    /// Stable code.
    pub code: String,
    /// The code's parameters.
    #[serde(default)]
    pub params: serde_json::Map<String, serde_json::Value>,
}
