//! What the storage holds, in the shape in which the contract shows it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::domain::{
    Basis, Dial, LetterKind, LetterStatus, Period, Replacement, Resource, Source, Status, Volume,
};

/// A customer account.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// The cabinet's id; says nothing by itself.
    pub id: String,
    /// The number printed on the bill.
    pub number: String,
    /// Where the flat is.
    pub address: String,
    /// What is owed.
    pub balance: Balance,
    /// People registered in the flat; the norm is per head.
    #[serde(rename = "residents")]
    pub people: i64,
}

/// What an account owes at a moment.
#[derive(Clone, Debug, Serialize)]
pub struct Balance {
    /// Kopecks; above zero is a debt.
    pub kopecks: i64,
    /// The last charged month in it.
    pub period: Option<Period>,
    /// When it was added up.
    pub as_of: DateTime<Utc>,
}

/// A water meter.
#[derive(Clone, Debug, Serialize)]
pub struct Meter {
    /// The cabinet's id.
    pub id: String,
    /// Whose it is.
    pub account_id: String,
    /// Factory number; the registers of one meter share it.
    pub serial: String,
    /// The tariff zone that this register counts, for meters with several.
    pub zone: Option<String>,
    /// What it measures.
    pub resource: Resource,
    /// Where it hangs.
    pub place: String,
    /// Digits of the dial.
    pub digits: Dial,
    /// Rises with every change of this record.
    pub version: i64,
    /// The last day on which its readings count.
    pub verify_by: Option<NaiveDate>,
    /// Replaced or cut off.
    pub archived: bool,
    /// A month's use over which no reading of it is taken, where that is not the utility's for all.
    pub limit: Option<Volume>,
    /// The meter that hung in its place before.
    pub replaces: Option<String>,
    /// The meter that hangs in its place now.
    #[serde(skip)]
    pub replaced_by: Option<String>,
}

/// A reading, of whatever source and status.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The cabinet's id.
    pub id: String,
    /// The meter.
    pub meter_id: String,
    /// The month that it counts for.
    pub period: Period,
    /// The value.
    pub value: Volume,
    /// The dial passed its end before this value: as the resident said, or as an estimate did.
    pub rollover: bool,
    /// The meter was replaced before this value, as the resident said.
    pub replacement: Option<Replacement>,
    /// When it was taken, as far as known.
    pub taken_at: Option<DateTime<Utc>>,
    /// When the cabinet got it, or made it.
    pub received_at: DateTime<Utc>,
    /// Where it came from.
    pub source: Source,
    /// What became of it.
    pub status: Status,
    /// Receipt number.
    pub receipt: Option<String>,
    /// The app's own id of it.
    pub client_item_id: Option<String>,
    /// When the request left that brought it, by the phone's word.
    pub sent_at: Option<DateTime<Utc>>,
    /// What the residents' apps do not need.
    #[serde(skip)]
    pub kept: Kept,
}

impl Reading {
    /// What the difference between its value and an earlier one lacks to be the use between them.
    pub fn shift(&self, dial_end: Volume) -> Volume {
        let turned = if self.rollover { dial_end } else { Volume::ZERO };
        turned + self.replacement.as_ref().map_or(Volume::ZERO, Replacement::shift)
    }
}

/// What the cabinet keeps of a reading for itself.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// The account.
    pub account_id: String,
    /// The month that the resident named.
    pub meant_period: Period,
    /// What was typed, as evidence.
    pub entered: Option<String>,
    /// The reading that this one corrects.
    pub supersedes: Option<String>,
    /// When it was taken, by the phone's own clock.
    pub phone_at: Option<DateTime<Utc>>,
    /// Server − phone, as the phone knew it then, milliseconds.
    pub skew_ms: Option<i64>,
    /// Milliseconds since the phone's start.
    pub monotonic_ms: Option<i64>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Kept {
    /// Of a reading that no phone took.
    pub const fn without_evidence(account_id: String, meant_period: Period) -> Self {
        Self {
            account_id,
            meant_period,
            entered: None,
            supersedes: None,
            phone_at: None,
            skew_ms: None,
            monotonic_ms: None,
            withdrawn_at: None,
        }
    }
}

/// A reading with everything that is kept of it, for the control listener.
#[derive(Clone, Debug, Serialize)]
pub struct StoredReading {
    /// As the contract shows it.
    #[serde(flatten)]
    pub reading: Reading,
    /// And what it doesn't.
    #[serde(flatten)]
    pub kept: Kept,
}

/// A service request, a question or an appeal.
#[derive(Clone, Debug, Serialize)]
pub struct Letter {
    /// The cabinet's id.
    pub id: String,
    /// Which of them.
    pub kind: LetterKind,
    /// The account; none for an appeal.
    pub account_id: Option<String>,
    /// What it is about, as a code.
    pub topic: String,
    /// The text.
    pub text: String,
    /// When it was written, by the phone's word.
    pub written_at: DateTime<Utc>,
    /// The meter that it is about.
    pub meter_id: Option<String>,
    /// The day that suits the resident.
    pub wanted_on: Option<NaiveDate>,
    /// What became of it.
    pub status: LetterStatus,
    /// When the cabinet got it.
    pub received_at: DateTime<Utc>,
    /// The number that it is registered under.
    pub receipt: String,
    /// The app's own id of it.
    pub client_item_id: String,
    /// What the utility answered.
    pub answer: Option<String>,
    /// When it did.
    pub answered_at: Option<DateTime<Utc>>,
    /// What nobody else of the account needs to see.
    #[serde(skip)]
    pub kept: LetterKept,
}

/// What the cabinet keeps of a letter for the utility's people.
#[derive(Clone, Debug, Serialize)]
pub struct LetterKept {
    /// Who was signed in.
    pub resident_id: Option<String>,
    /// Who writes.
    pub name: Option<String>,
    /// Where to answer.
    pub contact: Option<String>,
}

/// A letter with everything that is kept of it, for the control listener.
#[derive(Clone, Debug, Serialize)]
pub struct StoredLetter {
    /// As the contract shows it.
    #[serde(flatten)]
    pub letter: Letter,
    /// And what it doesn't.
    #[serde(flatten)]
    pub kept: LetterKept,
}

/// One month's charges of an account.
#[derive(Clone, Debug, Serialize)]
pub struct Charge {
    /// The account.
    pub account_id: String,
    /// The month.
    pub period: Period,
    /// Sum of the lines, kopecks.
    pub total_kopecks: i64,
    /// What is to be paid, older debts included, kopecks.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: NaiveDate,
    /// One line a meter, one for sewage, and what was put to them.
    pub lines: Vec<ChargeLine>,
}

/// One line of the charges.
#[derive(Clone, Debug, Serialize)]
pub struct ChargeLine {
    /// The service; none for a benefit or a recalculation that is of no one service.
    pub resource: Option<Resource>,
    /// The meter; none for sewage.
    pub meter_id: Option<String>,
    /// The reading that the line was made from.
    pub reading_id: Option<String>,
    /// What it rests on.
    pub basis: Basis,
    /// Value at the beginning.
    pub from_value: Option<Volume>,
    /// Value at the end.
    pub to_value: Option<Volume>,
    /// Volume charged; below zero where an estimate was too high before.
    pub volume: Volume,
    /// Kopecks a unit.
    pub tariff_kopecks: i64,
    /// Kopecks; below zero for what is given back.
    pub amount_kopecks: i64,
    /// What it is, in words for the resident.
    pub note: Option<String>,
}
