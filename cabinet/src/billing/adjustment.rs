//! Benefits and recalculations: amounts that no volume makes, put on the newest receipt.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::BillingError;
use crate::domain::{Basis, Period, Resource, Volume};
use crate::records::ChargeLine;
use crate::storage::Storage;

/// What kind of amount it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentKind {
    /// What the resident need not pay, by law.
    Benefit,
    /// What was charged wrongly before.
    Recalculation,
}

/// An amount for one account's charged month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// The account's id.
    pub account_id: String,
    /// The month, which must be the last that was charged: what is due in later ones rests on it.
    pub period: Period,
    /// Benefit or recalculation.
    pub basis: AdjustmentKind,
    /// The service, if it is of one.
    pub resource: Option<Resource>,
    /// Kopecks; below zero for what the resident need not pay.
    pub amount_kopecks: i64,
    /// What it is, in words for the resident.
    pub note: Option<String>,
}

/// Adds a line to a charged month; total, sum due and balance go with it.
///
/// # Errors
/// [`BillingError`]; then nothing is changed.
pub fn adjust(storage: &Storage, adjustment: &Adjustment, now: DateTime<Utc>) -> Result<(), BillingError> {
    let Adjustment { account_id, period, basis, resource, amount_kopecks, note } = adjustment;
    let line = ChargeLine {
        resource: *resource,
        meter_id: None,
        reading_id: None,
        basis: match basis {
            AdjustmentKind::Benefit => Basis::Benefit,
            AdjustmentKind::Recalculation => Basis::Recalculation,
        },
        from_value: None,
        to_value: None,
        volume: Volume::ZERO,
        tariff_kopecks: 0,
        amount_kopecks: *amount_kopecks,
        note: note.clone(),
    };
    storage.write(|tx| {
        let newest = tx.books().charges(account_id)?.into_iter().next();
        let Some(charge) = newest.filter(|charge| charge.period == *period) else {
            return Err(BillingError::NotTheLastCharged(*period));
        };
        let due_kopecks = charge.due_kopecks + amount_kopecks;
        tx.add_charge_line(&charge, &line)?;
        Ok(tx.set_balance(account_id, due_kopecks, *period, now)?)
    })
}
