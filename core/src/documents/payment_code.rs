//! The payment QR that any bank's app reads: ГОСТ Р 56042-2014.
//!
//! `ST00012` (version 1, UTF-8) and `Key=Value` pairs, the five obligatory ones first and in order. The separator
//! is `|`, or another where a value holds it.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::domain::{Bank, Period};

/// What is to be paid.
#[derive(Debug, Clone)]
pub struct Payment<'a> {
    /// Account number of the resident.
    pub account: &'a str,
    /// The month.
    pub period: Period,
    /// Kopecks, above zero.
    pub kopecks: i64,
}

/// Separators in the order of preference; each one byte in every encoding of the standard.
const SEPARATORS: [char; 4] = ['|', '^', '~', '#'];

/// The code's text; none where a value holds every separator that may be used.
#[must_use]
pub fn text(bank: &Bank, payment: &Payment<'_>) -> Option<String> {
    let correspondent = if bank.correspondent.is_empty() { "0" } else { &bank.correspondent };
    let month = payment.period.to_string();
    let (year, number) = month.split_once('-')?;
    let pairs = [
        ("Name", bank.name.clone()),
        ("PersonalAcc", bank.account.clone()),
        ("BankName", bank.bank.clone()),
        ("BIC", bank.bic.clone()),
        ("CorrespAcc", correspondent.to_owned()),
        ("Sum", payment.kopecks.to_string()),
        ("Purpose", format!("Оплата воды, лицевой счёт {}", payment.account)),
        ("PersAcc", payment.account.to_owned()),
        ("PaymPeriod", format!("{number}{year}")),
        ("TechCode", "02".to_owned()),
    ];
    let separator = SEPARATORS.into_iter().find(|s| !pairs.iter().any(|(_, value)| value.contains(*s)))?;
    let mut text = "ST00012".to_owned();
    for (key, value) in pairs {
        text.push(separator);
        text.push_str(&format!("{key}={value}"));
    }
    Some(text)
}

/// The code as an SVG drawing, four modules of quiet zone around it.
#[must_use]
pub fn svg(text: &str) -> Option<String> {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
    }
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" \
         aria-label=\"Код для оплаты\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank(name: &str) -> Bank {
        Bank {
            name: name.into(),
            account: "0".repeat(20),
            bank: "УЧЕБНЫЙ БАНК".into(),
            bic: "0".repeat(9),
            correspondent: String::new(),
            sample: true,
        }
    }

    fn payment() -> Payment<'static> {
        Payment { account: "1204417", period: "2026-11".parse().unwrap(), kopecks: 12_345 }
    }

    #[test]
    fn the_obligatory_fields_come_first_and_in_order() {
        let text = text(&bank("ОБРАЗЕЦ"), &payment()).unwrap();
        let zeros = "0".repeat(20);
        assert!(
            text.starts_with(&format!(
                "ST00012|Name=ОБРАЗЕЦ|PersonalAcc={zeros}|BankName=УЧЕБНЫЙ БАНК|BIC=000000000|CorrespAcc=0|"
            )),
            "{text}"
        );
        assert!(text.contains("|Sum=12345|"), "{text}");
        assert!(text.contains("|PersAcc=1204417|PaymPeriod=112026|"), "{text}");
    }

    #[test]
    fn a_value_with_the_separator_in_it_changes_the_separator() {
        let text = text(&bank("А|Б"), &payment()).unwrap();
        assert!(text.starts_with("ST00012^Name=А|Б^PersonalAcc="), "{text}");
    }
}
