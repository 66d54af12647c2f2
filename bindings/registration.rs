//! The application for an account. It holds a passport, so that nothing of it may stay in memory on this side.
//!
//! The one record that is converted and not described: UniFFI writes every record as well as it reads it, and takes it
//! apart for that, which a form that zeroes itself does not allow.

use uniffi::deps::anyhow::{Result, ensure};
use uniffi::{FfiConverter, Lift, MetadataBuffer, RustBuffer, TypeId};
use vodomer_core::app::{
    self, Error as VodomerError, Letter, RegistrationError, RegistrationField, RegistrationPapers,
    RegistrationProblem, RegistrationReason,
};
use zeroize::Zeroizing;

use crate::UniFfiTag;

/// What the resident has typed, as it was typed. Fields may stay empty: what is missing is told as a problem.
#[derive(uniffi::Record)]
pub struct RegistrationForm {
    /// Фамилия.
    pub surname: String,
    /// Имя.
    pub name: String,
    /// Отчество; empty for those who have none.
    pub patronymic: String,
    /// Day of birth: day, month, year.
    pub born_on: String,
    /// Series of the passport, 4 digits; with the number behind it, that may stay empty.
    pub passport_series: String,
    /// Number of the passport, 6 digits.
    pub passport_number: String,
    /// Who issued it.
    pub issued_by: String,
    /// The day of issue: day, month, year.
    pub issued_on: String,
    /// Код подразделения, 3 digits and 3 digits.
    pub department_code: String,
    /// Where the flat is.
    pub address: String,
    /// Account number; empty where it is not known.
    pub account: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// A form on its way in. The buffer that it crossed in is overwritten with zeros, the form itself when it is dropped.
pub struct EnteredForm(app::RegistrationForm);

impl EnteredForm {
    /// The form as the core wants it.
    #[must_use]
    pub const fn form(&self) -> &app::RegistrationForm {
        &self.0
    }
}

impl From<RegistrationForm> for EnteredForm {
    fn from(form: RegistrationForm) -> Self {
        // Each text is moved, so that there is no second one to be overwritten.
        Self(app::RegistrationForm {
            surname: form.surname,
            name: form.name,
            patronymic: form.patronymic,
            born_on: form.born_on,
            passport_series: form.passport_series,
            passport_number: form.passport_number,
            issued_by: form.issued_by,
            issued_on: form.issued_on,
            department_code: form.department_code,
            address: form.address,
            account: form.account,
            phone: form.phone,
            email: form.email,
        })
    }
}

// SAFETY: it reads what the record's own converter reads, out of the same buffer, and is told to Kotlin as that record.
unsafe impl Lift<UniFfiTag> for EnteredForm {
    type FfiType = RustBuffer;

    fn try_lift(buffer: RustBuffer) -> Result<Self> {
        let bytes = Zeroizing::new(buffer.destroy_into_vec());
        let mut rest = bytes.as_slice();
        let form = Self::try_read(&mut rest)?;
        ensure!(rest.is_empty(), "the form goes on behind its end");
        Ok(form)
    }

    fn try_read(buffer: &mut &[u8]) -> Result<Self> {
        <RegistrationForm as Lift<UniFfiTag>>::try_read(buffer).map(Self::from)
    }
}

impl TypeId<UniFfiTag> for EnteredForm {
    const TYPE_ID_META: MetadataBuffer = <RegistrationForm as TypeId<UniFfiTag>>::TYPE_ID_META;
}

/// Bytes that are overwritten with zeros when they are dropped; a byte array in Kotlin.
pub type Sheet = Zeroizing<Vec<u8>>;

// SAFETY: it writes and reads what the converter of plain bytes does, and is told to Kotlin as those.
unsafe impl FfiConverter<UniFfiTag> for Sheet {
    uniffi::ffi_converter_rust_buffer_lift_and_lower!(UniFfiTag);

    fn write(sheet: Self, buffer: &mut Vec<u8>) {
        let length = i32::try_from(sheet.len()).unwrap_or(i32::MAX);
        // All the room at once: a buffer that grows leaves what it held behind.
        buffer.reserve_exact(sheet.len() + 4);
        buffer.extend_from_slice(&length.to_be_bytes());
        buffer.extend_from_slice(&sheet);
    }

    fn try_read(buffer: &mut &[u8]) -> Result<Self> {
        <Vec<u8> as Lift<UniFfiTag>>::try_read(buffer).map(Zeroizing::new)
    }

    const TYPE_ID_META: MetadataBuffer = <Vec<u8> as TypeId<UniFfiTag>>::TYPE_ID_META;
}

uniffi::derive_ffi_traits!(local Sheet);

/// What becomes of a form without a mistake.
#[uniffi::remote(Record)]
pub struct RegistrationPapers {
    /// Title, in Russian.
    pub title: String,
    /// Name for the private file; it tells nothing.
    pub file_name: String,
    /// The letter that the sheet is attached to; none where the utility takes none.
    pub letter: Option<Letter>,
    /// Where to bring the sheet instead, as one writes it on a letter; none where that is not known.
    pub office: Option<String>,
    // The last, since what is written behind it would make the buffer grow.
    /// The sheet, as HTML in UTF-8, with the passport on it: write it to a private file, delete that once it has been
    /// printed or handed to the mail app, and fill this array with zeros.
    pub html: Sheet,
}

/// Why there are no papers.
#[uniffi::remote(Error)]
pub enum RegistrationError {
    /// The form has mistakes: show each at its field.
    Form {
        /// Each field, and what is wrong with it, in the order of the form.
        problems: Vec<RegistrationProblem>,
    },
    /// What today is can't be told.
    Storage(VodomerError),
}

/// A field of the application, and what is wrong about it.
#[uniffi::remote(Record)]
pub struct RegistrationProblem {
    /// Where.
    pub field: RegistrationField,
    /// What.
    pub reason: RegistrationReason,
}

/// A field of the application.
#[uniffi::remote(Enum)]
pub enum RegistrationField {
    /// Фамилия.
    Surname,
    /// Имя.
    Name,
    /// Отчество.
    Patronymic,
    /// Day of birth.
    BornOn,
    /// Series of the passport.
    PassportSeries,
    /// Number of the passport.
    PassportNumber,
    /// Who issued it.
    IssuedBy,
    /// The day of issue.
    IssuedOn,
    /// Код подразделения.
    DepartmentCode,
    /// Where the flat is.
    Address,
    /// Account number.
    Account,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
}

/// What is wrong about a field of the application.
#[uniffi::remote(Enum)]
pub enum RegistrationReason {
    /// Nothing was typed.
    Empty,
    /// More than such a field can hold.
    TooLong {
        /// Characters that it may have.
        most: i32,
    },
    /// Latin letters in a name: the keyboard is the other one.
    LatinLetters,
    /// A name has something in it that no name has.
    NotLetters,
    /// Only digits or signs where words are wanted.
    NoWords,
    /// Not the digits that it must have, and nothing else.
    NotDigits {
        /// How many it must have.
        digits: i32,
    },
    /// No day of the calendar, or its year has not four digits.
    NotADate,
    /// A day that is still to come.
    InTheFuture,
    /// A day of birth that is more than 120 years ago.
    TooLongAgo,
    /// A passport is issued at the age of 14 at the earliest.
    BeforeFourteen,
    /// No account number.
    NotAnAccount,
    /// No telephone number with its area code.
    NotAPhone,
    /// Russian letters in an e-mail address: the keyboard is the other one.
    RussianLetters,
    /// No e-mail address.
    NotAnEmail,
}
