//! The one error type that crosses to Kotlin: `VodomerException`.

use vodomer_core::app::{
    ClaimProblem, Error as VodomerError, LetterProblem, LoginHint, ProfileProblem, RegistersProblem,
    ReplacedField, TypedProblem,
};

/// Why a call did not do what was asked. Everything is then as it was before.
#[uniffi::remote(Error)]
pub enum VodomerError {
    /// The typed text is no reading: show the problem at the field.
    Typed {
        /// What is wrong, and where.
        problem: TypedProblem,
    },
    /// One of a replaced meter's two values is no reading: show the problem at its field.
    ReplacedTyped {
        /// Which of the two.
        field: ReplacedField,
        /// What is wrong, and where.
        problem: TypedProblem,
    },
    /// What is said to have happened to the meter can't be.
    Claim {
        /// Why.
        problem: ClaimProblem,
    },
    /// One of a meter's tariff zones can't be taken: show the problem at its field.
    Zones {
        /// Which, and why.
        problem: RegistersProblem,
    },
    /// Login or password are wrong: show the likely cause, keep what was typed.
    BadCredentials {
        /// What the keyboard probably did.
        hint: Option<LoginHint>,
    },
    /// Too many wrong passwords: try later.
    TooManyTries {
        /// Seconds to wait.
        wait_seconds: i64,
    },
    /// There is no network: signing in needs one, readings do not.
    Offline,
    /// The utility's server is not known under that name.
    ServerNotFound {
        /// The name.
        host: String,
    },
    /// Something else answered: a page of the Wi-Fi, or a server that is not trusted.
    NotTheUtility,
    /// The utility's server can't answer now: try later.
    ServerBusy,
    /// Another pass is under way.
    Busy,
    /// The meter, item, account or month is not known here (any more).
    NotFound {
        /// Which kind of thing.
        what: String,
    },
    /// A letter can't be sent as it is: show it at the field.
    Letter {
        /// What is wrong.
        problem: LetterProblem,
    },
    /// A visit's day is over, or its times are none: show it at the field.
    VisitTime,
    /// The file under the database's name is none of ours: offer to set it aside.
    StorageNotOurs,
    /// The database is damaged: offer to set it aside.
    StorageDamaged,
    /// A newer app wrote the database: update the app.
    StorageNewer,
    /// The phone is full; nothing was saved.
    StorageFull,
    /// The folder can't be written; nothing was saved.
    StorageNotWritable,
    /// The utility's profile can't be used: for the team, not for the resident.
    ProfileInvalid {
        /// Each field, and what is wrong with it.
        problems: Vec<ProfileProblem>,
    },
    /// A defect of ours.
    Internal {
        /// For the crash report; holds no personal data.
        reason: String,
    },
}

/// Why a profile can't be used.
#[uniffi::remote(Record)]
pub struct ProfileProblem {
    /// Path of the field: `windows[1].closes.day`; `(file)` where the text is no JSON.
    pub field: String,
    /// What is wrong with it.
    pub reason: String,
}
