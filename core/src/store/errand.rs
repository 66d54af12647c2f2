//! What a resident sends besides readings: a reading taken back, and letters.

use chrono::NaiveDate;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use super::codec;
use super::item::State;
use super::seal::sealed_part;
use crate::domain::Instant;

/// What kind of thing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrandKind {
    /// A reading that may have arrived is taken back.
    Withdrawal,
    /// A specialist is asked for (заявка).
    ServiceRequest,
    /// A question about the account.
    Question,
    /// A letter to the virtual reception or to the head (обращение).
    Appeal,
}

/// What a letter says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterText {
    /// What it is about, as a code of the utility.
    pub topic: String,
    /// The text.
    pub text: String,
    /// The meter that it is about.
    pub meter_id: Option<String>,
    /// The day that suits the resident.
    pub wanted_on: Option<NaiveDate>,
    /// Who writes.
    pub name: Option<String>,
    /// Telephone or e-mail for the answer.
    pub contact: Option<String>,
}

/// An errand to be stored.
#[derive(Debug, Clone)]
pub struct NewErrand {
    /// Our id of it.
    pub item_id: String,
    /// What it is; a withdrawal is stored by `withdraw` alone.
    pub kind: ErrandKind,
    /// The account; only an appeal can be without one.
    pub account_id: Option<String>,
    /// What a letter says.
    pub letter: Option<LetterText>,
    /// When it was written, by the utility's clock.
    pub written_at: Instant,
    /// The key of every replay.
    pub idempotency_key: String,
}

/// An errand with its state.
#[derive(Debug, Clone)]
pub struct Errand {
    /// Our id of it.
    pub item_id: String,
    /// What it is.
    pub kind: ErrandKind,
    /// The account.
    pub account_id: Option<String>,
    /// The reading's item that is taken back.
    pub target: Option<String>,
    /// What a letter says.
    pub letter: Option<LetterText>,
    /// When it was written, by the utility's clock.
    pub written_at: Instant,
    /// The key of every replay.
    pub idempotency_key: String,
    /// How far it has come.
    pub state: State,
    /// JSON as it went out.
    pub payload: Option<String>,
    /// Attempts so far.
    pub attempts: i64,
    /// No attempt before.
    pub not_before: Instant,
    /// What kept it, or the utility's code.
    pub reason: Option<String>,
    /// JSON of the code's parameters.
    pub params: Option<String>,
    /// The first attempt that may have arrived.
    pub sent_at: Option<Instant>,
    /// When the utility got it, by its clock.
    pub received_at: Option<Instant>,
    /// When we saw it in the utility's list.
    pub read_back_at: Option<Instant>,
    /// The number that it is registered under.
    pub receipt: Option<String>,
}

impl ErrandKind {
    const ALL: [Self; 4] = [Self::Withdrawal, Self::ServiceRequest, Self::Question, Self::Appeal];

    /// The name in the database and in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Withdrawal => "withdrawal",
            Self::ServiceRequest => "service_request",
            Self::Question => "question",
            Self::Appeal => "appeal",
        }
    }
}

// Names that both tables have are read from `errand`, which comes first.
pub(super) const ERRAND: &str = "SELECT errand.*, NULL AS its_outbox, outbox.*
    FROM outbox JOIN errand ON errand.item_id = outbox.item_id";

pub(super) fn errand_row(row: &Row<'_>) -> rusqlite::Result<Errand> {
    let outbox = row.as_ref().column_index("its_outbox")?;
    sealed_part(row, 0..outbox)?;
    sealed_part(row, outbox + 1..row.as_ref().column_count())?;
    let kind: String = row.get("kind")?;
    let kind = ErrandKind::ALL.into_iter().find(|k| k.name() == kind);
    let letter: Option<String> = row.get("letter")?;
    let read = |json: String| codec::parsed(row, "letter", serde_json::from_str(&json).ok());
    Ok(Errand {
        item_id: row.get("item_id")?,
        kind: codec::parsed(row, "kind", kind)?,
        account_id: row.get("account_id")?,
        target: row.get("target")?,
        letter: letter.map(read).transpose()?,
        written_at: codec::instant(row, "written_at")?,
        idempotency_key: row.get("idempotency_key")?,
        state: State::read(row)?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
        not_before: codec::instant(row, "not_before")?,
        reason: row.get("reason")?,
        params: row.get("params")?,
        sent_at: codec::maybe_instant(row, "sent_at")?,
        received_at: codec::maybe_instant(row, "received_at")?,
        read_back_at: codec::maybe_instant(row, "read_back_at")?,
        receipt: row.get("receipt")?,
    })
}
