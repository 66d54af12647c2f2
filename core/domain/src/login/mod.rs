//! Why a login failed, as far as the typed text itself tells (article: the reason is often the keyboard), and account
//! numbers as people type them.
//!
//! Looked at only after the utility refused; nothing is stored, and nothing of a password is ever given back.

mod account_number;
mod caps;
mod hint;
mod keyboard;
mod look_alikes;
mod pairs;
mod spaces;

pub use account_number::{AccountNumberProblem, account_number};
pub use hint::{LoginCause, LoginField, LoginHint, login_hint};

#[cfg(test)]
mod false_alarm_tests;
#[cfg(test)]
mod hint_tests;
