//! Whom to pay.

use serde::{Deserialize, Serialize};

use super::ProfileProblems;

/// Whom to pay (ГОСТ Р 56042-2014).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// Name of the payee, at most 160 characters.
    pub name: String,
    /// Account of the payee, 20 digits.
    pub account: String,
    /// Name of the bank, at most 45 characters.
    pub bank: String,
    /// БИК, 9 digits.
    pub bic: String,
    /// Correspondent account, at most 20 digits; `0` where there is none.
    pub correspondent: String,
    /// ИНН of the payee, 10 or 12 digits; absent where it is not known.
    #[serde(default)]
    pub inn: Option<String>,
    /// КПП of the payee, 9 digits; absent where it is not known.
    #[serde(default)]
    pub kpp: Option<String>,
    /// These are no real details: documents say so.
    #[serde(default)]
    pub sample: bool,
}

impl Bank {
    pub(super) fn check(&self, problems: &mut ProfileProblems) {
        let digits = |text: &str, least: usize, most: usize| {
            (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let fits = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        problems.unless(fits(&self.name, 160), "bank.name", "is empty or above 160 characters");
        problems.unless(digits(&self.account, 20, 20), "bank.account", "is not 20 digits");
        problems.unless(fits(&self.bank, 45), "bank.bank", "is empty or above 45 characters");
        problems.unless(digits(&self.bic, 9, 9), "bank.bic", "is not 9 digits");
        problems.unless(digits(&self.correspondent, 1, 20), "bank.correspondent", "is not 1–20 digits");
        let inn = self.inn.as_deref();
        let inn_is_fine = inn.is_none_or(|inn| digits(inn, 10, 10) || digits(inn, 12, 12));
        problems.unless(inn_is_fine, "bank.inn", "is not 10 or 12 digits");
        let kpp_is_fine = self.kpp.as_deref().is_none_or(|kpp| digits(kpp, 9, 9));
        problems.unless(kpp_is_fine, "bank.kpp", "is not 9 digits");
    }
}
