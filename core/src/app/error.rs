//! The errors that cross to the shell: few, named by what the resident can do.
//!
//! One mapping makes them from everything below. None carries an account, a name or a token.

use super::{LetterProblem, ReplacedField};
use crate::domain::{
    ClaimProblem, LoginHint, ProfileProblem, ProfileProblems, RegistersProblem, TypedProblem,
};
use crate::portal::Failure;
use crate::store::StoreError;

/// Why a call did not do what was asked. Everything is then as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The typed text is no reading: show the problem at the field.
    #[error("typed text: {problem}")]
    Typed {
        /// What is wrong, and where.
        problem: TypedProblem,
    },
    /// One of a replaced meter's two values is no reading: show the problem at its field.
    #[error("typed text of a replaced meter: {problem}")]
    ReplacedTyped {
        /// Which of the two.
        field: ReplacedField,
        /// What is wrong, and where.
        problem: TypedProblem,
    },
    /// What is said to have happened to the meter can't be.
    #[error("the claim can't be: {problem}")]
    Claim {
        /// Why.
        problem: ClaimProblem,
    },
    /// One of a meter's tariff zones can't be taken: show the problem at its field.
    #[error("tariff zones: {problem}")]
    Zones {
        /// Which, and why.
        problem: RegistersProblem,
    },
    /// Login or password are wrong: show the likely cause, keep what was typed.
    #[error("login or password are wrong")]
    BadCredentials {
        /// What the keyboard probably did.
        hint: Option<LoginHint>,
    },
    /// Too many wrong passwords: try later.
    #[error("too many tries, wait {wait_seconds} s")]
    TooManyTries {
        /// Seconds to wait.
        wait_seconds: i64,
    },
    /// There is no network: signing in needs one, readings do not.
    #[error("no network")]
    Offline,
    /// The utility's server is not known under that name.
    #[error("no server under the name {host}")]
    ServerNotFound {
        /// The name.
        host: String,
    },
    /// Something else answered: a page of the Wi-Fi, or a server that is not trusted.
    #[error("the answer is not the utility's")]
    NotTheUtility,
    /// The utility's server can't answer now: try later.
    #[error("the server is busy")]
    ServerBusy,
    /// Another pass is under way.
    #[error("a pass is under way")]
    Busy,
    /// The meter, item, account or month is not known here (any more).
    #[error("not known here: {what}")]
    NotFound {
        /// Which kind of thing.
        what: String,
    },
    /// A letter can't be sent as it is: show it at the field.
    #[error("the letter: {problem}")]
    Letter {
        /// What is wrong.
        problem: LetterProblem,
    },
    /// A visit's day is over, or its times are none: show it at the field.
    #[error("the visit's times can't be")]
    VisitTime,
    /// The file under the database's name is none of ours: offer to set it aside.
    #[error("the file is not a Vodomer database")]
    StorageNotOurs,
    /// The database is damaged: offer to set it aside.
    #[error("the database is damaged")]
    StorageDamaged,
    /// A newer app wrote the database: update the app.
    #[error("the database is of a newer version")]
    StorageNewer,
    /// The phone is full; nothing was saved.
    #[error("no space left")]
    StorageFull,
    /// The folder can't be written; nothing was saved.
    #[error("the storage can't be written")]
    StorageNotWritable,
    /// The utility's profile can't be used: for the team, not for the resident.
    #[error("{}", ProfileProblems(problems.clone()))]
    ProfileInvalid {
        /// Each field, and what is wrong with it.
        problems: Vec<ProfileProblem>,
    },
    /// A defect of ours.
    #[error("internal: {reason}")]
    Internal {
        /// For the crash report; holds no personal data.
        reason: String,
    },
}

impl Error {
    pub(super) fn not_found(what: &str) -> Self {
        Self::NotFound { what: what.to_owned() }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotOurs => Self::StorageNotOurs,
            StoreError::Damaged => Self::StorageDamaged,
            StoreError::Newer { .. } => Self::StorageNewer,
            StoreError::Full => Self::StorageFull,
            StoreError::NotWritable => Self::StorageNotWritable,
            // SQLite's own words name tables and codes, never their contents.
            StoreError::Sqlite(error) => Self::Internal { reason: error.to_string() },
        }
    }
}

impl From<ProfileProblems> for Error {
    fn from(problems: ProfileProblems) -> Self {
        Self::ProfileInvalid { problems: problems.0 }
    }
}

impl From<ClaimProblem> for Error {
    fn from(problem: ClaimProblem) -> Self {
        Self::Claim { problem }
    }
}

impl From<RegistersProblem> for Error {
    fn from(problem: RegistersProblem) -> Self {
        Self::Zones { problem }
    }
}

impl From<TypedProblem> for Error {
    fn from(problem: TypedProblem) -> Self {
        Self::Typed { problem }
    }
}

/// Why signing in failed, in the resident's terms.
pub(super) fn sign_in_error(failure: Failure, host: &str, login: &str, password: &str) -> Error {
    match failure {
        Failure::Unreachable => Error::Offline,
        Failure::UnknownHost => Error::ServerNotFound { host: host.to_owned() },
        Failure::Untrusted | Failure::NotTheUtility { .. } => Error::NotTheUtility,
        Failure::AnswerLost | Failure::Unreadable => Error::ServerBusy,
        Failure::Refused { status: 401, .. } => {
            Error::BadCredentials { hint: crate::domain::login_hint(login, password) }
        }
        Failure::Refused { status: 429, retry_after, .. } => {
            let seconds = retry_after.unwrap_or(60);
            Error::TooManyTries { wait_seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
        }
        Failure::Refused { .. } => Error::ServerBusy,
    }
}
