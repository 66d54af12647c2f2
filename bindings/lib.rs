//! Everything that crosses to Kotlin, and nothing else: the object, its records, its errors.
//!
//! The records are the core's own types, described here to UniFFI (`remote`): there is nothing to convert, and the
//! compiler refuses a description that differs. Docs written here become the KDoc of the generated Kotlin.
//!
//! - [`Vodomer`]: the object, one a process
//! - `home`, `capture`, `question`, `outbox`, `plan`, `history`, `cost`, `session`, `receipt`, `visits`, `contacts`, `documents`,
//!   `registration`, `by_hand`: what its calls take and give
//! - `error`: why a call did not do what was asked
//! - `lent`: what the shell lends the core
//! - `values`: instants, months, volumes

mod by_hand;
mod capture;
mod contacts;
mod cost;
mod documents;
mod error;
mod history;
mod home;
mod lent;
mod letters;
mod logging;
mod outbox;
mod plan;
mod question;
mod receipt;
mod registration;
mod session;
mod values;
mod visits;
mod vodomer;

pub use lent::{Clock, SecretError, SecretStore};
pub use registration::{EnteredForm, RegistrationForm, Sheet};
pub use vodomer::{Vodomer, scan_payment_code, scan_payment_code_bytes, set_aside_damaged};

uniffi::setup_scaffolding!("vodomer");
