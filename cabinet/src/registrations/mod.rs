//! Applications for an account, of anybody: registered once however often they are sent, and answered by letter.
//!
//! No passport is in them, nor may one come with them: it is shown in the office, with the printed form.

mod posted;
mod take;
mod verdict;

pub use take::{NotTaken, take};
pub use verdict::{Verdict, VerdictError, give_login};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::LetterStatus;

/// An application, as the utility's people see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Registration {
    /// The cabinet's id.
    pub id: String,
    /// The app's own id of it.
    pub client_item_id: String,
    /// Of whoever applies.
    pub surname: String,
    /// Of whoever applies.
    pub name: String,
    /// Of whoever applies, if they have one.
    pub patronymic: Option<String>,
    /// Where the flat is.
    pub address: String,
    /// The number on the bill, if it is known.
    pub account_number: Option<String>,
    /// As it was typed.
    pub phone: String,
    /// Where the answer goes.
    pub email: String,
    /// When it was written, by the phone's word.
    pub written_at: DateTime<Utc>,
    /// When the cabinet got it.
    pub received_at: DateTime<Utc>,
    /// The number that it is registered under.
    pub receipt: String,
    /// What became of it.
    pub status: LetterStatus,
    /// What was answered.
    pub answer: Option<String>,
    /// When it was.
    pub answered_at: Option<DateTime<Utc>>,
}
