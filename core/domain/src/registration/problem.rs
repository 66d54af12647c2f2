//! What is wrong with a form, field by field, and never with which value.

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// What is wrong about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationReason {
    /// Nothing was typed.
    #[error("is empty")]
    Empty,
    /// More than such a field can hold.
    #[error("is longer than {most} characters")]
    TooLong {
        /// Characters that it may have.
        most: i32,
    },
    /// Latin letters in a name: the keyboard is the other one.
    #[error("has Latin letters")]
    LatinLetters,
    /// A name has something in it that no name has.
    #[error("has what is no letter")]
    NotLetters,
    /// Only digits or signs where words are wanted.
    #[error("has no words")]
    NoWords,
    /// Not the digits that it must have, and nothing else.
    #[error("is not {digits} digits")]
    NotDigits {
        /// How many it must have.
        digits: i32,
    },
    /// No day of the calendar, or its year has not four digits.
    #[error("is no date")]
    NotADate,
    /// A day that is still to come.
    #[error("is in the future")]
    InTheFuture,
    /// A day of birth that is more than 120 years ago.
    #[error("is too long ago")]
    TooLongAgo,
    /// A passport is issued at the age of 14 at the earliest.
    #[error("is before the fourteenth birthday")]
    BeforeFourteen,
    /// No account number.
    #[error("is no account number")]
    NotAnAccount,
    /// No telephone number with its area code.
    #[error("is no telephone number with its area code")]
    NotAPhone,
    /// Russian letters in an e-mail address: the keyboard is the other one.
    #[error("has Russian letters")]
    RussianLetters,
    /// No e-mail address.
    #[error("is no e-mail address")]
    NotAnEmail,
}

/// A field, and what is wrong about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field:?} {reason}")]
pub struct RegistrationProblem {
    /// Where.
    pub field: RegistrationField,
    /// What.
    pub reason: RegistrationReason,
}

/// Problems as they are found.
#[derive(Default)]
pub(super) struct Problems(Vec<RegistrationProblem>);

impl Problems {
    /// The value, or a blank one in its place and the problem kept.
    pub fn of<T: Default>(&mut self, field: RegistrationField, checked: Result<T, RegistrationReason>) -> T {
        checked.unwrap_or_else(|reason| {
            self.0.push(RegistrationProblem { field, reason });
            T::default()
        })
    }

    pub fn none(self) -> Result<(), Vec<RegistrationProblem>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
