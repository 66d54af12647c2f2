//! One line of a month's charges, as the contract writes it.

use serde::{Deserialize, Serialize};

use super::{Resource, Volume};

/// One line of the charges: a service and its meter, or what was given or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChargeLine {
    /// The service; none for a benefit or a recalculation of no single service.
    pub resource: Option<Resource>,
    /// The meter, for metered services.
    pub meter_id: Option<String>,
    /// The reading that the line was made from.
    pub reading_id: Option<String>,
    /// `meter, average, norm, benefit, recalculation`, or what a newer server made up.
    pub basis: String,
    /// Value at the beginning of the month.
    pub from_value: Option<Volume>,
    /// Value at its end.
    pub to_value: Option<Volume>,
    /// Volume charged.
    pub volume: Volume,
    /// Kopecks for one unit.
    pub tariff_kopecks: i64,
    /// Kopecks; below zero for what is given back.
    pub amount_kopecks: i64,
    /// What the line is for, in the utility's words.
    #[serde(default)]
    pub note: Option<String>,
}
