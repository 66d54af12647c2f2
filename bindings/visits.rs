//! Records of agreed visits.

use vodomer_core::app::{Visit, VisitRequest};

use crate::values::CivilDate;

/// A visit to be noted.
#[uniffi::remote(Record)]
pub struct VisitRequest {
    /// The account whose flat is visited.
    pub account_id: String,
    /// The day, of the utility's zone.
    pub date: CivilDate,
    /// `HH:MM`, where a time was agreed.
    #[uniffi(default = None)]
    pub from: Option<String>,
    /// `HH:MM`, the end of the time agreed.
    #[uniffi(default = None)]
    pub until: Option<String>,
    /// Who comes and why.
    #[uniffi(default = "")]
    pub note: String,
}

/// A visit that was noted.
#[uniffi::remote(Record)]
pub struct Visit {
    /// Names it in `forget_visit`.
    pub id: String,
    /// The account whose flat is visited.
    pub account_id: String,
    /// The flat, by its address.
    pub flat: String,
    /// The day.
    pub date: CivilDate,
    /// `HH:MM`, where a time was agreed.
    pub from: Option<String>,
    /// `HH:MM`, the end of the time agreed.
    pub until: Option<String>,
    /// Who comes and why.
    pub note: String,
}
