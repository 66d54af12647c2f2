//! Records of charges and documents.

use vodomer_core::app::{Charge, ChargeLine, Document, Resource};

use crate::values::{CivilDate, Period, Volume};

/// The charges of one month.
#[uniffi::remote(Record)]
pub struct Charge {
    /// The month.
    pub period: Period,
    /// Sum of the lines, kopecks.
    pub total_kopecks: i64,
    /// To be paid, kopecks; debts of before included.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: Option<CivilDate>,
    /// The lines.
    pub lines: Vec<ChargeLine>,
}

/// One line of the charges.
#[uniffi::remote(Record)]
pub struct ChargeLine {
    /// The service.
    pub resource: Resource,
    /// `meter, average, norm`.
    pub basis: String,
    /// Value before.
    pub from_value: Option<Volume>,
    /// Value after.
    pub to_value: Option<Volume>,
    /// Volume charged.
    pub volume: Volume,
    /// Kopecks a unit.
    pub tariff_kopecks: i64,
    /// Kopecks.
    pub amount_kopecks: i64,
}

/// A document to print, share or save.
#[uniffi::remote(Record)]
pub struct Document {
    /// Title, in Russian.
    pub title: String,
    /// Name for the file.
    pub file_name: String,
    /// A page that needs nothing else.
    pub html: String,
}
