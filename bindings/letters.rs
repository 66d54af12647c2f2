//! Letters to the utility, and what is taken back or removed from the phone.

use vodomer_core::app::{
    LetterEntry, LetterKind, LetterProblem, LetterRequest, OutboxEntry, Recovered, Status, WipeOutcome,
    WipeRequest, Withdrawn,
};

use crate::values::{CivilDate, UtcMillis};

/// What a letter is.
#[uniffi::remote(Enum)]
pub enum LetterKind {
    /// A specialist is asked for (заявка).
    ServiceRequest,
    /// A question about the account.
    Question,
    /// A letter to the virtual reception or to the head (обращение).
    Appeal,
}

/// A letter to be sent.
#[uniffi::remote(Record)]
pub struct LetterRequest {
    /// What it is.
    pub kind: LetterKind,
    /// The account; only an appeal can be without one.
    #[uniffi(default = None)]
    pub account_id: Option<String>,
    /// What it is about, as a code of the utility: `verification, sealing, leak, charges, other …`.
    pub topic: String,
    /// The text.
    pub text: String,
    /// The meter that it is about.
    #[uniffi(default = None)]
    pub meter_id: Option<String>,
    /// The day that suits the resident, in the utility's zone.
    #[uniffi(default = None)]
    pub wanted_on: Option<CivilDate>,
    /// Who writes; an appeal needs it.
    #[uniffi(default = None)]
    pub name: Option<String>,
    /// Telephone or e-mail for the answer; an appeal needs it.
    #[uniffi(default = None)]
    pub contact: Option<String>,
}

/// Why a letter can't be sent as it is.
#[uniffi::remote(Enum)]
pub enum LetterProblem {
    /// There is no text.
    NoText,
    /// The text is too long.
    TextTooLong {
        /// Characters that it may have.
        limit: i32,
    },
    /// An appeal needs a name and a way to answer.
    NoNameOrContact,
    /// Requests and questions are about an account, and no letter can be about one that nobody has signed in for.
    NoAccount,
}

/// A letter and how far it has come.
#[uniffi::remote(Record)]
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
    pub written_at: UtcMillis,
    /// What keeps it, or the utility's code.
    pub reason: Option<String>,
    /// The utility's parameters of that code, as JSON.
    pub params: Option<String>,
    /// The next attempt, when it waits for one.
    pub next_attempt: Option<UtcMillis>,
    /// When the utility got it, by its own clock.
    pub received_at: Option<UtcMillis>,
    /// The number that it is registered under.
    pub receipt: Option<String>,
}

/// What became of a withdrawal.
#[uniffi::remote(Enum)]
pub enum Withdrawn {
    /// It had not left the phone: it is off the queue.
    AtOnce,
    /// The utility may have it: it will be asked to give it back, and the queue shows what it says.
    Queued,
    /// A charge was made from it, or a letter has arrived: it can't be taken back here.
    TooLate,
}

/// What is to be removed.
#[uniffi::remote(Record)]
pub struct WipeRequest {
    /// The login of this account with all its accounts; without one, everything on the phone.
    #[uniffi(default = None)]
    pub account_id: Option<String>,
    /// The items that the resident has agreed to lose.
    #[uniffi(default = [])]
    pub confirmed: Vec<String>,
}

/// What came of it.
#[uniffi::remote(Enum)]
pub enum WipeOutcome {
    /// It is gone from the phone; what the utility holds stays there.
    Wiped,
    /// It is gone from the app, but the disk could not be cleaned: freed pages, or a damaged file that was set aside, may
    /// still hold some of it. Wiping everything once more cleans it, when the disk lets it.
    TracesLeft,
    /// Nothing is removed yet: this is not at the utility, and would be lost.
    Asked {
        /// Readings that would be lost.
        readings: Vec<OutboxEntry>,
        /// Letters that would be lost.
        letters: Vec<LetterEntry>,
    },
}

/// A recovery that has happened.
#[uniffi::remote(Record)]
pub struct Recovered {
    /// When.
    pub at: UtcMillis,
    /// Readings that were not at the utility yet, and are back in the queue.
    pub readings: i32,
}
