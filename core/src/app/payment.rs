//! The payment code of a month by itself: shown on the screen for another phone's camera, or handed to a bank's app.

use super::{App, Error};
use crate::documents::payment_code::{Payment, Wanted, WriteProblem, write};
use crate::documents::qr;
use crate::domain::Period;
use crate::store;

/// A code to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Why there is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// The profile names no payee.
    #[error("no payee is known")]
    NoPayee,
    /// The month is paid, or overpaid.
    #[error("there is nothing to pay")]
    NothingToPay,
    /// The payee's details or the account's number make no code: for the team, not for the resident.
    #[error("no code can be made: {problem}")]
    Code {
        /// Which field, and what the standard says against it.
        problem: WriteProblem,
    },
    /// The account or the month's charges are not known, or the storage fails.
    #[error(transparent)]
    Storage(#[from] Error),
}

impl App {
    /// The code that pays what is due for a month.
    ///
    /// # Errors
    /// [`PaymentError`] says why there is none; no code is ever half right.
    pub fn payment_code(&self, account_id: &str, period: Period) -> Result<PaymentPicture, PaymentError> {
        let known = self
            .store
            .read(|db| Ok((store::account(db, account_id)?, store::charge(db, account_id, period)?)));
        let (account, charge) = known.map_err(Error::from)?;
        let account = account.ok_or_else(|| Error::not_found("account"))?;
        let kopecks = charge.ok_or_else(|| Error::not_found("charge"))?.due_kopecks;
        if kopecks <= 0 {
            return Err(PaymentError::NothingToPay);
        }
        let bank = self.profile.bank.as_ref().ok_or(PaymentError::NoPayee)?;
        let payment = Payment::of_month(bank, &account.number, period, kopecks);
        let code = write(&payment, Wanted::Any).map_err(|problem| PaymentError::Code { problem })?;
        let too_long = || WriteProblem::CodeTooLong { bytes: code.bytes.len(), most: qr::MOST_BYTES };
        let svg = qr::svg(&code.bytes, "Код для оплаты")
            .ok_or_else(|| PaymentError::Code { problem: too_long() })?;
        Ok(PaymentPicture { text: code.text, svg, kopecks, sample: bank.sample })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::documents::page::Paper;
    use crate::testing::{COLD, Phone, page};

    fn charged(bank: serde_json::Value, due: i64) -> Phone {
        let phone = Phone::signed_in_where(&json!({ "bank": bank }));
        let line = json!({ "resource": "cold_water", "meter_id": COLD, "basis": "meter", "from_value": "107",
            "to_value": "119", "volume": "12", "tariff_kopecks": 1000, "amount_kopecks": 12_000 });
        let charge = json!({ "account_id": "a1", "period": "2026-10", "total_kopecks": 12_000, "due_kopecks": due,
            "pay_by": "2026-11-15", "lines": [line], "version": 1 });
        phone.portal.will_change(Ok(page(json!({ "cursor": "2", "charges": [charge] }))));
        phone.app.sync(10_000).unwrap();
        phone
    }

    fn payee() -> serde_json::Value {
        json!({ "name": "ОБРАЗЕЦ", "account": "0".repeat(20), "bank": "УЧЕБНЫЙ БАНК", "bic": "0".repeat(9),
            "correspondent": "0", "sample": true })
    }

    fn october() -> Period {
        "2026-10".parse().unwrap()
    }

    #[test]
    fn the_code_pays_what_is_due_for_the_month() {
        let code = charged(payee(), 12_345).app.payment_code("a1", october()).unwrap();
        assert!(
            code.text.contains("|Sum=12345|") && code.text.contains("|PersAcc=1204417|PaymPeriod=102026|")
        );
        assert!(code.svg.starts_with("<svg") && code.sample);
        assert_eq!(code.kopecks, 12_345);
    }

    #[test]
    fn where_there_is_no_code_the_reason_is_named() {
        let reason = |phone: &Phone, account: &str| phone.app.payment_code(account, october()).unwrap_err();
        assert_eq!(reason(&charged(payee(), 0), "a1"), PaymentError::NothingToPay);
        assert_eq!(reason(&charged(json!(null), 1), "a1"), PaymentError::NoPayee);
        let phone = charged(payee(), 1);
        assert_eq!(reason(&phone, "a2"), PaymentError::Storage(Error::not_found("account")));
        let other_month = phone.app.payment_code("a1", october().next());
        assert_eq!(other_month, Err(PaymentError::Storage(Error::not_found("charge"))));
    }

    #[test]
    fn a_receipt_of_either_paper_names_its_meter_and_holds_the_code() {
        let phone = charged(payee(), 12_345);
        let app = &phone.app;
        let sheet = app.receipt("a1", october()).unwrap();
        let roll = app.receipt_on("a1", october(), Paper::Roll80).unwrap();
        assert_eq!(
            (sheet.file_name.as_str(), roll.file_name.as_str()),
            ("receipt-2026-10.html", "receipt-2026-10-80mm.html")
        );
        for document in [&sheet, &roll] {
            assert!(document.html.contains("счётчик №\u{a0}m-cold, кухня"), "{}", document.html);
            assert!(document.html.contains(&app.payment_code("a1", october()).unwrap().svg));
        }
        assert!(sheet.html.contains("<table") && !roll.html.contains("<table"));
    }
}
