//! Account numbers, sums and months as generators write them.

use super::*;
use crate::documents::payment_code::read_text;

fn scanned(fields: &str) -> Scanned {
    Scanned::of(&read_text(&format!("ST00012|{fields}")).unwrap())
}

#[test]
fn an_account_number_is_found_under_any_of_its_keys_or_in_the_purpose() {
    for (fields, account) in [
        ("PersAcc=12 044 17", Some("1204417")),
        ("PERSONALACCOUNT=1204417", Some("1204417")),
        ("persacc=|Contract=А-12/7", Some("А-12/7")),
        ("Purpose=Оплата воды, лицевой счёт № 1204417 за 11.2026", Some("1204417")),
        ("Purpose=ЖКУ л/с 1204417", Some("1204417")),
        ("Purpose=ЖКУ ЛС1204417", Some("1204417")),
        ("Purpose=лиц. сч. 1204417;", Some("1204417")),
        ("Purpose=За воду 11.2026", None),
        ("Purpose=Курс лекций", None),
        ("Purpose=Полс 12", None),
        ("PersonalAcc=00000000000000000000", None),
    ] {
        assert_eq!(scanned(fields).account.as_deref(), account, "{fields}");
    }
}

#[test]
fn a_sum_is_in_kopecks_or_with_a_comma_or_point_in_roubles() {
    for (sum, kopecks, warning) in [
        ("12345", Some(12_345), None),
        ("12 345", Some(12_345), None),
        ("123,45", Some(12_345), Some(Warning::SumInRoubles)),
        ("123.4", Some(12_340), Some(Warning::SumInRoubles)),
        ("123.", None, Some(Warning::SumUnreadable)),
        ("0", Some(0), None),
        ("123.456", None, Some(Warning::SumUnreadable)),
        ("-5", None, Some(Warning::SumUnreadable)),
        ("1,234.50", None, Some(Warning::SumUnreadable)),
        ("99999999999999999999", None, Some(Warning::SumUnreadable)),
        ("92233720368547758.08", None, Some(Warning::SumUnreadable)),
    ] {
        let read = scanned(&format!("Sum={sum}"));
        let warned =
            read.warnings.into_iter().find(|w| matches!(w, Warning::SumInRoubles | Warning::SumUnreadable));
        assert_eq!((read.kopecks, warned), (kopecks, warning), "{sum}");
    }
    assert_eq!(scanned("Sum=").kopecks, None);
}

#[test]
fn a_month_is_read_in_every_form_that_receipts_have() {
    for (text, month) in [
        ("112026", Some("2026-11")),
        ("1126", Some("2026-11")),
        ("11.2026", Some("2026-11")),
        ("1.2026", Some("2026-01")),
        ("11/26", Some("2026-11")),
        ("2026-11", Some("2026-11")),
        ("202611", Some("2026-11")),
        ("132026", None),
        ("0026", None),
        ("11.2026.1", None),
        ("ноябрь", None),
        ("1+2026", None),
        ("11.+026", None),
    ] {
        let read = scanned(&format!("PaymPeriod={text}"));
        assert_eq!(read.period, month.map(|m| m.parse().unwrap()), "{text}");
        assert_eq!(read.warnings.contains(&Warning::PeriodUnreadable), month.is_none(), "{text}");
    }
}
