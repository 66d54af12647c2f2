//! What the utility's receipt of a month says: whom to pay, for what, how much, until when.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::domain::Period;
use crate::records::ChargeLine;
use crate::storage::{Result, Tx};
use crate::utility::Utility;

/// A receipt.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// Its own number: the account's and the month's.
    pub number: String,
    /// The number printed on the bill.
    pub account_number: String,
    /// Where the flat is.
    pub address: String,
    /// The month.
    pub period: Period,
    /// Whom to pay; none where the utility has not said it.
    pub payee: Option<Value>,
    /// As the charges have them.
    pub lines: Vec<ChargeLine>,
    /// Their sum, kopecks.
    pub total_kopecks: i64,
    /// What is to be paid, older debts included, kopecks; as it was when the month was charged.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: NaiveDate,
}

impl Receipt {
    /// The receipt of a resident's account; none for a month that was not charged.
    ///
    /// # Errors
    /// The storage's.
    pub fn of(
        tx: &Tx,
        utility: &Utility,
        (resident, account): (&str, &str),
        period: Period,
    ) -> Result<Option<Self>> {
        let books = tx.books();
        let account = books.accounts_of(resident)?.into_iter().find(|it| it.id == account);
        let charges = account.as_ref().map_or(Ok(Vec::new()), |account| books.charges(&account.id))?;
        let charge = charges.into_iter().find(|charge| charge.period == period);
        let receipt = account.zip(charge).map(|(account, charge)| Self {
            number: format!("{}-{period}", account.number),
            account_number: account.number,
            address: account.address,
            period,
            payee: utility.bank().cloned(),
            lines: charge.lines,
            total_kopecks: charge.total_kopecks,
            due_kopecks: charge.due_kopecks,
            pay_by: charge.pay_by,
        });
        Ok(receipt)
    }
}
