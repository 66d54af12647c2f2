//! What a resident may have to be reminded of, as plain data. What is done is simply not in it.

use chrono::{NaiveDate, NaiveTime};

use super::super::Period;

/// Everything that is left to do, for all accounts and meters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occasions {
    /// Readings.
    pub agenda: Agenda,
    /// Meters in use that have a date of verification.
    pub verifications: Vec<VerificationDue>,
    /// Visits agreed and not cancelled.
    pub visits: Vec<AgreedVisit>,
    /// Bills that are not paid.
    pub payments: Vec<PaymentDue>,
}

/// What is left to do in the window that is open, or in the next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agenda {
    /// Ids of the meters without a reading.
    pub missing: Vec<String>,
    /// Readings taken that have not left the phone.
    pub unsent: i32,
}

/// A meter must be verified (поверка).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationDue {
    /// The meter.
    pub meter_id: String,
    /// The last day on which its readings count.
    pub verify_by: NaiveDate,
}

/// Somebody of the utility comes: an inspector, a repairer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedVisit {
    /// The visit.
    pub id: String,
    /// The day.
    pub date: NaiveDate,
    /// Not before this time of the utility's day, where it was agreed.
    pub from: Option<NaiveTime>,
    /// Not after this time, where it was agreed.
    pub until: Option<NaiveTime>,
}

/// A bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDue {
    /// The account.
    pub account_id: String,
    /// The month that is paid for.
    pub period: Period,
    /// The last day to pay.
    pub pay_by: NaiveDate,
    /// What is owed; nothing is said of zero or of an overpayment.
    pub kopecks: i64,
}
