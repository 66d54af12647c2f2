//! The cabinet's tests once more, over PostgreSQL. What they have in common asks for the name of this file.

#![allow(clippy::duplicate_mod, reason = "each of them is a test of its own, with what they have in common")]

#[path = "adjusting.rs"]
mod adjusting;
#[path = "billing_runs.rs"]
mod billing_runs;
#[path = "charging.rs"]
mod charging;
#[path = "claims.rs"]
mod claims;
#[path = "elsewhere.rs"]
mod elsewhere;
#[path = "idempotency.rs"]
mod idempotency;
#[path = "letters.rs"]
mod letters;
#[path = "lists.rs"]
mod lists;
#[path = "meters.rs"]
mod meters;
#[path = "notices.rs"]
mod notices;
#[path = "payments.rs"]
mod payments;
#[path = "proofs.rs"]
mod proofs;
#[path = "receiving.rs"]
mod receiving;
#[path = "recovery.rs"]
mod recovery;
#[path = "refusals.rs"]
mod refusals;
#[path = "registration.rs"]
mod registration;
#[path = "sessions.rs"]
mod sessions;
#[path = "sign_in.rs"]
mod sign_in;
#[path = "withdrawing.rs"]
mod withdrawing;
