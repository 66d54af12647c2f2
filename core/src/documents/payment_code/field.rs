//! The fields of a code that a utility's receipt uses, and what the standard allows in them.
//!
//! Limits are as public implementations of the standard have them; where they give none, only the whole code limits a
//! field.

/// A field of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Name of the payee.
    Name,
    /// Account of the payee.
    PersonalAcc,
    /// Name of the payee's bank.
    BankName,
    /// БИК of the bank.
    Bic,
    /// Correspondent account of the bank, `0` where it has none.
    CorrespAcc,
    /// Kopecks.
    Sum,
    /// What is paid for, in words.
    Purpose,
    /// ИНН of the payee.
    PayeeInn,
    /// КПП of the payee.
    Kpp,
    /// Surname of the payer.
    LastName,
    /// Name of the payer.
    FirstName,
    /// Patronymic of the payer.
    MiddleName,
    /// Address of the payer.
    PayerAddress,
    /// Account number of the payer at the payee's (лицевой счёт).
    PersAcc,
    /// The month that is paid for: `MMYYYY`.
    PaymPeriod,
    /// Number of the receipt.
    QuittId,
    /// Number of a meter.
    CounterId,
    /// Its value.
    CounterVal,
    /// Kind of the payment; `02` is housing and communal services.
    TechCode,
}

/// What a value may be made of.
pub(super) enum Rule {
    /// So many characters.
    Text { most: usize },
    /// Digits, and so many of them.
    Digits { least: usize, most: usize },
    /// Digits, either so many or so many.
    DigitsOf { these: usize, or: usize },
}

/// Without a limit of its own: more than any code holds.
const ANY_TEXT: Rule = Rule::Text { most: usize::MAX };

impl Field {
    /// What no code lacks, in the order of the standard.
    pub const OBLIGATORY: [Self; 5] =
        [Self::Name, Self::PersonalAcc, Self::BankName, Self::Bic, Self::CorrespAcc];

    /// Its name in the code.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::PersonalAcc => "PersonalAcc",
            Self::BankName => "BankName",
            Self::Bic => "BIC",
            Self::CorrespAcc => "CorrespAcc",
            Self::Sum => "Sum",
            Self::Purpose => "Purpose",
            Self::PayeeInn => "PayeeINN",
            Self::Kpp => "KPP",
            Self::LastName => "LastName",
            Self::FirstName => "FirstName",
            Self::MiddleName => "MiddleName",
            Self::PayerAddress => "PayerAddress",
            Self::PersAcc => "PersAcc",
            Self::PaymPeriod => "PaymPeriod",
            Self::QuittId => "QuittId",
            Self::CounterId => "CounterId",
            Self::CounterVal => "CounterVal",
            Self::TechCode => "TechCode",
        }
    }

    pub(super) const fn rule(self) -> Rule {
        match self {
            Self::Name => Rule::Text { most: 160 },
            Self::PersonalAcc => Rule::Digits { least: 20, most: 20 },
            Self::BankName => Rule::Text { most: 45 },
            Self::Bic | Self::Kpp => Rule::Digits { least: 9, most: 9 },
            Self::CorrespAcc => Rule::Digits { least: 1, most: 20 },
            Self::Sum => Rule::Digits { least: 1, most: 18 },
            Self::Purpose => Rule::Text { most: 210 },
            Self::PayeeInn => Rule::DigitsOf { these: 10, or: 12 },
            Self::PaymPeriod => Rule::DigitsOf { these: 4, or: 6 },
            Self::TechCode => Rule::Digits { least: 2, most: 2 },
            Self::LastName
            | Self::FirstName
            | Self::MiddleName
            | Self::PayerAddress
            | Self::PersAcc
            | Self::QuittId
            | Self::CounterId
            | Self::CounterVal => ANY_TEXT,
        }
    }
}
