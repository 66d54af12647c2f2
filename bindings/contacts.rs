//! Records of the contacts screen.

use vodomer_core::app::{
    Answers, ContactEmail, ContactLine, ContactOffice, Contacts, EmailPurpose, PhonePurpose,
};

use crate::values::{CivilDate, UtcMillis};

/// Everything that the contacts screen shows.
#[uniffi::remote(Record)]
pub struct Contacts {
    /// The utility's name.
    pub utility: String,
    /// IANA name of the zone that every time on the screen is in.
    pub zone: String,
    /// How the zone is called after a time: «по Москве».
    pub zone_phrase: String,
    /// The moment that the answers are about, by the utility's clock.
    pub now: UtcMillis,
    /// The telephones, in the utility's order.
    pub lines: Vec<ContactLine>,
    /// Where residents come in person; none where that is not known.
    pub office: Option<ContactOffice>,
    /// The addresses of letters.
    pub emails: Vec<ContactEmail>,
    /// The number that takes text messages with readings; none where none are taken.
    pub sms_number: Option<String>,
}

/// A telephone, and whether somebody answers.
#[uniffi::remote(Record)]
pub struct ContactLine {
    /// What it is for.
    pub purpose: PhonePurpose,
    /// For a `tel:` link.
    pub number: String,
    /// As people write it.
    pub display: String,
    /// Whether somebody answers.
    pub answers: Answers,
    /// Holidays are not known, and one would make another answer of it: the screen says so beside it.
    pub unless_holiday: bool,
}

/// Where residents come in person, and whether it is open.
#[uniffi::remote(Record)]
pub struct ContactOffice {
    /// As one writes it on a letter.
    pub address: String,
    /// Whether it is open.
    pub answers: Answers,
    /// Holidays are not known, and one would make another answer of it.
    pub unless_holiday: bool,
}

/// An address for letters.
#[uniffi::remote(Record)]
pub struct ContactEmail {
    /// What it is for.
    pub purpose: EmailPurpose,
    /// The address.
    pub address: String,
}

/// What an address is for.
#[uniffi::remote(Enum)]
pub enum EmailPurpose {
    /// Передача показаний.
    Readings,
    /// Заявление на регистрацию.
    Application,
    /// Приёмная.
    Reception,
}

/// What a telephone line is for.
#[uniffi::remote(Enum)]
pub enum PhonePurpose {
    /// Аварийная служба.
    Emergency,
    /// Приёмная.
    Reception,
    /// Передача показаний.
    Readings,
}

/// Whether somebody answers at a moment. Holidays are not known.
#[uniffi::remote(Enum)]
pub enum Answers {
    /// Yes.
    Now {
        /// The first moment at which nobody does; none for a line that always answers.
        until: Option<UtcMillis>,
    },
    /// No.
    Closed {
        /// The utility's day on which somebody will.
        next_on: CivilDate,
        /// The moment, where the hours are known.
        next_at: Option<UtcMillis>,
    },
    /// The utility does not say.
    Unknown,
}
