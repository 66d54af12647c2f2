//! Records of accounts and meters that are typed in.

use vodomer_core::app::{
    AccountByHand, AccountNumberProblem, ByHandError, Error as VodomerError, MeterByHand, Resource,
};

use crate::values::CivilDate;

/// An account as the resident types it, from a receipt or out of its code.
#[uniffi::remote(Record)]
pub struct AccountByHand {
    /// The account that is changed; none for a new one.
    #[uniffi(default = None)]
    pub account_id: Option<String>,
    /// The number on the receipt, as typed.
    pub number: String,
    /// Where the flat is, or what the resident calls it; may be empty.
    #[uniffi(default = "")]
    pub address: String,
}

/// A meter as the resident reads it off its face.
#[uniffi::remote(Record)]
pub struct MeterByHand {
    /// The meter that is changed; none for a new one.
    #[uniffi(default = None)]
    pub meter_id: Option<String>,
    /// Its account, one by hand.
    pub account_id: String,
    /// What it measures.
    pub resource: Resource,
    /// Factory number; may be empty where there is a place.
    #[uniffi(default = "")]
    pub serial: String,
    /// Where it hangs; may be empty where there is a number.
    #[uniffi(default = "")]
    pub place: String,
    /// Black drums, 3–9.
    #[uniffi(default = 5)]
    pub whole_digits: i32,
    /// Red drums, 0–4.
    #[uniffi(default = 3)]
    pub fraction_digits: i32,
    /// The last day on which its readings count, if the resident has its papers.
    #[uniffi(default = None)]
    pub verify_by: Option<CivilDate>,
}

/// Why something typed by hand is not kept.
#[uniffi::remote(Error)]
pub enum ByHandError {
    /// The number is none: show the problem at the field.
    Number {
        /// What is wrong, and where.
        problem: AccountNumberProblem,
    },
    /// The number is on the phone already.
    KnownAccount {
        /// The account.
        account_id: String,
    },
    /// A meter needs a number or a place to be told from others.
    Nameless,
    /// The account has such a meter already.
    KnownMeter {
        /// The meter.
        meter_id: String,
    },
    /// No dial has so many digits.
    Digits,
    /// The account or meter is not known, or not by hand; or the storage fails.
    Storage(VodomerError),
}

/// Why a text is no account number. Positions count characters from 1.
#[uniffi::remote(Enum)]
pub enum AccountNumberProblem {
    /// No digits at all.
    Empty,
    /// Something that is neither a digit, nor looks like one, nor parts digits.
    NotADigit {
        /// Where.
        position: i32,
        /// What.
        character: String,
    },
    /// More digits than an account number has.
    TooLong {
        /// Digits typed.
        typed: i32,
        /// The most there can be.
        most: i32,
    },
}
