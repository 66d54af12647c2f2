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
    /// The service; none for a benefit or a recalculation of no single service.
    pub resource: Option<Resource>,
    /// The meter, for metered services.
    pub meter_id: Option<String>,
    /// The reading that the line was made from.
    pub reading_id: Option<String>,
    /// `meter, average, norm, benefit, recalculation`, or what a newer server made up.
    pub basis: String,
    /// Value before.
    pub from_value: Option<Volume>,
    /// Value after.
    pub to_value: Option<Volume>,
    /// Volume charged.
    pub volume: Volume,
    /// Kopecks a unit.
    pub tariff_kopecks: i64,
    /// Kopecks; below zero for what is given back.
    pub amount_kopecks: i64,
    /// What the line is for, in the utility's words.
    pub note: Option<String>,
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
