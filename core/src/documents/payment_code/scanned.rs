//! What a resident without an account needs of a paper receipt's code.

use super::{Field, PaymentCode, Warning};
use crate::domain::Period;

/// Keys under which generators write the account number, the standard's own first.
const ACCOUNT_KEYS: [&str; 6] = ["PersAcc", "PersonalAccount", "Contract", "LS", "LicAcc", "AccountNum"];

/// Words before an account number in a purpose, in small letters and without points.
const ACCOUNT_WORDS: [&str; 5] = ["лицевой счет", "лиц счет", "лиц сч", "л/с", "лс"];

/// What a paper receipt's code says, as far as the app has a use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Scanned {
    /// What a code says.
    #[must_use]
    pub fn of(code: &PaymentCode) -> Self {
        let mut warnings = code.warnings.clone();
        let said = |key: &str| code.get(key).map(str::to_owned);
        let kopecks = code.get(Field::Sum.key()).and_then(|sum| match kopecks(sum) {
            Some((kopecks, in_roubles)) => {
                warnings.extend(in_roubles.then_some(Warning::SumInRoubles));
                Some(kopecks)
            }
            None => {
                warnings.push(Warning::SumUnreadable);
                None
            }
        });
        let period = code.get(Field::PaymPeriod.key()).and_then(|text| {
            let period = period(text);
            warnings.extend(period.is_none().then_some(Warning::PeriodUnreadable));
            period
        });
        let account = ACCOUNT_KEYS.iter().find_map(|key| code.get(key)).map(number);
        Self {
            account: account.or_else(|| in_purpose(code.get(Field::Purpose.key())?)),
            payee: said(Field::Name.key()),
            address: said(Field::PayerAddress.key()),
            period,
            kopecks,
            warnings,
        }
    }
}

/// Account numbers are compared as they are typed: without spaces.
fn number(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The digits behind «лицевой счёт», «л/с» and the like.
fn in_purpose(purpose: &str) -> Option<String> {
    let plain = purpose.to_lowercase().replace('ё', "е").replace(['.', '№', ':', '#'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    ACCOUNT_WORDS.iter().find_map(|word| {
        plain.match_indices(word).find_map(|(at, _)| {
            let within_a_word = plain[..at].chars().next_back().is_some_and(char::is_alphabetic);
            let rest = plain[at + word.len()..].trim_start().trim_start_matches("номер").trim_start();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            (!within_a_word && !digits.is_empty()).then_some(digits)
        })
    })
}

/// Kopecks, and whether they were written as roubles.
fn kopecks(text: &str) -> Option<(i64, bool)> {
    let text = number(text);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once([',', '.']) {
        None if is_number(&text) => Some((text.parse().ok()?, false)),
        Some((roubles, rest)) if is_number(roubles) && is_number(rest) && rest.len() <= 2 => {
            let rest = format!("{rest:0<2}");
            let kopecks = roubles.parse::<i64>().ok()?.checked_mul(100)?.checked_add(rest.parse().ok()?)?;
            Some((kopecks, true))
        }
        Some(_) | None => None,
    }
}

/// `MMYYYY`, `MMYY`, `YYYYMM`, with or without a sign between them.
fn period(text: &str) -> Option<Period> {
    let text = number(text);
    let (month, year) = match text.split_once(['.', '/', '-']) {
        Some((year, month)) if year.len() == 4 => (month.to_owned(), year.to_owned()),
        Some((month, year)) => (month.to_owned(), year.to_owned()),
        None if !text.is_ascii() => return None,
        None if text.len() == 6 && text[..2].parse::<u32>().is_ok_and(|m| (1..=12).contains(&m)) => {
            (text[..2].to_owned(), text[2..].to_owned())
        }
        None if text.len() == 6 => (text[4..].to_owned(), text[..4].to_owned()),
        None if text.len() == 4 => (text[..2].to_owned(), text[2..].to_owned()),
        None => return None,
    };
    let year = if year.len() == 2 { format!("20{year}") } else { year };
    let plain = format!("{year}-{month:0>2}");
    let is_of_our_time = year.starts_with("19") || year.starts_with("20");
    (is_of_our_time && plain.len() == 7).then(|| plain.parse().ok())?
}

#[cfg(test)]
#[path = "scanned_tests.rs"]
mod tests;
