//! Papers and texts, in Russian, ready to be handed on: pure functions from values to text.
//!
//! - [`messages`]: readings as an SMS, a letter, words for the telephone
//! - [`page`]: the frame of every printed page
//! - [`payment_code`]: the payment QR of ГОСТ Р 56042-2014, made and read
//! - [`qr`]: a QR code as a drawing
//! - [`receipt`]: the receipt (квитанция) as a page to print
//! - `ru`: months, sums and numbers as Russians write them

pub mod messages;
pub mod page;
pub mod payment_code;
pub mod qr;
pub mod receipt;
mod ru;
