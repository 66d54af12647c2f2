//! Vodomer's core: a reading typed in a cellar becomes a charge, with exactly one effect and with proof.
//!
//! Dependencies point one way:
//!
//! ```text
//! domain  ←  store, portal, documents  ←  sync  ←  app  ←  (bindings)
//! ```
//!
//! - [`domain`]: the rules, pure, a package of its own
//! - [`store`]: SQLite, the promise that nothing captured is lost
//! - [`portal`]: the utility's server: a trait, its HTTP client, a scripted fake
//! - [`documents`]: receipt, payment code, proof card, application, history, and the texts for SMS, e-mail and phone
//! - [`sync`]: the outbox: what goes out when, and what an answer means
//! - [`app`]: the facade, one call a screen

pub use vodomer_domain as domain;

pub mod app;
pub mod documents;
pub mod env;
pub mod portal;
pub mod store;
pub mod sync;

#[cfg(test)]
mod testing;
