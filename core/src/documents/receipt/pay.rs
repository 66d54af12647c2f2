//! What is to be paid, until when, to whom, and the code that says all that to a bank's app.

use super::Receipt;
use crate::documents::page::escaped;
use crate::documents::payment_code::{self, Payment, Wanted};
use crate::documents::{qr, ru};
use crate::domain::Bank;

pub(super) fn html(receipt: &Receipt<'_>) -> String {
    if receipt.due_kopecks <= 0 {
        let overpaid = match receipt.due_kopecks {
            0 => String::new(),
            due => format!("<p>Переплата {}</p>", ru::rubles(due.saturating_neg())),
        };
        return format!("<div class=\"whole\"><p class=\"due\">К оплате ничего нет</p>{overpaid}</div>\n");
    }
    let until =
        receipt.pay_by.map(|date| format!("<p>Оплатить до {}</p>", ru::day(date))).unwrap_or_default();
    let (payee, code) = match receipt.bank {
        Some(bank) => (payee(bank), code(receipt, bank)),
        None => (String::new(), None),
    };
    let hint = match (&code, receipt.bank) {
        (Some(_), _) => "<p class=\"small\">Код читает приложение любого банка.</p>",
        // The reason is in the profile, and a receipt is none the worse without a code.
        (None, Some(_)) => "<p class=\"small\">Кода нет: реквизиты получателя в него не помещаются.</p>",
        (None, None) => "",
    };
    format!(
        "<div class=\"pay whole\"><div><p>К оплате</p><p class=\"due\">{}</p>{until}{hint}{payee}</div>{}</div>\n",
        ru::rubles(receipt.due_kopecks),
        code.unwrap_or_default(),
    )
}

fn code(receipt: &Receipt<'_>, bank: &Bank) -> Option<String> {
    let payment = Payment::of_month(bank, receipt.account, receipt.period, receipt.due_kopecks);
    let code = payment_code::write(&payment, Wanted::Any).ok()?;
    qr::svg(&code.bytes, "Код для оплаты")
}

/// For whoever pays without the code.
fn payee(bank: &Bank) -> String {
    let lines = [
        ("Получатель", Some(&bank.name)),
        ("ИНН", bank.inn.as_ref()),
        ("КПП", bank.kpp.as_ref()),
        ("Счёт", Some(&bank.account)),
        ("Банк", Some(&bank.bank)),
        ("БИК", Some(&bank.bic)),
        (
            "Корр. счёт",
            Some(&bank.correspondent)
                .filter(|account| !account.trim_matches('0').is_empty() || account.len() == 20),
        ),
    ];
    let said = |(what, value): (&str, Option<&String>)| Some(format!("{what}: {}", escaped(value?)));
    let lines: Vec<String> = lines.into_iter().filter_map(said).collect();
    format!("<p class=\"small\">{}</p>", lines.join("<br>"))
}
