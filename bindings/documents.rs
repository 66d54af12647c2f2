//! Papers and texts, and what a paper receipt's code says.

use vodomer_core::app::{
    Field, Message, Paper, PaymentError, PaymentPicture, ReadProblem, Scanned, Table, Warning, WriteProblem,
};

use crate::values::Period;
use vodomer_core::app::Error as VodomerError;

/// What a page is printed on.
#[uniffi::remote(Enum)]
pub enum Paper {
    /// A sheet, 210 × 297 mm.
    A4,
    /// The roll of a cash register's printer, 80 mm wide, of which 72 are printed.
    Roll80,
}

/// A table to be opened, shared or saved.
#[uniffi::remote(Record)]
pub struct Table {
    /// Title, in Russian.
    pub title: String,
    /// Name for the file.
    pub file_name: String,
    /// CSV in UTF-8 with its mark, to be written as it is.
    pub csv: String,
}

/// A text message to be sent as it is.
#[uniffi::remote(Record)]
pub struct Message {
    /// The text.
    pub body: String,
    /// What the operator counts: as many messages as this are paid for.
    pub segments: i32,
}

/// A payment code to be shown.
#[uniffi::remote(Record)]
pub struct PaymentPicture {
    /// What it says.
    pub text: String,
    /// The code as an SVG drawing, black on white.
    pub svg: String,
    /// What is paid with it, kopecks.
    pub kopecks: i64,
    /// The payee is none: no money would arrive. The screen says so beside the code.
    pub sample: bool,
}

/// Why there is no payment code.
#[uniffi::remote(Error)]
pub enum PaymentError {
    /// The profile names no payee.
    NoPayee,
    /// The month is paid, or overpaid.
    NothingToPay,
    /// The payee's details or the account's number make no code: for the team, not for the resident.
    Code {
        /// Which field, and what the standard says against it.
        problem: WriteProblem,
    },
    /// The account or the month's charges are not known, or the storage fails.
    Storage(VodomerError),
}

// A text for the team: no screen tells these apart.
uniffi::custom_type!(WriteProblem, String, {
    remote,
    try_lift: |text| Err(uniffi::deps::anyhow::anyhow!("goes out only: {text}")),
    lower: |problem| problem.to_string(),
});

/// What a paper receipt's code says, as far as the app has a use for it: a claim, never a pass to an account.
#[uniffi::remote(Record)]
pub struct Scanned {
    /// Account number (лицевой счёт); none where no field gives one.
    pub account: Option<String>,
    /// The payee.
    pub payee: Option<String>,
    /// The payer's address.
    pub address: Option<String>,
    /// The month that is paid for.
    pub period: Option<Period>,
    /// Kopecks; none for a code that leaves the sum to the payer.
    pub kopecks: Option<i64>,
    /// What is odd about it.
    pub warnings: Vec<Warning>,
}

/// What is odd about a code that can be read all the same.
#[uniffi::remote(Enum)]
pub enum Warning {
    /// An obligatory field is missing or empty.
    Missing {
        /// Its key.
        field: Field,
    },
    /// A key stands twice with different values; the first that says something counts.
    Twice {
        /// Its key.
        key: String,
    },
    /// A part without `=`; it was taken for the rest of the value before it.
    Stray,
    /// The encoding is not the one that the code says.
    OtherEncoding,
    /// The scanner had garbled letters, which were put right.
    Repaired,
    /// The scanner has lost letters for good.
    Lost,
    /// The sum is in roubles with kopecks behind a comma or a point.
    SumInRoubles,
    /// The sum is none.
    SumUnreadable,
    /// The month is none.
    PeriodUnreadable,
}

// By its key in the code: `PersonalAcc`, `BIC`.
uniffi::custom_type!(Field, String, {
    remote,
    try_lift: |key| Err(uniffi::deps::anyhow::anyhow!("goes out only: {key}")),
    lower: |field| field.key().to_owned(),
});

/// Why a text is no payment code.
#[uniffi::remote(Error)]
pub enum ReadProblem {
    /// There is nothing.
    Empty,
    /// More than any QR code holds.
    TooLong {
        /// Bytes that it may have.
        most: i32,
    },
    /// A link, as those of the system of fast payments (СБП) are: a bank's app opens it.
    Link,
    /// It does not begin as payment codes do.
    NotAPaymentCode,
    /// A payment code of another version.
    OtherVersion {
        /// Its four digits.
        version: String,
    },
    /// Behind the beginning, there are no fields.
    NoFields,
}
