//! The facade: everything that the shell asks, one call a screen.
//!
//! It reads the store, lets the domain judge, and gives back what is to be shown. Nothing is kept in memory but
//! tokens, so any number of calls after any kind of restart tell the same.

mod by_hand;
mod capture;
mod channels;
mod contacts;
mod cost;
mod documents;
mod error;
mod history;
mod home;
mod letters;
mod open;
mod outbox;
mod past;
mod payment;
mod plan;
mod receipt;
mod recovered;
mod registration;
mod session;
mod snapshot;
mod status;
mod visits;
mod wipe;
mod withdraw;

use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use crate::domain::{Calendar, Instant, Profile};
use crate::env::Env;
use crate::store::{Store, StoreError};
use crate::sync::clock;
use crate::sync::tokens::TokenKeeper;

pub use self::session::{SyncOutcome, SyncReport};
pub use crate::documents::messages::sms::Message;
pub use crate::documents::page::Paper;
pub use crate::documents::payment_code::{Field, ReadProblem, Scanned, Warning, WriteProblem};
pub use crate::domain::{
    AccountNumberProblem, Answers, Basis, Cause, ChargeLine, ChargeVerdict, ChartPoint, ClaimProblem, Doubt,
    Guess, LineFinding, LineVerdict, LoginCause, LoginField, LoginHint, PhonePurpose, ProfileProblem,
    Question, RegistersProblem, RegistrationField, RegistrationForm, RegistrationProblem, RegistrationReason,
    ReminderKind, Replacement, Resource, Source, Suggestion, TypedProblem, Unknown, UseKind, Verdict, Why,
};
pub use crate::store::Channel;
pub use by_hand::{AccountByHand, ByHandError, MeterByHand};
pub use capture::{
    CaptureOutcome, CaptureRequest, CaptureScreen, Happened, LastReading, NextMeter, Preview, ReplacedField,
    Saved, ZoneReading, ZonesOutcome,
};
pub use channels::{AccountChannels, Letter, PhoneScript};
pub use contacts::{ContactEmail, ContactLine, ContactOffice, Contacts, EmailPurpose};
pub use cost::{MissingCost, MissingMeter};
pub use documents::{Table, scan_payment_code, scan_payment_code_bytes};
pub use error::Error;
pub use history::{MeterHistory, PastReading};
pub use home::{Balance, BalanceKind, Flat, Hero, Home, MeterCard, Waiting};
pub use letters::{LetterEntry, LetterKind, LetterProblem, LetterRequest};
pub use open::{OpenOptions, set_aside_damaged};
pub use outbox::{OutboxEntry, Proof, Timing, WithdrawalEntry};
pub use payment::{PaymentError, PaymentPicture};
pub use plan::{MeterName, Notice, NoticeTopic, Plan};
pub use receipt::{Charge, Document};
pub use recovered::Recovered;
pub use registration::{RegistrationError, RegistrationPapers};
pub use session::LoginRequest;
pub use status::Status;
pub use visits::{Visit, VisitRequest};
pub use wipe::{WipeOutcome, WipeRequest};
pub use withdraw::Withdrawn;

/// The open core: one a process.
pub struct App {
    pub(crate) store: Store,
    pub(crate) env: Env,
    profile: Profile,
    tokens: TokenKeeper,
    /// Held by the one pass that is under way.
    passing: Mutex<()>,
    cancelled: AtomicBool,
    /// The whole file was looked at since the start.
    verified: AtomicBool,
}

impl App {
    fn calendar(&self) -> Calendar {
        self.profile.calendar()
    }

    /// Now, by the utility's clock.
    fn now(&self) -> Result<Instant, StoreError> {
        self.store.read(|db| clock::now(db, &self.env))
    }
}
