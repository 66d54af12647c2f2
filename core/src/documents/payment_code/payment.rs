//! What is to be paid, field by field.

use super::Field;
use crate::domain::{Bank, Period};

/// Housing and communal services.
const UTILITIES: &str = "02";

/// What is to be paid: the fields of the code, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub(super) fields: Vec<(Field, String)>,
}

impl Payment {
    /// To a payee, with nothing said yet about what is paid.
    #[must_use]
    pub fn to(bank: &Bank) -> Self {
        let correspondent = if bank.correspondent.is_empty() { "0" } else { &bank.correspondent };
        let obligatory = [&bank.name, &bank.account, &bank.bank, &bank.bic, correspondent];
        let fields = Field::OBLIGATORY.into_iter().zip(obligatory.map(|value| value.trim().to_owned()));
        Self { fields: fields.collect() }
            .with(Field::PayeeInn, bank.inn.as_deref().unwrap_or_default())
            .with(Field::Kpp, bank.kpp.as_deref().unwrap_or_default())
    }

    /// A month's water of an account, kopecks.
    #[must_use]
    pub fn of_month(bank: &Bank, account: &str, period: Period, kopecks: i64) -> Self {
        Self::to(bank)
            .with(Field::Sum, &kopecks.to_string())
            .with(Field::Purpose, &format!("Оплата воды, лицевой счёт {account}"))
            .with(Field::PersAcc, account)
            .with(Field::PaymPeriod, &period.first_day().format("%m%Y").to_string())
            .with(Field::TechCode, UTILITIES)
    }

    /// With one field more; one that says nothing is left out. Spaces around a value are no part of it.
    #[must_use]
    pub fn with(mut self, field: Field, value: &str) -> Self {
        let value = value.trim();
        if !value.is_empty() {
            self.fields.push((field, value.to_owned()));
        }
        self
    }
}
