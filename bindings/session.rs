//! Records of opening, signing in and syncing.

use vodomer_core::app::{
    LoginCause, LoginField, LoginHint, LoginRequest, OpenOptions, SyncOutcome, SyncReport,
};

use crate::values::UtcMillis;

/// How to open the core.
#[uniffi::remote(Record)]
pub struct OpenOptions {
    /// A private folder of the app; the database lives in it.
    pub dir: String,
    /// The utility as JSON; without it, Kursk's profile that is compiled in.
    #[uniffi(default = None)]
    pub profile_json: Option<String>,
    /// Version of the app, for the server's log.
    #[uniffi(default = "")]
    pub app_version: String,
}

/// What the resident typed to sign in.
#[uniffi::remote(Record)]
pub struct LoginRequest {
    /// Account number, or the login from the utility's letter.
    pub login: String,
    /// The password; lives only as long as the call.
    pub password: String,
    /// «Запомнить меня».
    #[uniffi(default = true)]
    pub remember: bool,
}

/// How a pass ended.
#[uniffi::remote(Enum)]
pub enum SyncOutcome {
    /// Everything due has gone, and the account is up to date.
    Done,
    /// No network; nothing is wrong.
    Offline,
    /// A page of the Wi-Fi, or another server, answered.
    NotTheUtility,
    /// The server can't answer now, or its answer was lost.
    ServerBusy,
    /// The password is wanted; readings are kept.
    NeedsSignIn,
    /// Another pass is under way.
    Busy,
    /// Ended by `cancel`.
    Cancelled,
    /// Ended by its budget.
    OutOfTime,
}

/// What a pass did.
#[uniffi::remote(Record)]
pub struct SyncReport {
    /// How it ended.
    pub outcome: SyncOutcome,
    /// Readings that the utility said to have.
    pub sent: i32,
    /// Readings seen in the utility's list for the first time: «принято».
    pub accepted: i32,
    /// Readings that the utility asks about.
    pub asked: i32,
    /// Readings that it refused.
    pub rejected: i32,
    /// Readings still on the phone.
    pub waiting: i32,
    /// When to try again, by the phone's own clock; none when nothing waits that could go by itself.
    pub retry_at: Option<UtcMillis>,
}

/// A likely cause, and for a login what was probably meant. Of a password nothing is ever given back.
#[uniffi::remote(Record)]
pub struct LoginHint {
    /// Which of the two fields.
    pub field: LoginField,
    /// What is probably wrong with it.
    pub cause: LoginCause,
    /// The login that was probably meant; never a password.
    pub suggestion: Option<String>,
}

/// A field of the login screen.
#[uniffi::remote(Enum)]
pub enum LoginField {
    /// The login, mostly the account number.
    Login,
    /// The password.
    Password,
}

/// What is probably wrong with what was typed, the surest first.
#[uniffi::remote(Enum)]
pub enum LoginCause {
    /// Russian letters: the layout was not switched to Latin.
    RussianLetters,
    /// Latin and Russian letters that look the same, in one word.
    MixedAlphabets,
    /// Letters in the account number that look like digits.
    LookAlikeDigits,
    /// A space, or something invisible, at the beginning or the end.
    StraySpace,
    /// The account number was typed with spaces, dashes or «л/с».
    Separators,
    /// All letters are capital, or their case is turned inside out: Caps Lock.
    CapsLock,
    /// Latin letters that read as Russian: the layout was not switched to Russian.
    LatinLetters,
}
