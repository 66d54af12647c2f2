//! Letters to the utility: a request for a specialist, a question, an appeal. Written offline, queued like readings.

use chrono::{NaiveDate, TimeDelta};

use super::status::{Status, errand_status};
use super::{App, Error};
use crate::domain::Instant;
use crate::store::{self, Errand, ErrandKind, LetterText, NewErrand};

/// The contract's limit.
const LONGEST_TEXT: usize = 4_000;
/// Letters are shown for so long.
const SHOWN: TimeDelta = TimeDelta::days(365);

/// What a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// A specialist is asked for (заявка).
    ServiceRequest,
    /// A question about the account.
    Question,
    /// A letter to the virtual reception or to the head (обращение).
    Appeal,
}

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRequest {
    /// What it is.
    pub kind: LetterKind,
    /// The account; only an appeal can be without one.
    pub account_id: Option<String>,
    /// What it is about, as a code of the utility: `verification, sealing, leak, charges, other …`.
    pub topic: String,
    /// The text.
    pub text: String,
    /// The meter that it is about.
    pub meter_id: Option<String>,
    /// The day that suits the resident, in the utility's zone.
    pub wanted_on: Option<NaiveDate>,
    /// Who writes; an appeal needs it.
    pub name: Option<String>,
    /// Telephone or e-mail for the answer; an appeal needs it.
    pub contact: Option<String>,
}

/// Why a letter can't be sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterProblem {
    /// There is no text.
    #[error("there is no text")]
    NoText,
    /// The text is too long.
    #[error("the text is longer than {limit} characters")]
    TextTooLong {
        /// Characters that it may have.
        limit: i32,
    },
    /// An appeal needs a name and a way to answer.
    #[error("an appeal needs a name and a contact")]
    NoNameOrContact,
    /// Requests and questions are about an account, and no letter can be about one that nobody has signed in for.
    #[error("an account is needed")]
    NoAccount,
}

/// A letter and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterEntry {
    /// The item.
    pub item_id: String,
    /// What it is.
    pub kind: LetterKind,
    /// The account.
    pub account_id: Option<String>,
    /// What it is about.
    pub topic: String,
    /// The text.
    pub text: String,
    /// How far it has come.
    pub status: Status,
    /// When it was written.
    pub written_at: Instant,
    /// What keeps it, or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
    /// The next attempt, when it waits for one.
    pub next_attempt: Option<Instant>,
    /// When the utility got it, by its own clock.
    pub received_at: Option<Instant>,
    /// The number that it is registered under.
    pub receipt: Option<String>,
}

impl App {
    /// Keeps a letter: when this returns its item, it is on the disk and in the queue.
    ///
    /// # Errors
    /// [`Error::Letter`] says what is missing; [`Error::NotFound`] for an account or meter that is not known. Nothing is
    /// stored then.
    pub fn write_letter(&self, request: &LetterRequest) -> Result<String, Error> {
        let letter = checked(request)?;
        let now = self.now()?;
        let new = NewErrand {
            item_id: self.env.new_id(now),
            kind: request.kind.errand(),
            account_id: request.account_id.clone(),
            letter: Some(letter),
            written_at: now,
            idempotency_key: self.env.new_key(),
        };
        let kept = self.store.write(|db| {
            let account = request.account_id.as_ref().map(|account| store::account(db, account));
            match account.transpose()?.flatten() {
                None if request.account_id.is_some() => return Ok(Err(Error::not_found("account"))),
                // Nobody could send it, nor read the answer.
                Some(account) if account.login_id.is_none() => {
                    return Ok(Err(Error::Letter { problem: LetterProblem::NoAccount }));
                }
                Some(_) | None => {}
            }
            if let Some(meter) = &request.meter_id
                && store::meter(db, meter)?.is_none()
            {
                return Ok(Err(Error::not_found("meter")));
            }
            store::add_errand(db, &new)?;
            Ok(Ok(()))
        })?;
        kept.map(|()| new.item_id)
    }

    /// The letters of a year and those that still wait, the newest first.
    ///
    /// # Errors
    /// The `Storage…` variants.
    pub fn letters(&self) -> Result<Vec<LetterEntry>, Error> {
        let since = self.now()? - SHOWN;
        let errands = self.store.read(|db| store::errands(db, since))?;
        Ok(errands.iter().filter_map(letter_entry).collect())
    }
}

/// What of a letter is kept, or what it lacks.
fn checked(request: &LetterRequest) -> Result<LetterText, Error> {
    let said =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let letter = LetterText {
        topic: request.topic.trim().to_owned(),
        text: request.text.trim().to_owned(),
        meter_id: request.meter_id.clone(),
        wanted_on: request.wanted_on,
        name: said(&request.name),
        contact: said(&request.contact),
    };
    let appeal = request.kind == LetterKind::Appeal;
    let problem = if letter.text.is_empty() {
        LetterProblem::NoText
    } else if letter.text.chars().count() > LONGEST_TEXT {
        LetterProblem::TextTooLong { limit: i32::try_from(LONGEST_TEXT).unwrap_or(i32::MAX) }
    } else if appeal && (letter.name.is_none() || letter.contact.is_none()) {
        LetterProblem::NoNameOrContact
    } else if !appeal && request.account_id.is_none() {
        LetterProblem::NoAccount
    } else {
        return Ok(letter);
    };
    Err(Error::Letter { problem })
}

/// A letter's line; none for a withdrawal, which is shown with its reading.
pub(super) fn letter_entry(errand: &Errand) -> Option<LetterEntry> {
    let letter = errand.letter.clone()?;
    let waits = matches!(errand.state, store::State::Queued | store::State::Sending);
    Some(LetterEntry {
        item_id: errand.item_id.clone(),
        kind: LetterKind::of(errand.kind)?,
        account_id: errand.account_id.clone(),
        topic: letter.topic,
        text: letter.text,
        status: errand_status(errand),
        written_at: errand.written_at,
        reason: errand.reason.clone(),
        params: errand.params.clone(),
        next_attempt: waits.then_some(errand.not_before),
        received_at: errand.received_at,
        receipt: errand.receipt.clone(),
    })
}

impl LetterKind {
    fn errand(self) -> ErrandKind {
        match self {
            Self::ServiceRequest => ErrandKind::ServiceRequest,
            Self::Question => ErrandKind::Question,
            Self::Appeal => ErrandKind::Appeal,
        }
    }

    fn of(errand: ErrandKind) -> Option<Self> {
        match errand {
            ErrandKind::Withdrawal => None,
            ErrandKind::ServiceRequest => Some(Self::ServiceRequest),
            ErrandKind::Question => Some(Self::Question),
            ErrandKind::Appeal => Some(Self::Appeal),
        }
    }
}

#[cfg(test)]
#[path = "letters_tests.rs"]
mod tests;
