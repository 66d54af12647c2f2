//! Papers and texts, in Russian, ready to be handed on: pure functions from values to text.
//!
//! - [`messages`]: readings as an SMS, a letter, words for the telephone
//! - [`page`]: the frame of every printed page
//! - [`payment_code`]: the payment QR of ГОСТ Р 56042-2014, made and read
//! - [`proof_card`]: the proof of a reading as a sheet
//! - [`qr`]: a QR code as a drawing
//! - [`receipt`]: the receipt (квитанция) as a page to print
//! - [`registration`]: the application for an account, a passport on it
//! - [`history_csv`]: an account's readings for a spreadsheet
//! - `ru`: months, sums and numbers as Russians write them; `words`: as they say them; `csv`: tables

mod csv;
pub mod history_csv;
pub mod messages;
pub mod page;
pub mod payment_code;
pub mod proof_card;
pub mod qr;
pub mod receipt;
pub mod registration;
mod ru;
mod words;
