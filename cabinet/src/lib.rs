//! A reference server of the utility's contract (`contract/openapi.yaml`): for the demo, the tests, and a utility
//! that starts from nothing.
//!
//! - [`Config`]: what an operator sets; [`Cabinet::start`] and [`Running`]: a cabinet in this process
//! - `http`: the contract's routes; `listener`: connections; `control`: steering it in tests
//! - `auth`: passwords, tokens; `recovery`: new logins by letter; `mail`: who carries it; `import`: tables; `readings`: judging what was posted; `letters`: what residents write; `registrations`: applications for an account; `payments`: paying, with
//!   `receipt`; `billing`: charging
//!   a month; `notices`: news and outages; `utility`: the utility as data
//! - `database`: where it is; `storage`: all SQL; `records`: what it holds; `history`: a meter's past; `domain`: the words of the field

mod auth;
mod billing;
mod cabinet;
mod canonical;
mod clock;
mod config;
mod control;
mod database;
pub mod demo;
pub mod domain;
mod error;
mod faults;
mod history;
mod housekeeping;
mod http;
mod import;
mod letters;
mod listener;
mod mail;
mod notices;
mod payments;
mod readings;
mod receipt;
pub mod records;
mod recovery;
mod registrations;
mod request_log;
mod running;
mod storage;
mod utility;

pub use billing::{Adjustment, AdjustmentKind, BillingError};
pub use config::{
    AppealRules, Bank, Config, ConfigError, Norms, PasswordCost, PaymentRules, PerResource, ReadingRules,
    RecoveryRules, RegistrationRules, Rules, SignInRules,
};
pub use control::Control;
pub use database::{Database, NoDatabase, Server};
pub use error::Broken;
pub use faults::Which;
pub use http::served;
pub use import::{ImportError, Kind};
pub use mail::{FilesMailer, Mail, MailError, Mailer};
pub use notices::{NewNews, NewOutage, News, NoticeError, Outage, Place};
pub use readings::{Channel, Entry, EntryError};
pub use registrations::{Registration, Verdict, VerdictError};
pub use request_log::{Outcome, RequestEntry};
pub use running::{Cabinet, Running, StartError};
pub use storage::{BillingRun, Books, ChangedBooks, NewMeter, PostgresError, Span, StorageError};
pub use utility::Utility;
