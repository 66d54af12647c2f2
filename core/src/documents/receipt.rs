//! The receipt (квитанция) of a month: one page of HTML, the payment code inside, fit for printing.
//!
//! It repeats what the utility charged and adds nothing up itself.

use chrono::NaiveDate;

use super::payment_code::{self, Payment, Wanted};
use super::{qr, ru};
use crate::domain::{Bank, ChargeLine, Period, Resource};

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
    pub lines: Vec<ChargeLine>,
    /// Their sum as the utility gave it, kopecks.
    pub total_kopecks: i64,
    /// To be paid, kopecks.
    pub due_kopecks: i64,
    /// The last day of payment.
    pub pay_by: Option<NaiveDate>,
    /// Whom to pay; without it there is no code.
    pub bank: Option<&'a Bank>,
}

const STYLE: &str = "
  body { font: 16px/1.35 Roboto, 'DejaVu Sans', sans-serif; color: #14212b; background: #fff; margin: 0 auto;
         padding: 24px; max-width: 720px }
  h1 { font-size: 24px; margin: 0 0 4px } p { margin: 0 0 4px } .dim { color: #465560 }
  table { width: 100%; border-collapse: collapse; margin: 20px 0 }
  th, td { text-align: right; padding: 8px 6px; border-bottom: 1px solid #d5dde3; vertical-align: top }
  th:first-child, td:first-child { text-align: left } th { font-weight: 500; color: #465560 }
  .total td { font-weight: 700; border-bottom: 2px solid #14212b }
  .pay { display: flex; gap: 24px; align-items: center; flex-wrap: wrap }
  .due { font-size: 26px; font-weight: 700 } .qr { width: 180px; height: 180px }
  .sample { border: 2px solid #7a4b00; color: #573400; background: #ffebc4; padding: 8px 12px; margin: 0 0 16px }
  @media print { body { padding: 0 } tr, .pay { break-inside: avoid } }";

/// The page.
#[must_use]
pub fn html(receipt: &Receipt<'_>) -> String {
    let title = title(receipt.period);
    let sample = match receipt.bank {
        Some(bank) if bank.sample => {
            "<p class=\"sample\"><b>Образец.</b> Реквизиты и тарифы учебные, платить по нему нельзя.</p>"
        }
        Some(_) | None => "",
    };
    let rows: String = receipt.lines.iter().map(row).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}\n</style></head><body>\n{sample}\
         <h1>{title}</h1>\n<p>{utility}</p>\n<p>Лицевой счёт <b>{account}</b></p>\n<p class=\"dim\">{address}</p>\n\
         <table><thead><tr><th>Услуга</th><th>Показания</th><th>Объём, м³</th><th>Тариф</th><th>Начислено</th></tr>\
         </thead><tbody>\n{rows}<tr class=\"total\"><td colspan=\"4\">Начислено за месяц</td><td>{total}</td></tr>\n\
         </tbody></table>\n{pay}</body></html>\n",
        utility = ru::escaped(receipt.utility),
        account = ru::escaped(receipt.account),
        address = ru::escaped(receipt.address),
        total = ru::rubles(receipt.total_kopecks),
        pay = pay(receipt),
    )
}

/// `Квитанция за ноябрь 2026`.
#[must_use]
pub fn title(period: Period) -> String {
    format!("Квитанция за {}", ru::month(period))
}

fn row(line: &ChargeLine) -> String {
    let readings = match (line.from_value, line.to_value) {
        (Some(from), Some(to)) => format!("{} → {}", ru::volume(from), ru::volume(to)),
        (None | Some(_), None | Some(_)) => "—".to_owned(),
    };
    let given = match line.basis.as_str() {
        "benefit" => Some("Льгота"),
        "recalculation" => Some("Перерасчёт"),
        _ => None,
    };
    let basis = match line.basis.as_str() {
        "average" => Some("по среднему"),
        "norm" => Some("по нормативу"),
        _ => None,
    };
    let name = given.or(line.resource.map(Resource::name_ru)).unwrap_or("Прочее");
    let under = [given.and(line.resource.map(Resource::name_ru)), basis, line.note.as_deref()];
    let under: String = under
        .into_iter()
        .flatten()
        .map(|text| format!("<br><span class=\"dim\">{}</span>", ru::escaped(text)))
        .collect();
    // What is given or taken back has no volume of its own.
    let (volume, tariff) = match given {
        Some(_) => ("—".to_owned(), "—".to_owned()),
        None => (ru::volume(line.volume), ru::rubles(line.tariff_kopecks)),
    };
    format!(
        "<tr><td>{name}{under}</td><td>{readings}</td><td>{volume}</td><td>{tariff}</td><td>{}</td></tr>\n",
        ru::rubles(line.amount_kopecks),
    )
}

fn pay(receipt: &Receipt<'_>) -> String {
    if receipt.due_kopecks <= 0 {
        let overpaid = ru::rubles(-receipt.due_kopecks);
        return format!(
            "<p class=\"due\">К оплате ничего нет</p><p class=\"dim\">Переплата {overpaid}</p>\n"
        );
    }
    let until =
        receipt.pay_by.map(|date| format!("<p>Оплатить до {}</p>", ru::day(date))).unwrap_or_default();
    let code = receipt
        .bank
        .map(|bank| Payment::of_month(bank, receipt.account, receipt.period, receipt.due_kopecks))
        .and_then(|payment| payment_code::write(&payment, Wanted::Any).ok())
        .and_then(|code| qr::svg(&code.bytes, "Код для оплаты"))
        .unwrap_or_default();
    let hint = if code.is_empty() {
        ""
    } else {
        "<p class=\"dim\">Код читает приложение любого банка</p>"
    };
    format!(
        "<div class=\"pay\"><div><p>К оплате</p><p class=\"due\">{}</p>{until}{hint}</div>{code}</div>\n",
        ru::rubles(receipt.due_kopecks)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Volume;

    fn receipt(bank: Option<&Bank>) -> Receipt<'_> {
        Receipt {
            utility: "Водоканал <учебный>",
            account: "1204417",
            address: "ул. Примерная, 12",
            period: "2026-11".parse().unwrap(),
            lines: vec![ChargeLine {
                resource: Some(Resource::ColdWater),
                basis: "meter".into(),
                from_value: Some(Volume::from_units(119)),
                to_value: Some(Volume::from_units(123)),
                volume: Volume::from_units(4),
                tariff_kopecks: 1000,
                amount_kopecks: 4000,
                ..ChargeLine::default()
            }],
            total_kopecks: 4000,
            due_kopecks: 5000,
            pay_by: None,
            bank,
        }
    }

    #[test]
    fn the_page_repeats_what_the_utility_charged() {
        let page = html(&receipt(None));
        for said in ["Квитанция за ноябрь 2026", "119 → 123", "10,00\u{a0}₽", "40,00\u{a0}₽", "50,00\u{a0}₽"]
        {
            assert!(page.contains(said), "{said} in {page}");
        }
        assert!(!page.contains("<svg"), "no code without a payee");
    }

    #[test]
    fn a_benefit_is_named_with_its_service_and_its_reason() {
        let mut with_benefit = receipt(None);
        with_benefit.lines.push(ChargeLine {
            basis: "benefit".into(),
            note: Some("50 % <норматива>".into()),
            from_value: None,
            to_value: None,
            amount_kopecks: -2000,
            ..with_benefit.lines[0].clone()
        });
        let page = html(&with_benefit);
        let said = "Льгота<br><span class=\"dim\">Холодная вода</span><br><span class=\"dim\">50 % &lt;норматива&gt;</span>";
        assert!(page.contains(said) && page.contains("20,00"), "{page}");
    }

    #[test]
    fn foreign_text_stays_text() {
        assert!(html(&receipt(None)).contains("Водоканал &lt;учебный&gt;"));
    }

    #[test]
    fn a_sample_payee_is_called_a_sample() {
        let bank = Bank {
            name: "ОБРАЗЕЦ".into(),
            account: "0".repeat(20),
            bank: "УЧЕБНЫЙ БАНК".into(),
            bic: "0".repeat(9),
            correspondent: "0".into(),
            inn: None,
            kpp: None,
            sample: true,
        };
        let page = html(&receipt(Some(&bank)));
        assert!(page.contains("платить по нему нельзя") && page.contains("<svg"));
    }
}
