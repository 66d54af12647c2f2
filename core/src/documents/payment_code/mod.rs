//! The payment QR that any bank's app reads: ГОСТ Р 56042-2014. Written strictly, read tolerantly.
//!
//! `ST`, version `0001`, a digit for the encoding, a separator, then `Key=Value` pairs joined by it, the five
//! obligatory ones first and in order. Nothing in the code says where a value ends but the separator, so that must be in
//! none of them.
//!
//! - [`Payment`] and [`Field`]: what is to be paid, and what the standard allows in each field
//! - [`write`]: one code, or the reason why there can be none
//! - [`read`]: whatever a scanner hands over; `repair` undoes what scanners do to Cyrillic
//! - [`Scanned`]: what a resident without an account needs of a paper receipt

mod encoding;
mod field;
mod payment;
mod read;
mod repair;
mod scanned;
mod write;

pub use encoding::Encoding;
pub use field::Field;
pub use payment::Payment;
pub use read::{PaymentCode, ReadProblem, Warning, read_bytes, read_text};
pub use scanned::Scanned;
pub use write::{Wanted, WriteProblem, Written, write};

/// What every code begins with, before the digit of the encoding.
const FORMAT: &str = "ST";
/// The only version that there is.
const VERSION: &str = "0001";

#[cfg(test)]
#[path = "round_trip_tests.rs"]
mod round_trip_tests;
