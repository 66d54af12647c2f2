//! Paying at the bank's page: begun here, settled by the bank, counted into the balance exactly once.

mod begin;
mod settle;

pub use begin::{Begun, NotBegun, Payer, begin};
pub use settle::settle;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::{PaymentStatus, Period};

/// A payment of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// The cabinet's id; whoever knows it may open its page.
    pub id: String,
    /// The account.
    pub account_id: String,
    /// Kopecks, above zero.
    pub amount_kopecks: i64,
    /// The month whose receipt is paid, if it is one.
    pub period: Option<Period>,
    /// What it is for, as it stands on the bank's page.
    pub purpose: String,
    /// What became of it.
    pub status: PaymentStatus,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When the bank's page closes.
    pub expires_at: DateTime<Utc>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
    /// The number under which the money is in the books; there is one as soon as it is paid.
    #[serde(rename = "receipt_number")]
    pub receipt: Option<String>,
    /// Who began it.
    #[serde(skip)]
    pub resident_id: String,
}
