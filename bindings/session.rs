//! Records of opening, signing in and syncing.

use vodomer_core::app::{LoginHint, LoginRequest, OpenOptions, SyncOutcome, SyncReport};

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
    /// When to try again; none when nothing waits.
    pub retry_at: Option<UtcMillis>,
}

/// The likely cause of a refused login.
#[uniffi::remote(Enum)]
pub enum LoginHint {
    /// The password holds Russian letters: the layout was not switched.
    RussianLetters,
    /// All letters are capital: Caps Lock.
    CapsLock,
    /// A space at the beginning or the end.
    StraySpace,
}
