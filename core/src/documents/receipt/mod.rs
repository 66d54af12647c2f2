//! The receipt (квитанция) of a month: one document of HTML, the payment code inside, fit for printing on a sheet or on
//! a roll.
//!
//! It repeats what the utility charged and adds nothing up itself.
//!
//! - `line`: what one line says
//! - `pay`: what is to be paid, to whom, and the code

mod line;
mod pay;

use chrono::NaiveDate;

use super::page::{Paper, escaped, page};
use super::ru;
use crate::domain::{Bank, ChargeLine, Period};

/// What the receipt says.
#[derive(Debug, Clone)]
pub struct Receipt<'a> {
    /// The utility's name.
    pub utility: &'a str,
    /// Account number.
    pub account: &'a str,
    /// Where the flat is.
    pub address: &'a str,
    /// The month.
    pub period: Period,
    /// The lines.
    pub lines: Vec<Line>,
    /// Their sum as the utility gave it, kopecks.
    pub total_kopecks: i64,
    /// To be paid, kopecks; debts and payments of before included.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: Option<NaiveDate>,
    /// Whom to pay; without it there is no code.
    pub bank: Option<&'a Bank>,
}

/// A line of the charges, with its meter as the resident knows it.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What the utility says.
    pub charge: ChargeLine,
    /// Its meter; none where the line has none, or it is not known here.
    pub meter: Option<Meter>,
}

/// A meter as the resident knows it.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    /// Where it hangs.
    pub place: String,
    /// Factory number.
    pub serial: String,
    /// The tariff zone, where the meter has several.
    pub zone: Option<String>,
}

const STYLE: &str = include_str!("../style/receipt.css");

/// The document.
#[must_use]
pub fn html(receipt: &Receipt<'_>, paper: Paper) -> String {
    let title = title(receipt.period);
    let sample = match receipt.bank {
        Some(bank) if bank.sample => {
            "<p class=\"sample\"><b>ОБРАЗЕЦ</b><br>Реквизиты и тарифы учебные, платить по нему нельзя.</p>\n"
        }
        Some(_) | None => "",
    };
    let lines: Vec<line::Said> = receipt.lines.iter().map(line::said).collect();
    let lines = match paper {
        Paper::A4 => table(&lines, receipt),
        Paper::Roll80 => strip(&lines, receipt),
    };
    let body = format!(
        "{sample}<h1>{title}</h1>\n<p>{utility}</p>\n<p>Лицевой счёт <b>{account}</b></p>\n<p>{address}</p>\n{lines}{pay}",
        utility = escaped(receipt.utility),
        account = escaped(receipt.account),
        address = escaped(receipt.address),
        pay = pay::html(receipt),
    );
    page(&title, paper, STYLE, &body)
}

/// `Квитанция за ноябрь 2026`.
#[must_use]
pub fn title(period: Period) -> String {
    format!("Квитанция за {}", ru::month(period))
}

/// The last lines: what was charged, and what stood before, where that is not nothing.
fn sums(receipt: &Receipt<'_>) -> Vec<(&'static str, String)> {
    let before = receipt.due_kopecks.saturating_sub(receipt.total_kopecks);
    let carried = match before {
        0 => None,
        1.. => Some(("Долг за прошлое время, с учётом платежей", ru::rubles(before))),
        _ => Some(("Переплата за прошлое время и платежи", ru::rubles(before))),
    };
    let charged = ("Начислено за месяц", ru::rubles(receipt.total_kopecks));
    std::iter::once(charged).chain(carried).collect()
}

fn table(lines: &[line::Said], receipt: &Receipt<'_>) -> String {
    let sums = sums(receipt)
        .into_iter()
        .map(|(what, sum)| format!("<tr class=\"total\"><td colspan=\"4\">{what}</td><td>{sum}</td></tr>\n"));
    let rows: String = lines.iter().map(line::Said::row).chain(sums).collect();
    format!(
        "<table class=\"lines\"><thead><tr><th scope=\"col\">Услуга</th><th scope=\"col\">Показания</th>\
         <th scope=\"col\">Объём,&nbsp;м³</th><th scope=\"col\">Тариф</th><th scope=\"col\">Начислено</th></tr></thead>\
         <tbody>\n{rows}</tbody></table>\n"
    )
}

fn strip(lines: &[line::Said], receipt: &Receipt<'_>) -> String {
    let sums = sums(receipt)
        .into_iter()
        .map(|(what, sum)| format!("<p class=\"sum whole\"><b>{what}</b><b>{sum}</b></p>\n"));
    let lines: String = lines.iter().map(line::Said::piece).chain(sums).collect();
    format!("<div class=\"lines\">\n{lines}</div>\n")
}

#[cfg(test)]
#[path = "receipt_tests.rs"]
mod tests;
