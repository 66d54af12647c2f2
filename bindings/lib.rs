//! Everything that crosses to Kotlin, and nothing else: the object, its records, its errors.
//!
//! The records are the core's own types, described here to UniFFI (`remote`): there is nothing to convert, and the
//! compiler refuses a description that differs. Docs written here become the KDoc of the generated Kotlin.
//!
//! - [`Vodomer`]: the object, one a process
//! - `home`, `capture`, `question`, `outbox`, `plan`, `history`, `cost`, `session`, `receipt`, `visits`, `contacts`: what its calls take and give
//! - `error`: why a call did not do what was asked
//! - `lent`: what the shell lends the core
//! - `values`: instants, months, volumes

mod capture;
mod contacts;
mod cost;
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
mod session;
mod values;
mod visits;
mod vodomer;

pub use lent::{Clock, SecretError, SecretStore};
pub use vodomer::{Vodomer, set_aside_damaged};

uniffi::setup_scaffolding!("vodomer");
